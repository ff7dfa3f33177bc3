import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { compileMapping, type Mapper } from '@tidemark/formats'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { printable } from '../terminal/printable.js'

/** The mapper a YAML file describes. Throws a `Failure` that shows each mistake in the line where it is. */
export async function mapperFrom(name: string, shell: Shell): Promise<Mapper> {
  const text = await readFile(resolve(shell.cwd, name), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const message = `The mapping file ${name} cannot be read (${cause.code})`
    throw new Failure(exitCode.failed, cause.code ?? 'failed', message, 'check the path', { cause })
  })
  const compiled = compileMapping(text)
  if ('mapper' in compiled) return compiled.mapper
  const lines = text.split('\n')
  const places = compiled.problems.map(({ column, line, message }) => {
    const source = printable(lines[line - 1] ?? '')
    return `  ${name}:${line}:${column}\n  ${source}\n  ${' '.repeat(column - 1)}^ ${printable(message)}`
  })
  const message = `The mapping file cannot be used\n\n${places.join('\n\n')}\n`
  throw new Failure(exitCode.usage, 'invalid_mapping', message, 'docs/mapping-files.md says what it may hold')
}

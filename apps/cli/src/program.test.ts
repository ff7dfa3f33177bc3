import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { commands } from './commands/commands.js'
import { exitCode } from './exit-code.js'
import { buildProgram } from './program.js'
import { runIn, testShell } from './testing/test-shell.js'

const manual = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8')

/** Every command that does something, with its full name. */
async function everyCommand(): Promise<{ name: string; command: Command }[]> {
  const program = await buildProgram([], testShell())
  const below = (command: Command, name: string): { name: string; command: Command }[] =>
    command.commands.length === 0
      ? [{ name, command }]
      : command.commands.flatMap((sub) => below(sub as Command, `${name} ${sub.name()}`.trim()))
  return program.commands.flatMap((command) => below(command as Command, command.name()))
}

describe('the manual', () => {
  test('has a section for every command, and names every option in it', async () => {
    for (const { command, name } of await everyCommand()) {
      const section = new RegExp(`^### \`tidemark ${name}[^\n]*\n([\\s\\S]*?)(?=^##|$(?![\\s\\S]))`, 'm').exec(
        manual,
      )?.[1]
      if (section === undefined) expect.fail(`docs/cli.md says nothing about ${name}`)
      for (const { long } of command.options) {
        if (long && !shared.has(long) && !section.includes(`\`${long}`))
          expect.fail(`docs/cli.md does not name ${long} of ${name}`)
      }
    }
  })

  test('lists every exit code', () => {
    for (const code of Object.values(exitCode)) expect(manual).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'))
  })
})

/** Options that the manual explains once for all commands. */
const shared = new Set(['--url', '--key', '--data', '--tenant', '--json', '--quiet'])

test('alone it shows the five things people do', async () => {
  const { code, out } = await runIn({})
  expect(code).toBe(0)
  expect(out.match(/^ {2}\S.* {2,}tidemark /gm)).toHaveLength(5)
})

test('the table of commands names what it loads', async () => {
  for (const { load, name } of commands) {
    if (name === 'completion') continue
    const program = await buildProgram([name], testShell())
    expect(program.commands.map((command) => command.name())).toEqual([name])
    expect(load).toBeTypeOf('function')
  }
})

test.each([
  [['nonsense'], exitCode.usage],
  [['search', '--limit', 'many'], exitCode.usage],
  [['search', '--format', 'pdf'], exitCode.usage],
  [['--version'], exitCode.ok],
  [['help'], exitCode.ok],
  [['search', '--help'], exitCode.ok],
])('%j ends with %i', async (words, code) => {
  expect((await runIn({}, ...words)).code).toBe(code)
})

test('an error is a sentence and the command that helps; with --json it is data', async () => {
  const { err } = await runIn({ cwd: '/' }, 'search')
  expect(err).toMatch(/^error {2}.+\n +try: .+\n$/)
  const { error } = JSON.parse((await runIn({ cwd: '/' }, 'search', '--json')).err)
  expect(error).toEqual({ code: 'no_server_named', message: expect.any(String), help: expect.any(String), exit: 4 })
})

test('no colour goes into a pipe', async () => {
  const { out } = await runIn({})
  expect(out).not.toContain('\u001b')
  expect((await runIn({ columns: 80, colour: true })).out).toContain('\u001b[1m')
})

describe('completion', () => {
  const script = async (shell: string) => (await runIn({}, 'completion', shell)).out

  test.each(['bash', 'zsh', 'fish'])('for %s knows every command and option', async (shell) => {
    const text = await script(shell)
    for (const { command, name } of await everyCommand()) {
      for (const word of name.split(' ')) expect(text).toContain(word)
      for (const { long } of command.options) expect(text).toContain(shell === 'fish' ? long?.slice(2) : long)
    }
  })

  test('for bash completes commands, subcommands and options', async () => {
    const text = await script('bash')
    const complete = (...words: string[]) => {
      const array = words.map((word) => `'${word}'`).join(' ')
      const asked = `${text}\nCOMP_WORDS=(${array}); COMP_CWORD=${words.length - 1}; _tidemark; printf '%s\\n' "\${COMPREPLY[@]}"`
      return spawnSync('bash', ['-c', asked], { encoding: 'utf8' }).stdout.trim().split('\n')
    }
    expect(complete('tidemark', 'rep')).toEqual(['report'])
    expect(complete('tidemark', 'key', 'cr')).toEqual(['create'])
    expect(complete('tidemark', 'key', 'create', '--sc')).toEqual(['--scopes'])
    expect(complete('tidemark', 'search', '--as')).toEqual(['--as-of'])
  })

  test.each(['zsh', 'fish'])('for %s is read without complaint where that shell is there', async (shell) => {
    const read = spawnSync(shell, shell === 'zsh' ? ['-n'] : ['--no-execute'], {
      input: await script(shell),
      encoding: 'utf8',
    })
    if (read.error) return
    expect(read.stderr).toBe('')
  })
})

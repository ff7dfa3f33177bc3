// Compiles src/query.grammar into src/query.generated.ts: `npm run generate -w packages/query`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildParserFile } from '@lezer/generator'

const grammarFile = fileURLToPath(new URL('./src/query.grammar', import.meta.url))
const parserFile = fileURLToPath(new URL('./src/query.generated.ts', import.meta.url))

/** The text that query.generated.ts must hold for the grammar as it is now. */
export function generateParser() {
  const { parser, terms } = buildParserFile(readFileSync(grammarFile, 'utf8'), {
    fileName: 'query.grammar',
    includeNames: true,
    typeScript: true,
  })
  return `${parser}\n${terms}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(parserFile, generateParser())

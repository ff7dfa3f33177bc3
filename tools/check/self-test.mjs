// A rule that cannot fail proves nothing: each rule is shown a small house with one thing wrong in it.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { impureUses } from './clock-and-chance.mjs'
import { undeclaredImports } from './declared-imports.mjs'
import { wrongImports } from './import-rule.mjs'

/** The rules that overlooked what was planted for them, as one line each. */
export async function blindRules(root) {
  const blind = []
  for (const { rule, files, find } of planted) {
    const house = mkdtempSync(join(tmpdir(), 'tidemark-house-'))
    try {
      cpSync(join(root, 'tsconfig.base.json'), join(house, 'tsconfig.base.json'))
      symlinkSync(join(root, 'node_modules', 'typescript'), link(house, 'node_modules/typescript'))
      for (const [path, text] of Object.entries({ ...soundHouse, ...files })) write(house, path, text)
      for (const name of ['event', 'store', 'store-duckdb'])
        symlinkSync(join(house, 'packages', name), link(house, `node_modules/@tidemark/${name}`))
      const found = await find(house)
      if (found.length !== 1) blind.push(`${rule}: found ${found.length} of the 1 planted (${found.join('; ')})`)
    } finally {
      rmSync(house, { recursive: true, force: true })
    }
  }
  return blind
}

const manifest = (name, dependencies = {}) =>
  JSON.stringify({
    name: `@tidemark/${name}`,
    type: 'module',
    exports: { '.': { 'tidemark-source': './src/index.ts' } },
    dependencies,
  })

const soundHouse = {
  'package.json': '{"devDependencies":{"vitest":"*"}}',
  'packages/event/package.json': manifest('event'),
  'packages/event/src/index.ts': 'export const first = 1\n',
  'packages/store/package.json': manifest('store', { '@tidemark/event': '*' }),
  'packages/store/src/index.ts': "import { first } from '@tidemark/event'\nexport const second = first + 1\n",
  'packages/store-duckdb/package.json': manifest('store-duckdb', { '@tidemark/store': '*' }),
  'packages/store-duckdb/src/index.ts': "import { second } from '@tidemark/store'\nexport const third = second + 1\n",
  'apps/server/src/main.ts': 'export const last = 9\n',
}

const planted = [
  {
    rule: 'an import that points up',
    files: {
      'packages/event/src/index.ts': "import { second } from '@tidemark/store'\nexport const first = second\n",
      'packages/store/src/index.ts': 'export const second = 2\n',
    },
    find: wrongImports,
  },
  {
    rule: 'a driver named outside the server',
    files: { 'apps/cli/src/main.ts': "import { third } from '@tidemark/store-duckdb'\nexport const fourth = third\n" },
    find: wrongImports,
  },
  {
    rule: 'a pure package that reads files',
    files: {
      'packages/event/src/index.ts': "import { readFileSync } from 'node:fs'\nexport const first = readFileSync\n",
    },
    find: wrongImports,
  },
  {
    rule: 'a circle',
    files: {
      'packages/event/src/index.ts': "export { other } from './other.js'\nexport const first = 1\n",
      'packages/event/src/other.ts': "import { first } from './index.js'\nexport const other = () => first\n",
    },
    find: async (house) => (await wrongImports(house)).slice(0, 1),
  },
  {
    rule: 'an import that package.json does not name',
    files: { 'packages/event/src/index.ts': "import { parse } from 'yaml'\nexport const first = parse\n" },
    find: undeclaredImports,
  },
  {
    rule: 'a pure package that reads the clock',
    files: { 'packages/event/src/index.ts': 'export const first = () => Date.now()\n' },
    find: impureUses,
  },
]

function write(house, path, text) {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), text)
}

function link(house, path) {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  return join(house, path)
}

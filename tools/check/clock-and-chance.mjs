// Packages that are pure take the time and random numbers as arguments; this finds the ones that help themselves.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { folderOf, purePackages } from './layers.mjs'

/** Uses of the clock, of chance or of the environment in packages that must not, as one line each. */
export function impureUses(root) {
  return purePackages.flatMap((name) => {
    const source = join(root, folderOf(name), 'src')
    if (!existsSync(source)) return []
    return readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes('/testing/'))
      .flatMap((path) => usesIn(readFileSync(path, 'utf8')).map((use) => `${relative(root, path)}:${use}`))
  })
}

function usesIn(text) {
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*$/, '')
    return impure.filter(({ pattern }) => pattern.test(code)).map(({ what }) => `${index + 1} ${what}`)
  })
}

const impure = [
  { pattern: /\bDate\.now\(/, what: 'reads the clock (Date.now)' },
  { pattern: /\bnew Date\(\s*\)/, what: 'reads the clock (new Date without an argument)' },
  { pattern: /\bperformance\.now\(/, what: 'reads the clock (performance.now)' },
  { pattern: /\bMath\.random\(/, what: 'draws a random number (Math.random)' },
  { pattern: /\bprocess\.env\b/, what: 'reads the environment (process.env)' },
]

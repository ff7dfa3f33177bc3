// npm puts every package where every other can reach it, so an import nobody declared would run here and fail elsewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative } from 'node:path'
import ts from 'typescript'

/** Imports of packages that the importing package's own package.json does not name, as one line each. */
export function undeclaredImports(root) {
  const shared = Object.keys(readJson(join(root, 'package.json')).devDependencies ?? {})
  return ['packages', 'apps'].flatMap((parent) =>
    (existsSync(join(root, parent)) ? readdirSync(join(root, parent)) : []).flatMap((name) =>
      undeclaredIn(join(root, parent, name), shared).map((line) => `${parent}/${name}/${line}`),
    ),
  )
}

function undeclaredIn(folder, shared) {
  if (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'src'))) return []
  const manifest = readJson(join(folder, 'package.json'))
  const shipped = new Set([manifest.name, ...names(manifest.dependencies), ...names(manifest.peerDependencies)])
  const inTests = new Set([...shipped, ...names(manifest.devDependencies), ...shared])
  return filesBelow(join(folder, 'src')).flatMap((path) => {
    const allowed = /\.test\.ts$|\/testing\//.test(path) ? inTests : shipped
    return importsOf(readFileSync(path, 'utf8'))
      .map(packageOf)
      .filter((name) => name && !allowed.has(name))
      .map((name) => `${relative(folder, path)} imports ${name}, which package.json does not name`)
  })
}

const importsOf = (text) => ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)

/** The npm package a specifier belongs to; undefined for files, `#` imports and what Node brings along. */
function packageOf(specifier) {
  if (/^[./#]|^node:/.test(specifier) || builtinModules.includes(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.generated.ts'))
    .map((entry) => join(entry.parentPath, entry.name))

const names = (dependencies) => Object.keys(dependencies ?? {})
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

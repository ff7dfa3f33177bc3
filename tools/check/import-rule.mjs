// The layering of the house, checked by dependency-cruiser.
import { cruise } from 'dependency-cruiser'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { folderOf, mayImport, purePackages } from './layers.mjs'

/** Every import below `root` that points the wrong way, as one line each. Throws when no module was seen at all. */
export async function wrongImports(root) {
  const { output } = await cruise(
    ['packages', 'apps'],
    {
      baseDir: root,
      ruleSet: { forbidden: [...layerRules(), ...purityRules(), noCircles] },
      validate: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['/dist/', '\\.generated\\.ts$'] },
      includeOnly: undefined,
      tsPreCompilationDeps: true,
      enhancedResolveOptions: {
        conditionNames: ['tidemark-source', 'import', 'node', 'default'],
        exportsFields: ['exports'],
      },
      outputType: 'json',
    },
    { bustTheCache: true },
    { tsConfig: extractTsConfig(`${root}/tsconfig.base.json`) },
  )
  const { modules, summary } = JSON.parse(output)
  const ours = modules.filter(({ source }) => /^(packages|apps)\/[^/]+\/src\//.test(source))
  if (ours.length === 0) throw new Error('the import rule saw no module: it would pass whatever the code does')
  return summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)
}

function layerRules() {
  return Object.entries(mayImport).map(([name, allowed]) => {
    const others = Object.keys(mayImport).filter((other) => other !== name && !allowed.includes(other))
    return {
      name: `${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other package'}`,
      severity: 'error',
      from: { path: `^${folderOf(name)}/` },
      to: { path: others.map((other) => `^${folderOf(other)}/`) },
    }
  })
}

function purityRules() {
  const folders = purePackages.map((name) => `^${folderOf(name)}/src/`)
  return [
    {
      name: `${purePackages.join(', ')} do no input or output`,
      severity: 'error',
      from: { path: folders, pathNot: ['\\.test\\.ts$', '/testing/'] },
      to: { dependencyTypes: ['core'], pathNot: ['^(node:)?(crypto|buffer|util|assert)$'] },
    },
  ]
}

const noCircles = {
  name: 'no module needs itself',
  severity: 'error',
  from: {},
  to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
}

import { resolve } from 'node:path'
import { z } from 'zod'
import { ServerError } from '../server-error.js'
import { settings } from './settings.js'

type Settings = typeof settings
const shape = Object.fromEntries(Object.entries(settings).map(([name, { shape }]) => [name, shape])) as {
  [Name in keyof Settings]: Settings[Name]['shape']
}
const Config = z.object(shape).transform((given) => {
  const dataDir = resolve(given.dataDir)
  return { ...given, dataDir, headDir: resolve(given.headDir ?? `${dataDir}-head`) }
})

/** All settings, checked; paths are absolute. */
export type Config = z.infer<typeof Config>

/** Settings given by a caller, in the shapes they may have in the environment. */
export type Options = Partial<z.input<typeof Config>>

/**
 * The configuration of a server: `options` first, then the environment, then the defaults.
 *
 * Throws `ServerError` `invalid_config` that names every wrong setting at once. An unknown `TIDEMARK_…` variable is
 * wrong too, since a misspelt limit would silently not hold.
 */
export function loadConfig(options: Options = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const given: Record<string, unknown> = {}
  for (const [name, { env }] of Object.entries(settings))
    if (environment[env] !== undefined) given[name] = environment[env]
  for (const [name, value] of Object.entries(options)) if (value !== undefined) given[name] = value
  const parsed = Config.safeParse(given)
  const complaints = unknownVariables(environment)
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0])
    complaints.push(`${name in settings ? settings[name as keyof Settings].env : name}: ${issue.message}`)
  }
  if (!parsed.success || complaints.length > 0) throw new ServerError('invalid_config', complaints.join('\n'))
  return parsed.data
}

/** Variables of ours that other programs read: the address and key of the command line's server. */
const readElsewhere = new Set(['TIDEMARK_URL', 'TIDEMARK_KEY', 'TIDEMARK_API_KEY', 'TIDEMARK_TENANT', 'TIDEMARK_SOAK'])

function unknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const known = new Set<string>(Object.values(settings).map(({ env }) => env))
  return Object.keys(environment)
    .filter((name) => name.startsWith('TIDEMARK_') && !known.has(name) && !readElsewhere.has(name))
    .map((name) => `${name}: there is no such setting`)
}

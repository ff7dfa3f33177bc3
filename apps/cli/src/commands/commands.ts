import type { Command } from 'commander'
import type { Shell } from '../shell.js'

type Register = (program: Command, shell: Shell) => void

/** Every command in the order of the help, each in a module of its own that is loaded when it is needed. */
export const commands: readonly { readonly name: string; readonly load: () => Promise<Register> }[] = [
  { name: 'init', load: async () => (await import('./init.js')).initCommand },
  { name: 'serve', load: async () => (await import('./serve.js')).serveCommand },
  { name: 'tenant', load: async () => (await import('./tenant.js')).tenantCommand },
  { name: 'key', load: async () => (await import('./key.js')).keyCommand },
  { name: 'ingest', load: async () => (await import('./ingest.js')).ingestCommand },
  { name: 'quarantine', load: async () => (await import('./quarantine.js')).quarantineCommand },
  { name: 'search', load: async () => (await import('./search.js')).searchCommand },
  { name: 'tail', load: async () => (await import('./tail.js')).tailCommand },
  { name: 'report', load: async () => (await import('./report.js')).reportCommand },
  { name: 'prove', load: async () => (await import('./prove.js')).proveCommand },
  { name: 'verify', load: async () => (await import('./verify.js')).verifyCommand },
  { name: 'backup', load: async () => (await import('./backup.js')).backupCommand },
  { name: 'restore', load: async () => (await import('./restore.js')).restoreCommand },
  { name: 'rebuild-index', load: async () => (await import('./rebuild-index.js')).rebuildIndexCommand },
  { name: 'doctor', load: async () => (await import('./doctor.js')).doctorCommand },
  { name: 'demo', load: async () => (await import('./demo.js')).demoCommand },
  { name: 'completion', load: async () => (await import('./completion.js')).completionCommand },
]

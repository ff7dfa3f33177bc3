import type { Command } from 'commander'

/** How a command reaches its server; every command that asks one has these. */
export type ConnectionOptions = {
  readonly url?: string
  readonly key?: string
  readonly data?: string
  readonly tenant?: string
}

/** Adds the options to a command. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <address>', 'server to talk to (or TIDEMARK_URL)')
    .option('--key <key>', 'API key (or TIDEMARK_KEY)')
    .option('--data <directory>', 'data directory of the server on this machine, used when no --url is given')
    .option('--tenant <name>', 'tenant, when the data directory holds several')
}

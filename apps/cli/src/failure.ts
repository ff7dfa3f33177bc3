import { ApiProblem } from '@tidemark/wire'
import { type ExitCode, exitCode } from './exit-code.js'

/** Why a command stops, for the person who typed it: what happened, and the command that helps. */
export class Failure extends Error {
  constructor(
    readonly exit: ExitCode,
    /** Stable name of the reason. */
    readonly code: string,
    message: string,
    /** What to type or do next. */
    readonly help: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'Failure'
  }
}

/** Any error as a failure: refusals of the server and of the server package keep their code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof ApiProblem) return failureOfProblem(error)
  const code = codeOf(error)
  const message = code === 'EADDRINUSE' ? 'Another program listens on this port already' : messageOf(error)
  return new Failure(exitOfCode[code] ?? exitCode.failed, code, message, helpOfCode[code] ?? 'tidemark doctor', {
    cause: error,
  })
}

function failureOfProblem({ code, status, message, problem }: ApiProblem): Failure {
  if (code === 'unreachable') {
    return new Failure(exitCode.cannotConnect, code, message, 'tidemark serve   (or check --url and TIDEMARK_URL)')
  }
  const reference = problem.reference ? ` (reference ${problem.reference})` : ''
  const refused = status === 401 || status === 403
  const help = refused ? 'tidemark key create --scopes read,verify   (then --key or TIDEMARK_KEY)' : helpOfCode[code]
  const exit = refused ? exitCode.refused : isUsage(code) ? exitCode.usage : exitCode.failed
  return new Failure(exit, code, `${message}${reference}`, help ?? 'tidemark doctor')
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const isUsage = (code: string) => ['invalid_query', 'invalid_parameter', 'invalid_cursor'].includes(code)

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'failed'
}

const exitOfCode: Readonly<Record<string, ExitCode>> = {
  invalid_config: exitCode.usage,
  invalid_tenant: exitCode.usage,
  ECONNREFUSED: exitCode.cannotConnect,
}

const helpOfCode: Readonly<Record<string, string>> = {
  already_initialised: 'tidemark serve --data <directory>',
  conflict: 'list what is there: it is done already, or somebody is at it',
  damaged: 'tidemark verify <backup>   (names what was altered), then another copy',
  EACCES: 'run it as the user who owns the files, or give --data another directory',
  EADDRINUSE: 'tidemark serve --port 0   (takes a free port)',
  ENOENT: 'check the path',
  ENOSPC: 'free some disk space, then run the same command again',
  event_refused: 'tidemark quarantine replay <id> --body <file>   (the repaired event)',
  in_use: 'stop that process first, or talk to it with --url',
  index_unavailable: 'tidemark doctor   (the index may still be catching up)',
  invalid_cursor: 'run the search again without --cursor',
  invalid_parameter: 'add --help to the command',
  invalid_tenant: 'tidemark tenant create acme',
  invalid_query: 'tidemark search --help   (or docs/query-language.md)',
  not_found: "tidemark search '<query>'   (shows ids that exist)",
  not_initialised: 'tidemark init --data <directory>',
  query_timeout: 'narrow the query, for example with time:>7d',
  query_too_large: 'narrow the query, for example with time:>7d',
  tenant_exists: 'tidemark tenant list',
  unknown_key: 'tidemark key list',
  unknown_tenant: 'tidemark tenant list',
}

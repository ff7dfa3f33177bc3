/** Why a server cannot be set up, or an administrative act cannot be done. The codes are API of this package. */
export type ServerErrorCode =
  | 'invalid_config'
  | 'not_initialised'
  | 'already_initialised'
  | 'in_use'
  | 'newer_schema'
  | 'missing_signing_key'
  | 'unknown_tenant'
  | 'unknown_key'
  | 'tenant_exists'
  | 'invalid_tenant'

/** A refusal outside of a request; the command line prints its message as it is. */
export class ServerError extends Error {
  readonly code: ServerErrorCode

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ServerError'
    this.code = code
  }
}

/** What was not in its format. The codes are API. */
export type FormatErrorCode =
  | 'bad_base64'
  | 'bad_bundle'
  | 'bad_checkpoint'
  | 'bad_key'
  | 'bad_note'
  | 'bad_tlog_proof'
  | 'entry_too_large'

/** A refusal of bytes or text that do not follow their standard. The message says what was found, for people only. */
export class FormatError extends Error {
  override readonly name = 'FormatError'

  constructor(
    readonly code: FormatErrorCode,
    message: string,
  ) {
    super(message)
  }
}

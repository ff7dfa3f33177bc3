/** The biggest query that is answered; anything beyond is refused with code `too_large`. */
export const limits = {
  /** UTF-16 units of the whole text. */
  length: 4096,
  /** Parentheses and NOTs inside each other. */
  depth: 64,
  /** Field tests and free-text words. */
  terms: 256,
  /** UTF-16 units of one regular expression. */
  regexLength: 256,
  /** Instructions of one compiled regular expression; `a{1000}` alone needs 1,001. */
  regexInstructions: 2000,
  /** Keys of one `count by`, `distinct`, `first by` or `last by`. */
  pipeKeys: 8,
  /** Rows of `top`. */
  top: 1000,
} as const

/** What the command's exit status means. These numbers are API; docs/cli.md lists them. */
export const exitCode = {
  ok: 0,
  /** The operation was tried and failed. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Something that was verified is not as it should be. */
  verificationFailed: 3,
  /** No server answers. */
  cannotConnect: 4,
  /** The server answered no: the key is missing, expired, or may not do this. */
  refused: 5,
  /** Some events were stored and others were not. */
  partlyStored: 6,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

export { UnreachableError } from './log-reader.js'
export {
  type DisclosedPart,
  type PartName,
  type ProofBundle,
  type ProofFailure,
  type ProofVerdict,
  verifyProofBundle,
} from './proof-bundle.js'
export { formatProofFile, parseProofFile } from './proof-file.js'
export {
  type Figures,
  type Finding,
  holds,
  type Report,
  type Verdict,
  type VerdictName,
  type VerdictStatus,
} from './report.js'
export { verifyDirectory } from './verify-directory.js'
export type { Progress, VerifyDirectoryOptions, VerifyOptions } from './verify-options.js'
export { type VerifyUrlOptions, verifyUrl } from './verify-url.js'

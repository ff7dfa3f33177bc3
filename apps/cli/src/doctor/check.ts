/** What a check found. `skip`: it could not be looked at now. */
export type Diagnosis = {
  readonly status: 'ok' | 'warn' | 'fail' | 'skip'
  readonly finding: string
  /** What to do about it. */
  readonly remedy?: string
}

/** One thing that is looked at. */
export type Check = { readonly name: string; readonly look: () => Promise<Diagnosis> }

export const ok = (finding: string): Diagnosis => ({ status: 'ok', finding })
export const skip = (finding: string): Diagnosis => ({ status: 'skip', finding })
export const warn = (finding: string, remedy: string): Diagnosis => ({ status: 'warn', finding, remedy })
export const fail = (finding: string, remedy: string): Diagnosis => ({ status: 'fail', finding, remedy })

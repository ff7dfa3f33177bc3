import type { Finding, Report, VerdictName } from './report.js'

/** A finding with the verdict it belongs to; plain data, so that worker threads can hand it over. */
export type FiledFinding = Finding & { readonly verdict: VerdictName }

/** Collects findings. It keeps the first of each kind only, but counts all of them. */
export class Findings {
  readonly #kept: FiledFinding[] = []
  readonly #counts = new Map<string, number>()

  add(finding: FiledFinding): void {
    const count = (this.#counts.get(finding.code) ?? 0) + 1
    this.#counts.set(finding.code, count)
    if (count <= KEPT_OF_A_KIND) this.#kept.push(finding)
  }

  /** Takes over what another collection found. */
  addAll(other: FindingsData): void {
    this.#kept.push(...other.kept.filter(({ code }) => this.#count(code) < KEPT_OF_A_KIND))
    for (const [code, count] of other.counts) this.#counts.set(code, this.#count(code) + count)
  }

  data(): FindingsData {
    return { kept: this.#kept, counts: [...this.#counts] }
  }

  /** Whether a verdict has a failure. */
  fails(verdict: VerdictName): boolean {
    return this.#kept.some((finding) => finding.verdict === verdict && finding.severity === 'failure')
  }

  /** What was found for a verdict, by leaf. */
  of(verdict: VerdictName): { findings: Finding[]; findingCount: number } {
    const findings = this.#kept.filter((finding) => finding.verdict === verdict).sort(byLeaf)
    const codes = new Set(findings.map(({ code }) => code))
    const findingCount = [...codes].reduce((sum, code) => sum + this.#count(code), 0)
    return { findings: findings.map(({ verdict: _, ...finding }) => finding), findingCount }
  }

  /**
   * The lowest leaf known to be bad. Where only a stretch of leaves is known to hold a bad one, an exact finding within it
   * says which.
   */
  firstBadLeaf(): Report['firstBadLeaf'] {
    const failures = this.#kept.filter(({ severity, leafIndex }) => severity === 'failure' && leafIndex !== undefined)
    const lowest = failures.sort(byLeaf)[0]
    if (lowest?.leafIndex === undefined) return null
    const end = lowest.exact === false ? (lowest.lastLeafIndex ?? lowest.leafIndex) : lowest.leafIndex
    const exact = failures.find((finding) => finding.exact !== false && (finding.leafIndex as number) <= end)
    return { leafIndex: exact?.leafIndex ?? lowest.leafIndex, exact: exact !== undefined }
  }

  #count(code: string): number {
    return this.#counts.get(code) ?? 0
  }
}

export type FindingsData = { readonly kept: readonly FiledFinding[]; readonly counts: readonly [string, number][] }

const KEPT_OF_A_KIND = 1000

const byLeaf = (a: Finding, b: Finding) => (a.leafIndex ?? -1) - (b.leafIndex ?? -1)

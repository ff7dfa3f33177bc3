import { nodeFileSystem, verifyBackup } from '@tidemark/ledger'
import type { VerifierKey } from '@tidemark/proof'
import type { Finding, Report, Verdict } from '@tidemark/verify'
import { countOf } from '../terminal/quantity.js'

/**
 * The report on a log of a backup, with one verdict more: whether its files are the ones that were backed up. What the
 * backup itself adds to the log's directory is then no stranger in it.
 */
export async function withBackupVerdict(
  report: Report,
  directory: string,
  trusted: readonly VerifierKey[],
): Promise<Report> {
  const verdicts = report.verdicts.map((verdict) => {
    const findings = verdict.findings.filter(({ code, file }) => code !== 'unknown-file' || !ownFiles.has(file ?? ''))
    return { ...verdict, findings, findingCount: verdict.findingCount - (verdict.findings.length - findings.length) }
  })
  return { ...report, verdicts: [...verdicts, await backupVerdict(directory, trusted)] }
}

const ownFiles = new Set(['SHA256SUMS', 'manifest.json'])

async function backupVerdict(directory: string, trusted: readonly VerifierKey[]): Promise<Verdict> {
  const answer = await verifyBackup(nodeFileSystem(), directory, { trusted })
  const name = 'backup' as Verdict['name']
  if (answer.valid) {
    const { files, takenAt } = answer.manifest
    const summary = `${countOf(files.length, 'file')} are as they were copied ${new Date(takenAt).toISOString()}.`
    return { name, status: 'holds', summary, findings: [], findingCount: 0 }
  }
  const findings = answer.problems.map(
    ({ path, problem }): Finding => ({ code: problem, severity: 'failure', message: `${path} is ${wordOf[problem]}` }),
  )
  const summary = `${countOf(findings.length, 'file')} of the copy cannot be relied on.`
  return { name, status: 'fails', summary, findings, findingCount: findings.length }
}

const wordOf = {
  missing: 'missing',
  altered: 'not what was copied',
  'bad-checkpoint': 'no checkpoint of this log',
  'other-log': 'of another log',
  'wrong-root': 'a checkpoint over other leaves',
} as const

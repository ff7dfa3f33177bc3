import type { AuditSummary } from '@tidemark/wire'

/** What each figure of the audit summary counts, in an auditor's words. */
export const figureTitles: Readonly<Record<keyof AuditSummary['figures'], string>> = {
  totalAuthEvents: 'Authentication events',
  failedLogins: 'Failed sign-ins',
  accessDenied: 'Access denied',
  configChanges: 'Configuration changes',
}

/** The figures in the order of the report. */
export const figuresOf = ({ figures }: AuditSummary) =>
  (Object.keys(figureTitles) as (keyof AuditSummary['figures'])[]).map((name) => ({
    title: figureTitles[name],
    ...figures[name],
  }))

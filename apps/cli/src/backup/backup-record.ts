import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const BackupRecord = z.object({
  v: z.literal(1),
  takenAt: z.string(),
  host: z.string(),
  /** What each log held, by its name. */
  logs: z.record(
    z.string(),
    z.object({ origin: z.string(), size: z.number(), root: z.string(), verifierKey: z.string().optional() }),
  ),
  masterKey: z.boolean(),
})

/** What a backup of a data directory holds; `backup.json`, written last: a directory without it is no whole backup. */
export type BackupRecord = z.infer<typeof BackupRecord>

export const RECORD_NAME = 'backup.json'

/** The record of a backup; undefined when the directory is none, or its backup was broken off. */
export async function readBackupRecord(directory: string): Promise<BackupRecord | undefined> {
  const text = await readFile(join(directory, RECORD_NAME), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const parsed = BackupRecord.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

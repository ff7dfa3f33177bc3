import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Creates a file that only the owner may read, whole or not at all, and survives a power cut. Replaces what is there. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  const directory = await open(dirname(path))
  await directory.sync().finally(() => directory.close())
}

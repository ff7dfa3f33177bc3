import { join } from 'node:path'
import type { FileSystem } from './file-system.js'
import { locatorDirectory, sealedFirsts } from './locator.js'

/** The files of sealed ranges that belong to a backup. */
export type SealedPaths = {
  /** Segments, locators, vault files and ids. */
  readonly unchanging: readonly string[]
  /** The keys there are now. To be asked last: what was disposed of meanwhile then has lost its key as well. */
  keys(): Promise<string[]>
}

/**
 * The sealed files of the ranges below `size`, but for `open`: those whose write-ahead log is in the backup. Of these
 * there are only the keys.
 */
export async function sealedPaths(
  fs: FileSystem,
  directory: string,
  size: number,
  open: ReadonlySet<number>,
): Promise<SealedPaths> {
  const firsts = await sealedFirsts(fs, directory)
  const sealed = new Set(firsts.filter((first) => first < size && !open.has(first)))
  const plain = [locatorDirectory(directory), join(directory, 'vault'), join(directory, 'ids')]
  const segments = await classDirectories(fs, join(directory, 'segments'))
  return {
    unchanging: await pathsOf(fs, [...plain, ...segments], sealed),
    keys: async () => {
      const directories = await classDirectories(fs, join(directory, 'keys'))
      return pathsOf(fs, directories, new Set([...sealed, ...open]))
    },
  }
}

async function classDirectories(fs: FileSystem, directory: string): Promise<string[]> {
  return (await fs.readdir(directory)).map((name) => join(directory, name))
}

/** The files whose names end in the first leaf of one of these ranges. */
async function pathsOf(fs: FileSystem, directories: readonly string[], firsts: ReadonlySet<number>): Promise<string[]> {
  const paths: string[] = []
  for (const directory of directories) {
    for (const name of await fs.readdir(directory)) {
      const first = /(?:^|-)(\d{12,})\.(?:loc|vault|ids|seg|key)$/.exec(name)?.[1]
      if (first !== undefined && firsts.has(Number(first))) paths.push(join(directory, name))
    }
  }
  return paths
}

import { noteKey } from '@tidemark/proof'
import { fileHeadCell } from '../file-head-cell.js'
import type { FileSystem } from '../file-system.js'
import type { Log } from '../log.js'
import { type LogOptions, openLog } from '../open-log.js'
import { memorySealedHalf } from './memory-sealed-half.js'

export type TestLogOptions = Partial<LogOptions> & { readonly fs: FileSystem }

export const TEST_ORIGIN = 'tidemark.test/t/acme'
export const testKey = noteKey(TEST_ORIGIN, Buffer.alloc(32, 7))

/** Opens a log that does nothing by itself: checkpoints and sealing come when asked for, the clock stands still. */
export function openTestLog(options: TestLogOptions): Promise<Log> {
  return openLog({
    origin: TEST_ORIGIN,
    directory: '/data/log',
    headCell: fileHeadCell(options.fs, '/head'),
    sealed: memorySealedHalf(options.fs),
    keys: [testKey],
    clock: () => Date.UTC(2025, 0, 15, 9),
    random: (bytes) => Buffer.alloc(bytes, 5),
    rounds: { publishMs: 0 },
    ...options,
  })
}

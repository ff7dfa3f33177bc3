import type { LogParts } from './log-parts.js'
import type { LogRounds } from './open-log.js'
import type { Publisher } from './publisher.js'
import type { Tree } from './tree.js'
import type { WalRetirement } from './wal-retirement.js'

/** What has to be looked after while a log is open. */
type Looked = {
  readonly tree: Tree
  readonly publisher: Publisher
  readonly retirement: WalRetirement
  readonly report: LogParts['report']
}

/** Signs the tree and retires WAL files from time to time. Gives what ends it. */
export function startRounds({ publishMs, heartbeatMs }: LogRounds, looked: Looked): () => void {
  if (publishMs === 0) return () => {}
  let sinceSigned = 0
  let stopped = false
  let timer: NodeJS.Timeout
  const round = async () => {
    sinceSigned += publishMs
    const hasGrown = looked.publisher.checkpoint?.size !== looked.tree.size
    if ((hasGrown || sinceSigned >= heartbeatMs) && (await signed(looked))) sinceSigned = 0
    await looked.retirement.run()
  }
  const wait = () => {
    if (!stopped) timer = setTimeout(() => void round().finally(wait), publishMs).unref()
  }
  wait()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

async function signed({ publisher, report }: Looked): Promise<boolean> {
  try {
    await publisher.publish()
    return true
  } catch (cause) {
    report({ code: 'publish_failed', message: `no checkpoint could be published: ${cause}`, cause })
    return false
  }
}

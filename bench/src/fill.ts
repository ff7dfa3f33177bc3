import { simulateBatches } from '@tidemark/simulate'

/** Fills a system with the sample company's history: `events` over 90 days up to `endMs`. */
export type FillPlan = { readonly port: number; readonly key: string; readonly events: number; readonly endMs: number }

const EVENTS_PER_REQUEST = 2000
const AT_ONCE = 3

async function fill({ port, key, events, endMs }: FillPlan): Promise<void> {
  const post = async (body: Uint8Array) => {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/v1/events?receipts=none`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
        body: body as Uint8Array<ArrayBuffer>,
      })
      const text = await response.text()
      if (response.ok) return
      if (response.status !== 503) throw new Error(`filling was answered ${response.status}: ${text}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const under = new Set<Promise<void>>()
  let sent = 0
  for (const batch of simulateBatches({ end: new Date(endMs), events }, EVENTS_PER_REQUEST)) {
    const posting: Promise<void> = post(batch.slice()).finally(() => under.delete(posting))
    under.add(posting)
    if (under.size >= AT_ONCE) await Promise.race(under)
    sent += EVENTS_PER_REQUEST
    if (sent % 500_000 === 0) console.error(`  filled ${(sent / 1e6).toFixed(1)} M`)
  }
  await Promise.all(under)
}

process.on('message', (plan: FillPlan) => {
  fill(plan).then(
    () => process.exit(0),
    (error: Error) => {
      console.error(error.message)
      process.exit(1)
    },
  )
})

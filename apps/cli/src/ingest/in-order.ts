/**
 * Runs `work` on each item, `atOnce` at a time, and gives the results in the order of the items, each as soon as all
 * before it are there. Takes no more than `atOnce` items ahead. The first failure ends it once the others have settled.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<readonly [Item, Result]> {
  const running: { item: Item; result: Promise<Result> }[] = []
  const next = async (): Promise<readonly [Item, Result]> => {
    const { item, result } = running[0] as (typeof running)[0]
    const value = await result
    running.shift()
    return [item, value]
  }
  try {
    for await (const item of items) {
      const result = work(item)
      result.catch(() => undefined)
      running.push({ item, result })
      if (running.length >= atOnce) yield await next()
    }
    while (running.length > 0) yield await next()
  } finally {
    await Promise.allSettled(running.map(({ result }) => result))
  }
}

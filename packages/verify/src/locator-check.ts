import { type LocatorFile, NO_CLASS } from './locator-file.js'
import type { RangeState } from './range-state.js'

/**
 * Compares a locator with where the events really are: each leaf's class must be that of the segment that lists it, and a
 * control entry must have none.
 */
export function checkLocator(locator: LocatorFile, path: string, state: RangeState): void {
  for (let i = 0; i < locator.count; i++) {
    const leafIndex = locator.first + i
    if (leafIndex >= state.leafEnd || !state.isKnown(leafIndex)) continue
    const told = classOf(locator, leafIndex)
    const filed = state.classOf(leafIndex)
    const holds = state.isEvent(leafIndex) ? filed === undefined || told === filed : told === null
    if (holds) continue
    const message = `The locator files leaf ${leafIndex} under ${told ?? 'no class'}, it is ${filed ?? 'a control entry'}.`
    state.fail('locator-wrong', { leafIndex, message, file: path })
  }
  const last = locator.first + locator.count - 1
  for (const [leafIndex, time] of [[locator.first, locator.tFirst] as const, [last, locator.tLast] as const]) {
    const known = state.timeOf(leafIndex)
    if (known === undefined || known === time) continue
    state.fail('locator-wrong', { leafIndex, message: `The locator gives leaf ${leafIndex} another time.`, file: path })
  }
}

/** The class a locator files a leaf under; null for a control entry, undefined when it says nothing sensible. */
export function classOf(locator: LocatorFile, leafIndex: number): string | null | undefined {
  const number = locator.leafClasses[leafIndex - locator.first]
  return number === NO_CLASS ? null : locator.classes[number ?? NO_CLASS]
}

/** The leaves a locator files under a class, ascending. */
export function leavesOfClass(locator: LocatorFile, retentionClass: string): number[] {
  const number = locator.classes.indexOf(retentionClass)
  const leaves: number[] = []
  for (const [i, one] of locator.leafClasses.entries()) if (one === number) leaves.push(locator.first + i)
  return leaves
}

import { describe } from 'vitest'
import type { EventStore } from '../event-store.js'
import { describeFigures } from './figures.js'
import { describeGivingUp } from './giving-up.js'
import { describeIsolation } from './isolation.js'
import { describeLoading } from './loading.js'
import { describeSearching } from './searching.js'

export type ContractOptions = {
  /** How many random cases each law is tried on; default 20. */
  readonly runs?: number
}

/** The tests that every driver of the event store passes. `open` gives an empty store; the tests close it. */
export function describeEventStore(
  name: string,
  open: () => Promise<EventStore>,
  { runs = 20 }: ContractOptions = {},
): void {
  describe(name, { timeout: 120_000 }, () => {
    describe('loads', () => describeLoading(open))
    describe('searches', () => describeSearching(open, runs))
    describe('counts', () => describeFigures(open, runs))
    describe('keeps logs apart', () => describeIsolation(open))
    describe('gives up', () => describeGivingUp(open))
  })
}

import bowser from 'bowser'
import type { z } from 'zod'
import { Recent } from '../recent.js'
import type { device } from '../schema/people.js'

export type Device = z.infer<typeof device>

const recent = new Recent<Device | undefined>(8192, 1024)

/**
 * What a user agent says about the device; undefined when it says nothing known.
 *
 * The last few thousand user agents are remembered: reading one costs some 50 µs. A user agent is only a claim.
 */
export const deviceOf = (userAgent: string): Device | undefined => recent.of(userAgent, describe)

function describe(userAgent: string): Device | undefined {
  const { browser, os, platform } = bowser.parse(userAgent)
  const facts: Device = {}
  set(facts, 'type', platform.type, 32)
  set(facts, 'os', os.name, 64)
  set(facts, 'osVersion', os.version, 64)
  set(facts, 'browser', browser.name, 64)
  set(facts, 'browserVersion', browser.version, 64)
  return Object.keys(facts).length === 0 ? undefined : facts
}

/** An overlong name is no name; cutting it could also cut a character in half. */
function set(facts: Device, name: keyof Device, value: string | undefined, max: number): void {
  if (value !== undefined && value !== '' && value.length <= max) facts[name] = value
}

import type { Draft } from '../draft.js'
import type { Scene } from '../scene.js'
import { requestAccess } from './access-request.js'
import { deployChange } from './change-process.js'
import { accessDatabase, refusedDatabaseAccess } from './database-access.js'
import { largePayout } from './payout.js'
import { privacyRequest } from './privacy-request.js'
import { joiner, leaver, passwordReset } from './staff-change.js'

/** One business process that begins on `scene.day`; its later steps may fall on later days. Drafts are not sorted. */
export function startProcess(scene: Scene): Draft[] {
  return scene.random.weighted(processes).play(scene)
}

/** Roughly how many events a process leaves. */
export const EVENTS_PER_PROCESS = 4.4

const processes: readonly { weight: number; play: (scene: Scene) => Draft[] }[] = [
  { weight: 26, play: deployChange },
  { weight: 18, play: accessDatabase },
  { weight: 3, play: refusedDatabaseAccess },
  { weight: 16, play: requestAccess },
  { weight: 12, play: largePayout },
  { weight: 8, play: privacyRequest },
  { weight: 10, play: passwordReset },
  { weight: 3, play: joiner },
  { weight: 3, play: leaver },
]

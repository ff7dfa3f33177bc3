export { eventNumber, idNumber } from './events.js'
export { memorySealedHalf } from './memory-sealed-half.js'
export { type DiskCall, type DiskFault, SimulatedDisk } from './simulated-disk.js'
export { openTestLog, type TestLogOptions } from './test-log.js'

import pino, { type Logger } from 'pino'

/** The log of the process: JSON lines on standard output. Holds no keys, no bodies and no query texts. */
export const processLog = (level: string): Logger =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })

/** The same on standard error, for commands whose output is something else. */
export const commandLog = (level: string): Logger =>
  pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }))

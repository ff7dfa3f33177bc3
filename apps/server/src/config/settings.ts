import { z } from 'zod'
import { bytes, duration, flag } from './setting-types.js'

/**
 * Every setting: the environment variable that gives it, its shape and default, and what it means.
 * The table in docs/operations.md is checked against this one.
 */
export const settings = {
  dataDir: { env: 'TIDEMARK_DATA', shape: z.string().min(1).default('data'), meaning: 'Data directory' },
  headDir: {
    env: 'TIDEMARK_HEAD_DIR',
    shape: z.string().min(1).optional(),
    meaning: 'Where the last signed sizes are kept, outside the backup set; default `<data>-head`',
  },
  host: { env: 'TIDEMARK_HOST', shape: z.string().min(1).default('127.0.0.1'), meaning: 'Address to listen on' },
  port: {
    env: 'TIDEMARK_PORT',
    shape: z.coerce.number().int().min(0).max(65_535).default(7400),
    meaning: 'Port; 0 takes a free one',
  },
  publicUrl: {
    env: 'TIDEMARK_PUBLIC_URL',
    shape: z.url({ protocol: /^https?$/ }).optional(),
    meaning: 'Address clients use, shown in the pages and the OpenAPI document',
  },
  publicLogs: {
    env: 'TIDEMARK_PUBLIC_LOGS',
    shape: flag(false),
    meaning: 'Serve checkpoints and tiles without a key; they hold no personal data',
  },
  role: {
    env: 'TIDEMARK_ROLE',
    shape: z.enum(['all', 'door']).default('all'),
    meaning: '`door` takes and proves events but runs no index: questions are answered 503',
  },
  masterKey: {
    env: 'TIDEMARK_MASTER_KEY',
    shape: z.base64().length(44, '32 bytes in base64').optional(),
    meaning: 'Key that wraps all others; default `secrets/master.key` in the data directory',
  },
  logLevel: {
    env: 'TIDEMARK_LOG_LEVEL',
    shape: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
    meaning: 'Least level written to the process log',
  },
  requestEvents: {
    env: 'TIDEMARK_REQUEST_EVENTS',
    shape: z.coerce.number().int().min(1).max(10_000).default(10_000),
    meaning: 'Events in one request',
  },
  requestBytes: {
    env: 'TIDEMARK_REQUEST_BYTES',
    shape: bytes('64MiB'),
    meaning: 'Bytes of one request after decompression',
  },
  inFlightBytes: {
    env: 'TIDEMARK_IN_FLIGHT_BYTES',
    shape: bytes('128MiB'),
    meaning: 'Bytes of all requests being read or stored; above it the answer is 503',
  },
  bodyIdleMs: {
    env: 'TIDEMARK_BODY_IDLE',
    shape: duration('10s'),
    meaning: 'Longest silence of a client in the middle of a body',
  },
  bodyTotalMs: { env: 'TIDEMARK_BODY_TOTAL', shape: duration('120s'), meaning: 'Longest time for a whole body' },
  streams: {
    env: 'TIDEMARK_STREAMS',
    shape: z.coerce.number().int().min(0).default(200),
    meaning: 'Event streams open at once',
  },
  quarantineBytes: {
    env: 'TIDEMARK_QUARANTINE_BYTES',
    shape: bytes('1GiB'),
    meaning: 'Refused events kept per tenant; above it requests that need it are answered 503',
  },
  queryTimeoutMs: { env: 'TIDEMARK_QUERY_TIMEOUT', shape: duration('30s'), meaning: 'Longest time of one question' },
  queryMemory: { env: 'TIDEMARK_QUERY_MEMORY', shape: bytes('1GiB'), meaning: 'Memory of the index process' },
  queryThreads: {
    env: 'TIDEMARK_QUERY_THREADS',
    shape: z.coerce.number().int().min(1).max(256).default(1),
    meaning: 'Threads of the index process',
  },
  queries: {
    env: 'TIDEMARK_QUERIES',
    shape: z.coerce.number().int().min(1).max(64).default(4),
    meaning: 'Questions answered at the same time; 64 more wait their turn, the rest is answered 503',
  },
} as const

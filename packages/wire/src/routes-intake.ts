import { z } from 'zod'
import { IngestAnswer, IngestParameters } from './ingest.js'
import {
  DiscardRequest,
  QuarantineDetail,
  QuarantineEntry,
  QuarantinePage,
  QuarantineParameters,
  QuarantinePath,
  ReplayAnswer,
  ReplayRequest,
} from './quarantine.js'
import type { Route } from './route.js'

const event = z.record(z.string(), z.unknown()).describe('An audit event; its JSON Schema is at /schema/event.json')
const tag = 'Intake'

export const intakeRoutes = {
  ingestEvents: {
    id: 'ingestEvents',
    method: 'POST',
    path: '/v1/events',
    tag,
    summary: 'Send events',
    description:
      'Up to 10,000 events and 64 MiB (after decompression) as NDJSON, a JSON array, `{"events":[…]}` or one event; gzip is read. ' +
      'The answer comes after everything it counts is on disk. One bad event never fails the others: it is kept in ' +
      'quarantine and its result says why. The answer is 200 whenever the body could be read; look at the counts. ' +
      'A 503 means that none of the request was stored; send it again with the same ids.',
    access: ['write'],
    parameters: IngestParameters,
    body: {
      required: true,
      content: {
        'application/json': z.union([z.array(event), z.object({ events: z.array(event) }), event]),
        'application/x-ndjson': z.string().describe('One event a line'),
      },
    },
    answers: { 200: { description: 'What became of each event', schema: IngestAnswer } },
    problems: [
      'invalid_json',
      'invalid_encoding',
      'empty_body',
      'body_incomplete',
      'invalid_parameter',
      'body_timeout',
      'body_too_large',
      'too_many_events',
      'unsupported_media_type',
      'unsupported_encoding',
      'overloaded',
      'ledger_unavailable',
      'quarantine_full',
    ],
  },
  listQuarantine: {
    id: 'listQuarantine',
    method: 'GET',
    path: '/v1/quarantine',
    tag,
    summary: 'List refused events',
    access: ['read'],
    parameters: QuarantineParameters,
    answers: { 200: { description: 'Newest first', schema: QuarantinePage } },
    problems: ['invalid_parameter', 'invalid_cursor'],
  },
  getQuarantined: {
    id: 'getQuarantined',
    method: 'GET',
    path: '/v1/quarantine/{quarantineId}',
    tag,
    summary: 'One refused event, with its bytes',
    access: ['read'],
    pathParameters: QuarantinePath,
    answers: { 200: { description: 'The entry and the untouched bytes', schema: QuarantineDetail } },
    problems: ['not_found'],
  },
  replayQuarantined: {
    id: 'replayQuarantined',
    method: 'POST',
    path: '/v1/quarantine/{quarantineId}/replay',
    tag,
    summary: 'Try a refused event again',
    description:
      'With the same bytes, or with repaired ones in `body`. The refused bytes stay kept beside the outcome.',
    access: ['write'],
    pathParameters: QuarantinePath,
    body: { required: false, content: { 'application/json': ReplayRequest } },
    answers: { 200: { description: 'It is in the ledger', schema: ReplayAnswer } },
    problems: ['not_found', 'conflict', 'event_refused', 'invalid_json', 'ledger_unavailable'],
  },
  discardQuarantined: {
    id: 'discardQuarantined',
    method: 'POST',
    path: '/v1/quarantine/{quarantineId}/discard',
    tag,
    summary: 'Give a refused event up',
    description: 'Recorded with its reason in the administration log before the answer.',
    access: ['admin'],
    pathParameters: QuarantinePath,
    body: { required: true, content: { 'application/json': DiscardRequest } },
    answers: { 200: { description: 'The entry, discarded', schema: QuarantineEntry } },
    problems: ['not_found', 'conflict', 'invalid_json', 'ledger_unavailable'],
  },
} as const satisfies Record<string, Route>

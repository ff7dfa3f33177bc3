import { z } from 'zod'
import { LogParameters, LogState } from './log-state.js'
import { ProofBundle, ProofParameters } from './proof-bundle.js'
import type { Route } from './route.js'
import { TenantSlug } from './scalars.js'
import { EventPath } from './search.js'

const tag = 'Integrity'
const Tenant = z.strictObject({ tenant: TenantSlug })
const TilePath = Tenant.extend({ path: z.string().max(128).describe('<level>/<tile>, or entries/<tile>') })
const note = { description: 'Signed note', contentType: 'text/plain; charset=utf-8' }
const tile = { description: 'The tile', contentType: 'application/octet-stream' }

export const integrityRoutes = {
  logState: {
    id: 'logState',
    method: 'GET',
    path: '/v1/log',
    tag,
    summary: 'Where the log stands',
    access: ['read', 'verify', 'admin'],
    auditAccess: ['verify', 'admin'],
    parameters: LogParameters,
    answers: { 200: { description: 'Durable, signed and searchable sizes', schema: LogState } },
    problems: ['invalid_parameter'],
  },
  proveEvent: {
    id: 'proveEvent',
    method: 'GET',
    path: '/v1/events/{id}/proof',
    tag,
    summary: 'Prove one event',
    description:
      'A bundle a verifier checks offline. An event newer than the newest checkpoint has one signed for it. A key without ' +
      'scope read gets digests in place of the parts.',
    access: ['verify', 'read'],
    auditAccess: ['verify', 'admin'],
    pathParameters: EventPath,
    parameters: ProofParameters,
    answers: { 200: { description: 'The proof', schema: ProofBundle } },
    problems: ['not_found', 'invalid_parameter', 'missing_scope', 'ledger_unavailable'],
  },
  checkpoint: {
    id: 'checkpoint',
    method: 'GET',
    path: '/t/{tenant}/checkpoint',
    tag,
    summary: 'Newest signed checkpoint',
    description: 'C2SP tlog-tiles. Any transparency-log client works against `/t/{tenant}`.',
    access: 'log-files',
    pathParameters: Tenant,
    answers: { 200: note },
    problems: ['not_found'],
  },
  tile: {
    id: 'tile',
    method: 'GET',
    path: '/t/{tenant}/tile/{+path}',
    tag,
    summary: 'Hash tile or entry bundle',
    access: 'log-files',
    pathParameters: TilePath,
    answers: { 200: tile },
    problems: ['not_found'],
  },
  auditCheckpoint: {
    id: 'auditCheckpoint',
    method: 'GET',
    path: '/t/{tenant}/_audit/checkpoint',
    tag,
    summary: 'Newest signed checkpoint of the administration log',
    access: 'log-files',
    pathParameters: Tenant,
    answers: { 200: note },
    problems: ['not_found'],
  },
  auditTile: {
    id: 'auditTile',
    method: 'GET',
    path: '/t/{tenant}/_audit/tile/{+path}',
    tag,
    summary: 'Hash tile or entry bundle of the administration log',
    access: 'log-files',
    pathParameters: TilePath,
    answers: { 200: tile },
    problems: ['not_found'],
  },
} as const satisfies Record<string, Route>

import { z } from 'zod'
import { Readiness } from './log-state.js'
import type { Route } from './route.js'

const tag = 'System'
const page = { description: 'A page', contentType: 'text/html; charset=utf-8' }

export const systemRoutes = {
  home: {
    id: 'home',
    method: 'GET',
    path: '/',
    tag,
    summary: 'State of the installation, for people',
    access: 'open',
    answers: { 200: page },
    problems: [],
  },
  docs: {
    id: 'docs',
    method: 'GET',
    path: '/docs',
    tag,
    summary: 'This reference, for people',
    access: 'open',
    answers: { 200: page },
    problems: [],
  },
  style: {
    id: 'style',
    method: 'GET',
    path: '/style.css',
    tag,
    summary: 'Style sheet of the pages',
    access: 'open',
    answers: { 200: { description: 'Style sheet', contentType: 'text/css; charset=utf-8' } },
    problems: [],
  },
  icon: {
    id: 'icon',
    method: 'GET',
    path: '/icon.svg',
    tag,
    summary: 'Icon of the pages',
    access: 'open',
    answers: { 200: { description: 'Picture', contentType: 'image/svg+xml' } },
    problems: [],
  },
  openApi: {
    id: 'openApi',
    method: 'GET',
    path: '/openapi.json',
    tag,
    summary: 'This reference, for machines',
    access: 'open',
    answers: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
    problems: [],
  },
  eventSchema: {
    id: 'eventSchema',
    method: 'GET',
    path: '/schema/event.json',
    tag,
    summary: 'JSON Schema of an event',
    access: 'open',
    answers: {
      200: {
        description: 'JSON Schema 2020-12',
        contentType: 'application/schema+json',
        schema: z.record(z.string(), z.unknown()),
      },
    },
    problems: [],
  },
  health: {
    id: 'health',
    method: 'GET',
    path: '/healthz',
    tag,
    summary: 'Is the process alive',
    access: 'open',
    answers: { 200: { description: 'It is', contentType: 'text/plain; charset=utf-8' } },
    problems: [],
  },
  readiness: {
    id: 'readiness',
    method: 'GET',
    path: '/readyz',
    tag,
    summary: 'Can it take events',
    access: 'open',
    answers: {
      200: { description: 'It takes events', schema: Readiness },
      503: { description: 'It refuses events for now', schema: Readiness },
    },
    problems: [],
  },
  metrics: {
    id: 'metrics',
    method: 'GET',
    path: '/metrics',
    tag,
    summary: 'Figures for Prometheus',
    description: 'Totals of the installation; no tenant is named.',
    access: 'open',
    answers: {
      200: { description: 'Text exposition format', contentType: 'text/plain; version=0.0.4; charset=utf-8' },
    },
    problems: [],
  },
} as const satisfies Record<string, Route>

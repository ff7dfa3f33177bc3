export type {
  AggregateAnswer,
  Asking,
  Bucket,
  EventStore,
  Facet,
  FacetsAnswer,
  FacetsRequest,
  FileRange,
  HistogramAnswer,
  HistogramRequest,
  LoadBatch,
  Position,
  Question,
  Scope,
  SearchAnswer,
  SearchRequest,
  ValueCount,
  ValuesRequest,
} from './event-store.js'
export {
  type AskFigures,
  answerFacets,
  answerValues,
  type FiguresAsOf,
  MAX_ROWS,
  refuseManyRows,
} from './figure-questions.js'
export { answerHistogram, niceInterval } from './histogram.js'
export { tenantOf } from './log-name.js'
export { MemoryStore } from './memory-store.js'
export { isNextBatch, type LoadRefusalCode, LoadRefused, type QueryRefusalCode, QueryRefused } from './refusals.js'

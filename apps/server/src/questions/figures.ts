import { fields as allFields, findField } from '@tidemark/event'
import type { Interval } from '@tidemark/query'
import type { Aggregate, Facets, Fields, Histogram } from '@tidemark/wire'
import type { Call } from '../http/call.js'
import { bindFields, bindQuestion } from './bind-question.js'
import type { Questions } from './questions.js'

/** Answers questions whose answer is a figure. */
export class Figures {
  readonly #questions: Questions

  constructor(questions: Questions) {
    this.#questions = questions
  }

  async histogram(call: Call<'histogram'>): Promise<Histogram> {
    const { query, log, signal } = call
    const { text, ...asked } = await this.#asked(call, 'refused')
    const splitBy = query.splitBy === undefined ? undefined : bindFields('splitBy', [query.splitBy])[0]
    const request = { ...asked, interval: intervalOf(query.interval), zone: query.zone, splitBy }
    const { buckets, total, asOf } = await this.#questions.ask(signal, (store, asking) =>
      store.histogram({ log }, request, asking),
    )
    const bars = buckets.map(({ start, count, split }) => ({ start, count, ...(split && { split: { ...split } }) }))
    return { interval: query.interval, zone: query.zone, buckets: bars, total, asOf, query: text }
  }

  async facets(call: Call<'facets'>): Promise<Facets> {
    const { query, log, signal } = call
    const names = query.fields.split(',').map((name) => name.trim())
    const { text, ...asked } = await this.#asked(call, 'refused')
    const request = { ...asked, fields: bindFields('fields', names), limit: query.limit }
    const { facets, asOf } = await this.#questions.ask(signal, (store, asking) =>
      store.facets({ log }, request, asking),
    )
    return { facets: facets.map(({ field, values }) => ({ field, values: [...values] })), asOf, query: text }
  }

  async aggregate(call: Call<'aggregate'>): Promise<Aggregate> {
    const { log, signal } = call
    const { text, ...asked } = await this.#asked(call, 'needed')
    const { columns, rows, asOf } = await this.#questions.ask(signal, (store, asking) =>
      store.aggregate({ log }, asked, asking),
    )
    return { columns: [...columns], rows: rows.map((row) => [...row]), asOf, query: text }
  }

  async fields(call: Call<'fields'>): Promise<Fields> {
    const { log, signal, query } = call
    const known = allFields.map(({ path, alias, type }) => ({ name: alias ?? path, path, type }))
    if (query.field === undefined) {
      const wanted = query.prefix.toLowerCase()
      return {
        fields: known.filter(({ name, path }) => name.startsWith(wanted) || path.toLowerCase().startsWith(wanted)),
      }
    }
    const field = bindFields('field', [query.field])[0]!
    const request = { field, prefix: query.prefix, limit: query.limit }
    const values = await this.#questions.ask(signal, (store, asking) => store.values({ log }, request, asking))
    const path = findField(query.field)?.path
    return { fields: known.filter((candidate) => candidate.path === path), values: [...values] }
  }

  async #asked({ query, log }: Call<'histogram' | 'facets' | 'aggregate'>, pipe: 'needed' | 'refused') {
    const { now } = this.#questions.ports
    return { ...bindQuestion(query, now(), pipe), asOf: await this.#questions.checkedAsOf(log, query.asOf) }
  }
}

/** The wire has checked its form. */
function intervalOf(text: string): Interval {
  const unit = text.replace(/^[0-9]+/, '') as Interval['unit']
  return { count: Number.parseInt(text, 10), unit }
}

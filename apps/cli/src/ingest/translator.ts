import { detectFormat, type Mapper, type MapRefusal } from '@tidemark/formats'
import type { IngestParameters } from '@tidemark/wire'
import { type RecordPlace, withId } from './event-id.js'

/** One line of a request, and why it could not be mapped, if so: then the record travels as it was, to quarantine. */
export type Line = { readonly text: string; readonly refusal?: MapRefusal | undefined }

/** Makes lines of a request out of the records of one input. */
export type Translator = {
  /** What the lines are, for the server. */
  readonly format: IngestParameters['format']
  readonly line: (record: string, place: RecordPlace) => Line
}

/** Chooses by the first record of an input. */
export type ChooseTranslator = (firstRecord: string) => Translator

/** Our own events travel as they are, with an id; so do the formats the server maps itself. */
export function translatorFor(
  format: 'auto' | 'tidemark' | 'cloudtrail',
  mapper: Mapper | undefined,
): ChooseTranslator {
  if (mapper) return () => mapping(mapper)
  if (format !== 'auto') return () => translators[format]
  return (firstRecord) => translators[detectFormat(firstRecord) ?? 'tidemark']
}

const translators: Readonly<Record<'tidemark' | 'cloudtrail', Translator>> = {
  tidemark: { format: 'tidemark', line: (record, place) => ({ text: withId(record, place) }) },
  cloudtrail: { format: 'cloudtrail', line: (record) => ({ text: record }) },
}

/** Mapped here, with a mapping file; the record itself goes along to be kept and hashed. */
function mapping(mapper: Mapper): Translator {
  return {
    format: 'mapped',
    line(record, place) {
      const mapped = mapper.map(record)
      if ('refusal' in mapped) return { text: record, refusal: mapped.refusal }
      const event = withId(JSON.stringify(mapped.event), place)
      const raw = JSON.stringify({ format: mapped.raw.format, payload: record })
      return { text: `{"event":${event},"raw":${raw}}` }
    },
  }
}

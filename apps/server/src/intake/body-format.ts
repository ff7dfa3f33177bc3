import { RequestProblem } from '../http/request-problem.js'
import type { BodyFormat } from './prepare-body.js'

const formats: Readonly<Record<string, BodyFormat>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-jsonlines': 'ndjson',
}

/** How to read a body of this content type. Throws `RequestProblem` `unsupported_media_type`. */
export function bodyFormatOf(contentType: string | undefined): BodyFormat {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase())
  const format = formats[type]
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter),
  )
  if (format && isUtf8) return format
  const found = contentType === undefined ? 'none' : `"${contentType.slice(0, 80)}"`
  throw new RequestProblem(
    'unsupported_media_type',
    `Send Content-Type: application/json or application/x-ndjson in UTF-8, not ${found}`,
  )
}

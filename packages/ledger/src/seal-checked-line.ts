import { createHash } from 'node:crypto'

/**
 * A JSON object as a line that notices its own damage: the last member, `sha256`, is the base64url digest of the object
 * without it. No newline.
 */
export function checkedLine(value: object): string {
  const json = JSON.stringify(value)
  const digest = createHash('sha256').update(json).digest('base64url')
  return `${json.slice(0, -1)},"sha256":"${digest}"}`
}

/** Reads what `checkedLine` wrote, in exactly that spelling. SyntaxError when it is anything else. */
export function parseCheckedLine(line: string): Record<string, unknown> {
  const { sha256, ...value } = JSON.parse(line)
  if (checkedLine(value) !== line) throw new SyntaxError('the line was altered')
  return value
}

import { below, refuse } from '../refusal.js'

/**
 * Reads a JSON text character by character and refuses the first thing wrong with it, naming where it is.
 *
 * `maxDepth` counts objects and arrays inside one another. Numbers and
 * surrogates are `checkJsonValue`'s business. Slow and exact; returns when nothing is wrong.
 */
export function checkJson(text: string, maxDepth: number): void {
  new Checker(text, maxDepth).whole()
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y
const WORD = /true|false|null/y
const ODD_WORD = /-?(?:NaN|Infinity|undefined|None|True|False)/y

class Checker {
  private at = 0

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  whole(): void {
    this.value('', 1)
    if (this.at < this.text.length) this.unexpected('', 'nothing after the event')
  }

  private value(pointer: string, depth: number): void {
    this.space()
    const c = this.text[this.at]
    if (c === '{') this.object(pointer, depth)
    else if (c === '[') this.array(pointer, depth)
    else if (c === '"') this.string(pointer)
    else if (!this.take(WORD)) this.number(pointer)
    this.space()
  }

  private object(pointer: string, depth: number): void {
    this.open(pointer, depth)
    if (this.closes('}')) return
    const names = new Set<string>()
    do {
      this.space()
      if (this.text[this.at] !== '"') this.unexpected(pointer, 'a member name in double quotes')
      const name = this.string(pointer)
      const here = below(pointer, name)
      if (names.has(name))
        refuse('duplicate_key', here, `expected each member once, found ${JSON.stringify(name)} twice`)
      names.add(name)
      this.space()
      if (this.text[this.at] !== ':') this.unexpected(here, "':'")
      this.at++
      this.value(here, depth + 1)
    } while (this.continues('}', pointer))
  }

  private array(pointer: string, depth: number): void {
    this.open(pointer, depth)
    if (this.closes(']')) return
    let index = 0
    do this.value(below(pointer, index++), depth + 1)
    while (this.continues(']', pointer))
  }

  private open(pointer: string, depth: number): void {
    if (depth > this.maxDepth) refuse('too_deep', pointer, `expected at most ${this.maxDepth} levels of nesting`)
    this.at++
    this.space()
  }

  private closes(bracket: string): boolean {
    if (this.text[this.at] !== bracket) return false
    this.at++
    return true
  }

  private continues(bracket: string, pointer: string): boolean {
    if (this.closes(bracket)) return false
    if (this.text[this.at] !== ',') this.unexpected(pointer, `',' or '${bracket}'`)
    this.at++
    return true
  }

  private string(pointer: string): string {
    const token = this.take(STRING)
    if (!token) return this.unexpected(pointer, 'a string that ends and has no control characters or unknown escapes')
    return JSON.parse(token) as string
  }

  private number(pointer: string): void {
    const odd = this.peek(ODD_WORD)
    if (odd) this.unexpected(pointer, `a JSON value (JSON has no ${odd})`)
    const token = this.take(NUMBER)
    if (!token) this.unexpected(pointer, 'a value')
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++
  }

  private peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)?.[0]
  }

  private take(pattern: RegExp): string | undefined {
    const token = this.peek(pattern)
    this.at += token?.length ?? 0
    return token
  }

  private unexpected(pointer: string, expected: string): never {
    const rest = this.text.slice(this.at, this.at + 12)
    const found = rest === '' ? 'the end of the text' : JSON.stringify(rest)
    return refuse('invalid_json', pointer, `expected ${expected} at column ${this.at + 1}, found ${found}`)
  }
}

/** A text as it stands inside a JSON string, so that it can be looked for in JSON text. Source: RFC 8785 §3.2.2.2. */
export const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** A number as a word: the shortest decimal that reads back, without a plus sign in the exponent. */
export const numberText = (value: number): string => String(value).replace('e+', 'e')

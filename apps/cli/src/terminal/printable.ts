/**
 * Text that cannot move the cursor, change colours or reverse the reading direction: what events hold was written by
 * others, and a terminal obeys what it is sent. Line breaks and tabs become blanks, other controls a visible escape.
 */
export function printable(text: string): string {
  return text.replace(unsafe, (character) =>
    /\s/.test(character) ? ' ' : `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

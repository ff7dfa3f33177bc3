import { styleText } from 'node:util'
import type { Output } from '../shell.js'

type Style = Parameters<typeof styleText>[0]

/** Colours text for an output, or leaves it alone when that output shows no colours. */
export type Paint = (style: Style, text: string) => string

export function paintFor(output: Output): Paint {
  return output.colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text
}

/** Colour means outcome, everywhere: quiet green, amber, red. */
export function styleOfOutcome(outcome: string): Style {
  if (outcome === 'success') return 'green'
  return outcome === 'denied' ? 'red' : 'yellow'
}

/** Received text never steers a terminal: no control, bidirectional, invisible or private character leaves this process. */
import { toBase64url } from '@onetrip/codec'

/** General category C (controls, formats, surrogates, private, unassigned), line and paragraph separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu
const UNPRINTABLE_BUT_LINES = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu

/** One line of text; what cannot be printed shows as U+FFFD. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\u{fffd}')
}

/** As {@link printable}, but line feeds stay: for text of our own that holds received parts. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE_BUT_LINES, '\u{fffd}')
}

/** One line of text in which what cannot be printed shows as `\u{…}`, so that it can be read. */
export function escaped(text: string): string {
  return text.replace(UNPRINTABLE, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
}

/** JSON in which bytes are base64url and what cannot be printed stands as `\uXXXX`: safe on a terminal. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, bytesAsText, 2).replace(UNPRINTABLE_BUT_LINES, (sign) =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

function bytesAsText(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? toBase64url(value) : value
}

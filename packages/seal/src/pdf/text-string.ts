/** Text strings and dates (ISO 32000-2 §7.9.2, §7.9.4) as they are written; each text has one form. */
import { fault } from '@onetrip/codec'
import { latin1 } from './lexer.ts'
import { isString, type PdfObject, type PdfString } from './pdf-value.ts'

const ASCII = /^[ -~]*$/
const DATE = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const LAST_SECOND_OF_9999 = 253_402_300_799

/** A text: ASCII as it is, everything else in UTF-16BE with its mark. */
export function textString(text: string): PdfString {
  if (ASCII.test(text)) return asciiString(text)
  const bytes = new Uint8Array(2 + 2 * text.length)
  bytes.set([0xfe, 0xff])
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    bytes[2 + 2 * index] = unit >> 8
    bytes[3 + 2 * index] = unit & 0xff
  }
  return { kind: 'string', bytes }
}

/** The text of a string that {@link textString} made. Throws `pdf/format` for another value. */
export function parseTextString(value: PdfObject | undefined): string {
  if (!isString(value)) throw fault('pdf/format')
  const { bytes } = value
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return latin1(bytes)
  let text = ''
  for (let index = 2; index + 1 < bytes.length; index += 2) {
    text += String.fromCharCode(((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0))
  }
  return text
}

/** A time in UTC, from Unix seconds. `TypeError` outside the years 1970 to 9999. */
export function dateString(seconds: number): PdfString {
  const isTime = Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= LAST_SECOND_OF_9999
  if (!isTime) throw new TypeError('not Unix seconds')
  const digits = new Date(seconds * 1000).toISOString().slice(0, 19).replace(/[-T:]/g, '')
  return asciiString(`D:${digits}Z`)
}

/** Unix seconds of a date that {@link dateString} made. Throws `pdf/format` for another value. */
export function parseDateString(value: PdfObject | undefined): number {
  const [, year, month, day, hour, minute, second] = DATE.exec(parseTextString(value)) ?? []
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (second === undefined || !Number.isFinite(time) || time < 0) throw fault('pdf/format')
  return time / 1000
}

function asciiString(text: string): PdfString {
  return { kind: 'string', bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)) }
}

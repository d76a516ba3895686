/** Writes PDF values in one form (ISO 32000-2 §7.3), ASCII throughout. */
import { toHex } from '@onetrip/codec'
import { latin1 } from './lexer.ts'
import { isDict, isList, type PdfDict, type PdfValue } from './pdf-value.ts'

/** Characters of a name that are written as they are. */
const PLAIN_NAME = /[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g
const PLAIN_STRING = /^[ -'*-[\]-~]*$/
const DECIMALS = 10

/** The text of a value. */
export function writeValue(value: PdfValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (isList(value)) return `[${value.map(writeValue).join(' ')}]`
  if (isDict(value)) return writeDict(value)
  if (value.kind === 'name') return writeName(value.text)
  if (value.kind === 'string') return writeString(value.bytes)
  return `${value.number} ${value.generation} R`
}

/** The text of a number: whole, or with as few of at most ten decimals as it needs. */
export function writeNumber(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return value
    .toFixed(DECIMALS)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0')
}

function writeDict(dict: PdfDict): string {
  const members = Array.from(dict, ([key, value]) => `${writeName(key)} ${writeValue(value)}`)
  return `<< ${members.join(' ')} >>`
}

function writeName(text: string): string {
  const escaped = (character: string): string =>
    `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  return `/${text.replace(PLAIN_NAME, escaped)}`
}

function writeString(bytes: Uint8Array): string {
  const text = latin1(bytes)
  return PLAIN_STRING.test(text) ? `(${text})` : `<${toHex(bytes)}>`
}

/**
 * Size is scan speed: what each code may measure (ARCHITECTURE "One licence, several credentials"). The budgets
 * hold for 8 selectable claims of which 3 are shown, status URIs of 32 characters, either kind of holder's key,
 * and values in UTF-8, the licence's serial among them: live 100 bytes, requested 60, copy 60 and 170 of recipient
 * and purpose, delegation 100, paper 150. A seal that the licence states takes ten of them, an index above 65,535 in its status list two.
 * A request of 60 characters of purpose asks for four materials with five claims each; a receipt is for two licences with three
 * claims each; both from a counter with a name of ten characters and four matters.
 */
import { encodeFrameLines, encodeQrText, fault } from '@onetrip/codec'

/**
 * Longest text of a single code, prefix included: V20-L, V25-L, V21-L, V25-M, V22-L, V15-M, and V25-L twice, alphanumeric. `liveGrown` is
 * a live code of nothing but what is public by law, or with pictures of a name's characters: nothing smaller would do, so it
 * grows on the screen.
 */
export const MAX_CODE_CHARACTERS = {
  live: 1249,
  liveGrown: 1853,
  requested: 1352,
  copy: 1451,
  delegation: 1460,
  paper: 600,
  request: 1853,
  receipt: 1853,
} as const

const PREFIX_CHARACTERS = 'OT1:'.length

/** A kind of code with a budget. */
export type CodeKind = keyof typeof MAX_CODE_CHARACTERS

/**
 * Writes signed bytes as the text of a code: QR text, or over the kind's budget the frames of an animated code, one a line.
 * Paper does not move, so a paper code over its budget is `qr/too-big`, as is any code over 64 KiB.
 */
export function codeText(kind: CodeKind, bytes: Uint8Array): string {
  const text = encodeQrText(bytes)
  if (text.length <= MAX_CODE_CHARACTERS[kind]) return text
  if (kind === 'paper') throw fault('qr/too-big')
  return encodeFrameLines(bytes)
}

/** Characters of the QR text of so many bytes: the prefix, and Base45 (RFC 9285 §4). */
export function codeCharacters(bytes: number): number {
  return PREFIX_CHARACTERS + 3 * Math.floor(bytes / 2) + 2 * (bytes % 2)
}

/** Size is scan speed: what each code may measure (ARCHITECTURE "One licence, several credentials"). */
import { encodeQrText, fault } from '@onetrip/codec'

/** Longest QR text, prefix included: V20-L, V21-L, V25-M and V15-M, alphanumeric. */
export const MAX_CODE_CHARACTERS = { live: 1249, requested: 1352, copy: 1451, paper: 600 } as const

/** A kind of code with a budget. */
export type CodeKind = keyof typeof MAX_CODE_CHARACTERS

/** Writes signed bytes as QR text and refuses what is over the kind's budget with `qr/too-big`. */
export function codeText(kind: CodeKind, bytes: Uint8Array): string {
  const text = encodeQrText(bytes)
  if (text.length > MAX_CODE_CHARACTERS[kind]) throw fault('qr/too-big')
  return text
}

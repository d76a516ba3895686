/** Which of the things that a counter's device signs an input says that it is, before anything else of it is read. */
import { decodeCodeText, decodeSign1, Fault } from '@onetrip/codec'
import { HEADER, TYP } from './labels.ts'
import { MAX_REQUEST_BYTES } from './request.ts'

/** A request of a counter, or its receipt for an answer. */
export type DeviceSignedForm = 'request' | 'receipt'

const FORMS: ReadonlyMap<unknown, DeviceSignedForm> = new Map([
  [TYP.request, 'request'],
  [TYP.receipt, 'receipt'],
])

/** By the `typ` of bytes, or of the bytes in the text of a code; nothing for anything else. Never throws for what it holds. */
export function deviceSignedForm(input: Uint8Array | string): DeviceSignedForm | undefined {
  try {
    const bytes = typeof input === 'string' ? decodeCodeText(input) : input
    const { protectedHeader } = decodeSign1(bytes, { maxBytes: MAX_REQUEST_BYTES, tags: [18] })
    return FORMS.get(protectedHeader.get(HEADER.typ))
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

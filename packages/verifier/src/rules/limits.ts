/** ARCHITECTURE §2 and ARCHITECTURE §10 T9: size is looked at before anything is decoded. */
import { fault, isFrameText, MAX_FRAME_LINES_CHARACTERS } from '@onetrip/codec'

/** Largest text of a QR code: version 40-L, alphanumeric mode. */
export const MAX_QR_CHARACTERS = 4296
/** Largest input of any kind: bytes, or characters of text. */
export const MAX_INPUT_LENGTH = 65_536

/** Refuses input that is too long to look at: `qr/limit`, `jws/limit` (text), `cbor/limit` (bytes). */
export const limits = {
  id: 'limits',
  clause: 'ARCHITECTURE §2',
  check(input: Uint8Array | string): void {
    if (input instanceof Uint8Array && input.length > MAX_INPUT_LENGTH) throw fault('cbor/limit')
    if (typeof input !== 'string') return
    if (isFrameText(input)) {
      if (input.length > MAX_FRAME_LINES_CHARACTERS) throw fault('qr/limit')
      return
    }
    if (input.startsWith('OT1:') && input.length > MAX_QR_CHARACTERS) throw fault('qr/limit')
    if (input.length > MAX_INPUT_LENGTH) throw fault('jws/limit')
  },
} as const

/** Strict parsing (DESIGN §4): one table says which artefact is which; none passes for another. */
import { decodeQrText, fault } from '@onetrip/codec'
import { type Presentation, parsePresentation } from '@onetrip/credential'

const QR_PREFIX = 'OT1:'
/** Base64url of `{` followed by a quotation mark, a space or a line end: every JOSE header. */
const JOSE_START = /^e[wy]/
const JWE_PARTS = 5

/**
 * The input is one of the things a verifier reads, and well formed. Codes: those of the parsers;
 * `format/unsupported` for other formats, `qr/not-a-credential` for foreign text,
 * `credential/wrong-type` for our own artefacts that are no credential.
 */
export const format = {
  id: 'format',
  clause: 'DESIGN §4',
  read(input: Uint8Array | string): Presentation {
    if (typeof input === 'string') return readText(input)
    if (input instanceof Uint8Array) return parsePresentation(input)
    throw fault('format/unsupported')
  },
} as const

function readText(text: string): Presentation {
  if (text.startsWith(QR_PREFIX)) return parsePresentation(decodeQrText(text))
  if (!JOSE_START.test(text)) throw fault('qr/not-a-credential')
  if (!text.includes('~') && text.split('.').length === JWE_PARTS) throw fault('format/unsupported')
  return parsePresentation(text)
}

/** Base64 with padding (RFC 4648 §4), as notes have it; the alphabet and the strictness are the codec's. */
import { fault, fromBase64url, toBase64url } from '@onetrip/codec'

/** Writes base64. */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** Reads base64 in its one form. Throws `encoding/base64url`, also for the other alphabet or missing padding. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0 || /[-_]|=.*[^=]/.test(text)) throw fault('encoding/base64url')
  const bare = text.replace(/={1,2}$/, '')
  return fromBase64url(bare.replaceAll('+', '-').replaceAll('/', '_'))
}

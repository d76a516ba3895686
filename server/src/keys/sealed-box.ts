/** Authenticated encryption of small records at rest: AES-256-GCM, random 96-bit nonce (NIST SP 800-38D §8.2.2). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Seals `plain` under a 32-byte key, bound to `context`; returns nonce | ciphertext | tag. */
export function sealRecord(key: Uint8Array, context: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what {@link sealRecord} made; throws when key, context or bytes differ. */
export function openRecord(key: Uint8Array, context: string, sealed: Uint8Array): Uint8Array {
  const tagStart = sealed.length - TAG_BYTES
  if (tagStart < NONCE_BYTES) throw new Error('sealed record: too short')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(sealed.subarray(tagStart))
  const body = sealed.subarray(NONCE_BYTES, tagStart)
  return Buffer.concat([decipher.update(body), decipher.final()])
}

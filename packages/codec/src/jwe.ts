/**
 * JWE in compact form (RFC 7516 §3.1, §7.1) with one way to agree on a key, ECDH-ES on P-256 (RFC 7518 §4.6), and AES-GCM: what
 * HAIP 1.0 asks of encrypted answers. The only file beside `jws.ts` that knows jose, which draws ephemeral key and nonce itself.
 */
import { JOSEError } from 'jose/errors'
import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { fromBase64url } from './bytes.ts'
import { fault } from './errors.ts'
import { parseJson } from './json.ts'
import { isObject, type JsonObject } from './json-value.ts'
import { type PublicKey, publicKeyFromJwk, publicKeyToJwk } from './keys.ts'

const ALGORITHM = 'ECDH-ES'
const MAX_CHARACTERS = 131_072
const PARTS = 5
/** Members that could ask for work before anything is known (RFC 7516 §4.1.3) or change what is read. */
const REFUSED_MEMBERS = ['crit', 'zip', 'p2c', 'b64'] as const

/** Content encryptions that we make and take. */
export const JWE_ENCRYPTIONS = ['A128GCM', 'A256GCM'] as const

/** One of {@link JWE_ENCRYPTIONS}. */
export type JweEncryption = (typeof JWE_ENCRYPTIONS)[number]

/** A P-256 key to encrypt to. */
export interface EncryptionKey {
  /** The point; it verifies no signature. */
  readonly key: PublicKey
  /** Named in the JWE's header. */
  readonly kid?: string
}

/** What is encrypted. */
export interface JweDraft {
  readonly plaintext: Uint8Array
  readonly recipient: EncryptionKey
  readonly encryption: JweEncryption
  /** Members beside `alg`, `enc`, `kid` and `epk`, such as `cty`. */
  readonly header?: JsonObject
}

/** A JWE that was opened. */
export interface OpenedJwe {
  readonly header: JsonObject
  readonly plaintext: Uint8Array
}

/**
 * A key from a JWK for encryption: P-256, `alg` ECDH-ES, `use` enc or left out. Throws `key/format`, also for a private key.
 */
export function encryptionKeyFromJwk(jwk: JsonObject): EncryptionKey {
  const { alg, use, kid, kty, crv, x, y } = jwk
  const isFor = alg === ALGORITHM && (use === undefined || use === 'enc') && crv === 'P-256'
  if (!isFor || Object.hasOwn(jwk, 'd')) throw fault('key/format')
  const key = publicKeyFromJwk({ kty: kty ?? null, crv, x: x ?? null, y: y ?? null })
  if (kid === undefined) return { key }
  if (typeof kid !== 'string' || kid === '') throw fault('key/format')
  return { key, kid }
}

/** The JWK of a key to encrypt to. */
export function encryptionKeyToJwk({ key, kid }: EncryptionKey): JsonObject {
  const named = kid === undefined ? {} : { kid }
  return { ...publicKeyToJwk(key), use: 'enc', alg: ALGORITHM, ...named }
}

/** Encrypts to a P-256 key. */
export function encryptJwe({
  plaintext,
  recipient,
  encryption,
  header,
}: JweDraft): Promise<string> {
  const { key, kid } = recipient
  return new CompactEncrypt(plaintext)
    .setProtectedHeader({
      ...header,
      alg: ALGORITHM,
      enc: encryption,
      ...(kid === undefined ? {} : { kid }),
    })
    .encrypt(publicKeyToJwk(key))
}

/**
 * Opens a JWE with a private P-256 JWK. Where `kid` is given the header has to name it. Throws `jwe/format` (another shape,
 * length, algorithm or encryption, `zip`, `crit`), `jwe/decryption` (another key, altered), `encoding/base64url`, `json/*`.
 */
export async function decryptJwe(
  compact: string,
  recipient: { readonly privateJwk: JsonObject; readonly kid?: string },
): Promise<OpenedJwe> {
  if (compact.length > MAX_CHARACTERS) throw fault('jwe/format')
  const parts = compact.split('.', PARTS + 1)
  const header = parts.length === PARTS ? parseJson(fromBase64url(parts[0] ?? '')) : undefined
  if (!isObject(header)) throw fault('jwe/format')
  const isKnown = JWE_ENCRYPTIONS.some((name) => name === header['enc'])
  const isRefused = REFUSED_MEMBERS.some((name) => header[name] !== undefined)
  if (header['alg'] !== ALGORITHM || !isKnown || isRefused) throw fault('jwe/format')
  // Of a key that is agreed on directly there is no encrypted key (RFC 7516 §5.2, step 6).
  if (parts[1] !== '') throw fault('jwe/format')
  const { privateJwk, kid } = recipient
  if (kid !== undefined && header['kid'] !== kid) throw fault('jwe/decryption')
  try {
    const { plaintext } = await compactDecrypt(compact, privateJwk, {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [...JWE_ENCRYPTIONS],
    })
    return { header, plaintext }
  } catch (error) {
    if (error instanceof JOSEError) throw fault('jwe/decryption')
    throw error
  }
}

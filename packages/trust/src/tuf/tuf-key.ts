/**
 * Keys in metadata (TUF §4.2): `ed25519` in hexadecimal, P-256 as PEM (RFC 7468) of SubjectPublicKeyInfo (RFC 5480 §2)
 * under the key types `ecdsa` and `ecdsa-sha2-nistp256`. A key of any other kind is nobody's: it verifies nothing and
 * harms nothing, so that a repository may use kinds that we do not know beside those that we do.
 */
import {
  concatBytes,
  Fault,
  fault,
  fromBase64url,
  fromHex,
  type JsonObject,
  type PublicKey,
  publicKeyFromRaw,
  sha256,
  toBase64url,
  toHex,
} from '@onetrip/codec'
import { canonicalJson, canonicalText } from './canonical-json.ts'
import { objectMember, textMember } from './json-members.ts'
import type { TufKey } from './metadata.ts'

const PEM = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]{1,256})\n-----END PUBLIC KEY-----\n?$/
/** SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING of 65 bytes }: all before the point. */
const P256_SPKI: Uint8Array = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200')

const MAX_USABLE_KEYS = 256
/** By identifier and canonical form: public values that passed their checks. */
const usableKeys = new Map<string, PublicKey>()

interface Kind {
  readonly keytype: string
  readonly scheme: string
  readonly read: (text: string) => PublicKey
}

const KINDS: readonly Kind[] = [
  { keytype: 'ed25519', scheme: 'ed25519', read: readEd25519 },
  { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256', read: readP256 },
  { keytype: 'ecdsa-sha2-nistp256', scheme: 'ecdsa-sha2-nistp256', read: readP256 },
]

/**
 * A key of metadata. Throws `trust/format` when type, scheme or value are missing. A key whose identifier is not its
 * SHA-256 (TUF §4.3: clients must calculate it) is not usable. The hash is over the whole key or over its three
 * defined members: libraries add members of their own after they have named a key.
 */
export function parseTufKey(keyid: string, json: JsonObject): TufKey {
  const keytype = textMember(json, 'keytype')
  const scheme = textMember(json, 'scheme')
  const keyval = objectMember(json, 'keyval')
  const kind = KINDS.find((known) => known.keytype === keytype && known.scheme === scheme)
  let key: PublicKey | undefined
  return {
    keyid,
    publicKey: () => {
      key ??= usableKey({ keyid, json, kind, value: keyval['public'] })
      return key
    },
  }
}

/** The key object of a public key with its identifier. Throws `algorithm/not-allowed` for curves TUF has no name for. */
export function tufKeyOf(key: PublicKey): { readonly keyid: string; readonly json: JsonObject } {
  const json = keyJson(key)
  return { keyid: keyidOf(json), json }
}

/** One object per key, so that the engines import it once however many files list it, update after update. */
function usableKey(listed: {
  readonly keyid: string
  readonly json: JsonObject
  readonly kind: Kind | undefined
  readonly value: unknown
}): PublicKey | undefined {
  const { keyid, json, kind, value } = listed
  if (kind === undefined) return undefined
  const name = `${keyid} ${canonicalText(json)}`
  const known = usableKeys.get(name)
  if (known !== undefined) return known
  const key = isNamedByHash(keyid, json) ? readOrNothing(kind, value) : undefined
  if (key === undefined) return undefined
  if (usableKeys.size >= MAX_USABLE_KEYS) usableKeys.clear()
  usableKeys.set(name, key)
  return key
}

function keyJson(key: PublicKey): JsonObject {
  if (key.algorithm === 'Ed25519') {
    return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: toHex(key.raw) } }
  }
  if (key.algorithm !== 'ES256') throw fault('algorithm/not-allowed')
  return {
    keytype: 'ecdsa',
    scheme: 'ecdsa-sha2-nistp256',
    keyval: { public: pemOf(concatBytes(P256_SPKI, key.raw)) },
  }
}

function isNamedByHash(keyid: string, json: JsonObject): boolean {
  if (keyid === keyidOf(json)) return true
  const { keytype = null, scheme = null, keyval = null } = json
  return keyid === keyidOf({ keytype, scheme, keyval })
}

function keyidOf(json: JsonObject): string {
  return toHex(sha256(canonicalJson(json)))
}

function readOrNothing(kind: Kind, value: unknown): PublicKey | undefined {
  if (typeof value !== 'string') return undefined
  try {
    return kind.read(value)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function readEd25519(text: string): PublicKey {
  return publicKeyFromRaw('Ed25519', fromHex(text))
}

function readP256(text: string): PublicKey {
  const body = PEM.exec(text)?.[1]
  if (body === undefined) throw fault('key/format')
  const base64 = body.replaceAll('\n', '').replace(/={1,2}$/, '')
  const spki = fromBase64url(base64.replaceAll('+', '-').replaceAll('/', '_'))
  const start = P256_SPKI.length
  if (toHex(spki.subarray(0, start)) !== toHex(P256_SPKI)) throw fault('key/format')
  return publicKeyFromRaw('ES256', spki.subarray(start))
}

/** Lines of 64 characters (RFC 7468 §3) with a last line feed, as OpenSSL writes it. */
function pemOf(der: Uint8Array): string {
  const base64 = toBase64url(der).replaceAll('-', '+').replaceAll('_', '/')
  const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')
  const lines = padded.match(/.{1,64}/g) ?? []
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`
}

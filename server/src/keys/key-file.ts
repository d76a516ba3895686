/**
 * One private key in one file of its own, for people who sign away from any server: encrypted under a passphrase
 * (scrypt, RFC 7914, its own salt; AES-256-GCM), the public half readable beside it.
 */
import { randomBytes } from 'node:crypto'
import {
  fault,
  isObject,
  type JsonObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  publicKeyToJwk,
  type Signer,
  samePublicKey,
  signerFromPrivateJwk,
} from '@onetrip/codec'
import { deriveKey } from './derive-key.ts'
import { createFileOnce } from './durable-file.ts'
import { makePrivateJwk } from './key-store.ts'
import { openRecord, sealRecord } from './sealed-box.ts'

/** Largest key file in bytes. */
export const MAX_KEY_FILE_BYTES = 4096
/** Fewest characters of a passphrase. */
export const MIN_PASSPHRASE_CHARS = 12

const KIND = 'onetrip-key'
const SALT_BYTES = 16

/** Makes a key and writes it to `path`; answers its public half, or undefined, and writes nothing, where there is a file. */
export function createKeyFile(options: {
  readonly path: string
  readonly algorithm: 'Ed25519' | 'ES256'
  readonly passphrase: string
}): PublicKey | undefined {
  const { path, algorithm, passphrase } = options
  const jwk = makePrivateJwk(algorithm)
  const { publicKey } = signerFromPrivateJwk(jwk)
  const salt = randomBytes(SALT_BYTES)
  const plain = Buffer.from(JSON.stringify(jwk), 'utf8')
  const publicJwk = publicKeyToJwk(publicKey)
  const sealed = sealRecord(wrappingKey(passphrase, salt), contextOf(publicJwk), plain)
  const file = {
    kind: KIND,
    format: 1,
    public: publicJwk,
    kdf: 'scrypt',
    salt: salt.toString('base64url'),
    sealed: Buffer.from(sealed).toString('base64url'),
  }
  return createFileOnce(path, `${JSON.stringify(file)}\n`) ? publicKey : undefined
}

/** The signer in a key file. Throws `key/format` for another file, `key/passcode` for a wrong passphrase or altered file. */
export function openKeyFile(bytes: Uint8Array, passphrase: string): Signer {
  const file = parseJson(bytes, { maxBytes: MAX_KEY_FILE_BYTES })
  if (!isObject(file) || file['kind'] !== KIND || file['format'] !== 1) throw fault('key/format')
  const { public: publicJwk, salt, sealed } = file
  if (!isObject(publicJwk) || typeof salt !== 'string' || typeof sealed !== 'string') {
    throw fault('key/format')
  }
  const wrapping = wrappingKey(passphrase, Buffer.from(salt, 'base64url'))
  const jwk = parseJson(openOrRefuse(wrapping, publicJwk, sealed))
  if (!isObject(jwk)) throw fault('key/format')
  const signer = signerFromPrivateJwk(jwk)
  if (!samePublicKey(signer.publicKey, publicKeyFromJwk(publicJwk))) throw fault('key/format')
  return signer
}

function openOrRefuse(wrapping: Uint8Array, publicJwk: JsonObject, sealed: string): Uint8Array {
  try {
    return openRecord(wrapping, contextOf(publicJwk), Buffer.from(sealed, 'base64url'))
  } catch {
    throw fault('key/passcode', 'wrong passphrase, or the file was altered')
  }
}

function contextOf(publicJwk: JsonObject): string {
  return `${KIND}/1/${JSON.stringify(publicJwk)}`
}

function wrappingKey(passphrase: string, salt: Uint8Array): Uint8Array {
  return deriveKey(passphrase.normalize('NFC'), salt)
}

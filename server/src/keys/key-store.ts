/**
 * Private keys as files, each encrypted under a key derived from the passphrase (scrypt, RFC 7914).
 * Callers see {@link Signer} only, so that a PKCS#11 module can take this file's place.
 */
import { generateKeyPairSync, hkdfSync, randomBytes, scryptSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Algorithm,
  isObject,
  type JsonObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  type Signer,
  signerFromPrivateJwk,
} from '@onetrip/codec'
import { makeFolder } from '../storage/make-folder.ts'
import { createFileOnce } from './durable-file.ts'
import { openRecord, sealRecord } from './sealed-box.ts'

const FORMAT = 1
const SALT_BYTES = 16
const KEY_BYTES = 32
/** What a guess at a passphrase costs: 32 MiB. */
export const SCRYPT: Readonly<Record<'N' | 'r' | 'p' | 'maxmem', number>> = {
  N: 2 ** 15,
  r: 8,
  p: 1,
  maxmem: 64 * 1024 * 1024,
}
const NAME = /^[a-z0-9-]{1,64}$/

/** Keys by name. */
export interface KeyStore {
  /** The signer named `name`, made with `algorithm` when there is none yet. */
  ensureSigner(name: string, algorithm: 'Ed25519' | 'ES256'): Signer
  /** Whether there is a key of this name. */
  has(name: string): boolean
  /** The signer named `name`; throws when there is none. */
  signer(name: string): Signer
  /** A 32-byte symmetric key for one purpose, derived from a random key of this store. */
  secret(purpose: string): Uint8Array
}

/** Opens the folder of keys, making it at first; throws when the passphrase is wrong. */
export function openKeyStore(folder: string, passphrase: string): KeyStore {
  makeFolder(folder)
  const wrapping = wrappingKey(folder, passphrase)
  const signers = new Map<string, Signer>()
  const load = (name: string): Signer => {
    const known = signers.get(name)
    if (known !== undefined) return known
    const signer = signerFromPrivateJwk(readJwk(folder, name, wrapping))
    signers.set(name, signer)
    return signer
  }
  const ensure = (name: string, make: () => object): void => {
    if (!NAME.test(name)) throw new TypeError('key store: name must be [a-z0-9-]')
    if (signers.has(name) || exists(pathOf(folder, name))) return
    const plain = Buffer.from(JSON.stringify(make()), 'utf8')
    const sealed = Buffer.from(sealRecord(wrapping, context(name), plain))
    const file = { format: FORMAT, name, sealed: sealed.toString('base64url') }
    createFileOnce(pathOf(folder, name), `${JSON.stringify(file)}\n`)
  }
  ensure('storage', () => ({ kty: 'oct', k: randomBytes(KEY_BYTES).toString('base64url') }))
  const storageKey = octets(readJwk(folder, 'storage', wrapping))
  return {
    ensureSigner: (name, algorithm) => {
      ensure(name, () => makePrivateJwk(algorithm))
      return load(name)
    },
    has: (name) => signers.has(name) || exists(pathOf(folder, name)),
    signer: load,
    secret: (purpose) =>
      new Uint8Array(hkdfSync('sha256', storageKey, '', `onetrip/${purpose}`, KEY_BYTES)),
  }
}

/** The public key that belongs to a stored public JWK text. */
export function publicKeyOfJwkText(text: string): PublicKey {
  const jwk = parseJson(text)
  if (!isObject(jwk)) throw new TypeError('key store: stored JWK is not an object')
  return publicKeyFromJwk(jwk)
}

/** A new private key. */
export function makePrivateJwk(algorithm: Algorithm): JsonObject {
  const pair =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return toJson(pair.privateKey.export({ format: 'jwk' }))
}

/** Through text: the type of an exported key has members that need not be there. */
function toJson(jwk: object): JsonObject {
  const json = parseJson(JSON.stringify(jwk))
  if (!isObject(json)) throw new TypeError('key store: an exported key is an object')
  return json
}

function wrappingKey(folder: string, passphrase: string): Uint8Array {
  const path = join(folder, 'keyring.json')
  const fresh = {
    format: FORMAT,
    kdf: 'scrypt',
    salt: randomBytes(SALT_BYTES).toString('base64url'),
  }
  if (!exists(path)) createFileOnce(path, `${JSON.stringify(fresh)}\n`)
  const salt = textMember(readObject(path), 'salt')
  return scryptSync(passphrase, Buffer.from(salt, 'base64url'), KEY_BYTES, SCRYPT)
}

function readJwk(folder: string, name: string, wrapping: Uint8Array): JsonObject {
  const sealed = Buffer.from(textMember(readObject(pathOf(folder, name)), 'sealed'), 'base64url')
  const jwk = parseJson(openRecord(wrapping, context(name), sealed))
  if (!isObject(jwk)) throw new TypeError('key store: key file holds no JWK')
  return jwk
}

function readObject(path: string): JsonObject {
  const value = parseJson(readFileSync(path))
  if (!isObject(value) || value['format'] !== FORMAT) {
    throw new Error('key store: a file has an unknown format')
  }
  return value
}

function textMember(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value !== 'string') throw new Error('key store: a file lacks a member')
  return value
}

function octets(jwk: JsonObject): Uint8Array {
  return Buffer.from(textMember(jwk, 'k'), 'base64url')
}

function exists(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

function context(name: string): string {
  return `onetrip-key/${FORMAT}/${name}`
}

function pathOf(folder: string, name: string): string {
  return join(folder, `${name}.json`)
}

/**
 * Private keys as files, each encrypted under a key derived from the passphrase (scrypt, RFC 7914; HKDF, RFC 5869, of a random one).
 * Of a key in an HSM the file holds the public half and its id there. Callers see {@link Signer} only.
 */
import { generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
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
import type { HsmKeyKind } from '../config-hsm.ts'
import type { Hsm } from '../hsm/hsm.ts'
import { hsmSigner } from '../hsm/hsm-signer.ts'
import { type HsmKeyPlace, hsmPlaceOf, makeHsmKey } from '../hsm/make-hsm-key.ts'
import { makeFolder } from '../storage/make-folder.ts'
import { deriveKey, expandKey, type Passphrase } from './derive-key.ts'
import { createFileOnce } from './durable-file.ts'
import { openRecord, sealRecord } from './sealed-box.ts'

const FORMAT = 1
const SALT_BYTES = 16
const KEY_BYTES = 32
const SUFFIX = '.json'
const KEYRING = 'keyring.json'
/** How a keyring says that its key is derived: of a passphrase that somebody chose, and of a random one. */
const STRETCHED = 'scrypt'
const EXPANDED = 'hkdf-sha256'
const NAME = /^[a-z0-9-]{1,64}$/

/** Keys by name. */
export interface KeyStore {
  /** The signer named `name`, made with `algorithm` when there is none yet. */
  ensureSigner(name: string, algorithm: 'Ed25519' | 'ES256'): Signer
  /**
   * Likewise, in the HSM where keys of this kind are made there; a key that is there already, as a file or under the name as its
   * label, is the one. Rejects with `key/unavailable`.
   */
  makeSigner(
    name: string,
    wanted: { readonly algorithm: 'Ed25519' | 'ES256'; readonly kind: HsmKeyKind },
  ): Promise<Signer>
  /** The keys in an HSM, by name. */
  hsmKeys(): ReadonlyMap<string, HsmKeyPlace>
  /** Whether there is a key of this name. */
  has(name: string): boolean
  /** The signer named `name`; throws when there is none. */
  signer(name: string): Signer
  /** A 32-byte symmetric key for one purpose, derived from a random key of this store. */
  secret(purpose: string): Uint8Array
}

/** An HSM, and the kinds of which new keys are made in it. */
export interface HsmOfKeys {
  readonly hsm: Hsm
  readonly kinds: readonly HsmKeyKind[]
}

/** Opens the folder of keys, making it at first; throws when the passphrase is wrong. */
export function openKeyStore(folder: string, passphrase: Passphrase, device?: HsmOfKeys): KeyStore {
  makeFolder(folder)
  const wrapping = wrappingKey(folder, passphrase)
  const signers = new Map<string, Signer>()
  const load = (name: string): Signer => {
    const known = signers.get(name)
    if (known !== undefined) return known
    const jwk = readJwk(folder, name, wrapping)
    const place = hsmPlaceOf(jwk)
    const signer = place === undefined ? signerFromPrivateJwk(jwk) : hsmSigner(device?.hsm, place)
    signers.set(name, signer)
    return signer
  }
  const has = (name: string): boolean => signers.has(name) || exists(pathOf(folder, name))
  const create = (name: string, jwk: object): boolean => {
    const plain = Buffer.from(JSON.stringify(jwk), 'utf8')
    const sealed = Buffer.from(sealRecord(wrapping, context(name), plain))
    const file = { format: FORMAT, name, sealed: sealed.toString('base64url') }
    return createFileOnce(pathOf(folder, name), `${JSON.stringify(file)}\n`)
  }
  const ensure = (name: string, make: () => object): void => {
    if (!has(name)) create(name, make())
  }
  ensure('storage', () => ({ kty: 'oct', k: randomBytes(KEY_BYTES).toString('base64url') }))
  const storageKey = octets(readJwk(folder, 'storage', wrapping))
  return {
    ensureSigner: (name, algorithm) => {
      ensure(name, () => makePrivateJwk(algorithm))
      return load(name)
    },
    makeSigner: async (name, { algorithm, kind }) => {
      if (!has(name) && device?.kinds.includes(kind)) {
        await makeHsmKey(device.hsm, { name, algorithm, keep: (note) => create(name, note) })
      }
      ensure(name, () => makePrivateJwk(algorithm))
      return load(name)
    },
    hsmKeys: () =>
      new Map(
        keyNames(folder).flatMap((name) => {
          const place = hsmPlaceOf(readJwk(folder, name, wrapping))
          return place === undefined ? [] : [[name, place]]
        }),
      ),
    has,
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

function wrappingKey(folder: string, passphrase: Passphrase): Uint8Array {
  const path = join(folder, KEYRING)
  const isChosen = typeof passphrase === 'string'
  const fresh = {
    format: FORMAT,
    kdf: isChosen ? STRETCHED : EXPANDED,
    salt: randomBytes(SALT_BYTES).toString('base64url'),
  }
  if (!exists(path)) createFileOnce(path, `${JSON.stringify(fresh)}\n`)
  const keyring = readObject(path)
  const salt = Buffer.from(textMember(keyring, 'salt'), 'base64url')
  const kdf = textMember(keyring, 'kdf')
  if (kdf === STRETCHED) return deriveKey(isChosen ? passphrase : passphrase.random, salt)
  // Whatever a file says, what somebody chose is not used without stretching it.
  if (kdf !== EXPANDED || isChosen) throw new Error('key store: a derivation that is not for this')
  return expandKey(passphrase, salt)
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

/** Of the keys that sign. */
function keyNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX) && file !== KEYRING && file !== `storage${SUFFIX}`)
    .map((file) => file.slice(0, -SUFFIX.length))
}

function pathOf(folder: string, name: string): string {
  if (!NAME.test(name)) throw new TypeError('key store: name must be [a-z0-9-]')
  return join(folder, name + SUFFIX)
}

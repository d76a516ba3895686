/**
 * Holder keys, one fresh pair per licence: Ed25519 for the CBOR credential, ES256 for the JWS one
 * (ARCHITECTURE §2). A key is taken only after it was stored, read back in another transaction, used to
 * sign, and its signature verified; what a browser cannot keep falls back step by step.
 */
import { fault, type Random, type Signer, signerFromCryptoKey } from '@onetrip/codec'
import { firstThatWorks, generatePair, proveKey } from '@onetrip/ui'
import {
  type HolderAlgorithm,
  type HolderKey,
  type HolderKeys,
  holderPublicKey,
} from './holder-key.ts'
import type { Stretch } from './passcode-kdf.ts'
import { unwrapPrivateKey, wrapPrivateKey } from './wrapped-key.ts'

/** What key making and key use need of the platform. */
export interface KeyPlatform {
  readonly subtle: SubtleCrypto
  readonly random: Random
  /** Stores a value in one transaction and reads it back in another; rejects if it cannot. */
  readonly roundTrip: (value: HolderKey) => Promise<HolderKey>
  /** Asks the citizen for the wallet's passcode; rejects when they decline. */
  readonly askPasscode: (why: 'create' | 'use') => Promise<string>
  readonly stretch: Stretch
}

type Attempt = (platform: KeyPlatform) => Promise<HolderKey>

const CBOR_ATTEMPTS: readonly Attempt[] = [deviceKey('Ed25519'), deviceKey('ES256')]
const JWS_ATTEMPTS: readonly Attempt[] = [deviceKey('ES256')]

/**
 * Makes a fresh pair of keys. Throws `key/storage` when not even a wrapped key survives storage,
 * `key/passcode` when the citizen gives no passcode.
 */
export async function createHolderKeys(platform: KeyPlatform): Promise<HolderKeys> {
  const cbor = await firstThatWorks(CBOR_ATTEMPTS.map((attempt) => () => attempt(platform)))
  const jws = await firstThatWorks(JWS_ATTEMPTS.map((attempt) => () => attempt(platform)))
  if (cbor !== undefined && jws !== undefined) {
    return { cbor, jws }
  }
  const passcode = await platform.askPasscode('create')
  const known: KeyPlatform = { ...platform, askPasscode: async () => passcode }
  return { cbor: await passcodeKey(known), jws: await passcodeKey(known) }
}

/**
 * Opens a stored key for signing; asks for the passcode where the key needs one (`key/passcode`). `key/elsewhere` when its
 * private half is on another device.
 */
export async function openHolderKey(
  key: HolderKey,
  platform: Pick<KeyPlatform, 'subtle' | 'askPasscode' | 'stretch'>,
): Promise<Signer> {
  const publicKey = holderPublicKey(key)
  if (key.secret.kind === 'device') {
    return signerFromCryptoKey(key.secret.privateKey, publicKey)
  }
  if (key.secret.kind === 'elsewhere') {
    throw fault('key/elsewhere')
  }
  const passcode = await platform.askPasscode('use')
  const { wrapped } = key.secret
  const { stretch, subtle } = platform
  const privateKey = await unwrapPrivateKey({ wrapped, passcode, stretch, subtle })
  return signerFromCryptoKey(privateKey, publicKey)
}

function deviceKey(algorithm: HolderAlgorithm): Attempt {
  return async (platform) => {
    const { subtle } = platform
    const { privateKey, publicRaw } = await generatePair({ algorithm, extractable: false, subtle })
    return provedKey({ algorithm, publicRaw, secret: { kind: 'device', privateKey } }, platform)
  }
}

async function passcodeKey(platform: KeyPlatform): Promise<HolderKey> {
  const { stretch, subtle, random } = platform
  const pair = await generatePair({ algorithm: 'ES256', extractable: true, subtle })
  const { privateKey, publicRaw } = pair
  const passcode = await platform.askPasscode('create')
  const wrapped = await wrapPrivateKey({ privateKey, passcode, stretch, subtle, random })
  return provedKey(
    { algorithm: 'ES256', publicRaw, secret: { kind: 'passcode', wrapped } },
    platform,
  )
}

function provedKey(key: HolderKey, platform: KeyPlatform): Promise<HolderKey> {
  const { roundTrip, random } = platform
  return proveKey({ key, roundTrip, random, open: (kept) => openHolderKey(kept, platform) })
}

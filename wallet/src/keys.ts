/**
 * Holder keys, one fresh pair per licence: Ed25519 for the CBOR credential, ES256 for the JWS one
 * (ARCHITECTURE §2). A key is taken only after it was stored, read back in another transaction, used to
 * sign, and its signature verified; what a browser cannot keep falls back step by step.
 */
import {
  fault,
  type Random,
  type Signer,
  signerFromCryptoKey,
  verifySignature,
} from '@onetrip/codec'
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
  const cbor = await firstThatWorks(CBOR_ATTEMPTS, platform)
  const jws = await firstThatWorks(JWS_ATTEMPTS, platform)
  if (cbor !== undefined && jws !== undefined) {
    return { cbor, jws }
  }
  const passcode = await platform.askPasscode('create')
  const known: KeyPlatform = { ...platform, askPasscode: async () => passcode }
  return { cbor: await passcodeKey(known), jws: await passcodeKey(known) }
}

/** Opens a stored key for signing; asks for the passcode where the key needs one (`key/passcode`). */
export async function openHolderKey(
  key: HolderKey,
  platform: Pick<KeyPlatform, 'subtle' | 'askPasscode' | 'stretch'>,
): Promise<Signer> {
  const publicKey = holderPublicKey(key)
  if (key.secret.kind === 'device') {
    return signerFromCryptoKey(key.secret.privateKey, publicKey)
  }
  const passcode = await platform.askPasscode('use')
  const { wrapped } = key.secret
  const { stretch, subtle } = platform
  const privateKey = await unwrapPrivateKey({ wrapped, passcode, stretch, subtle })
  return signerFromCryptoKey(privateKey, publicKey)
}

async function firstThatWorks(
  attempts: readonly Attempt[],
  platform: KeyPlatform,
): Promise<HolderKey | undefined> {
  for (const attempt of attempts) {
    try {
      return await attempt(platform)
    } catch {
      // A refusal of any kind (no such algorithm, DataCloneError, a key read back as null) means:
      // the next kind.
    }
  }
  return undefined
}

function deviceKey(algorithm: HolderAlgorithm): Attempt {
  return async (platform) => {
    const pair = await generatePair(algorithm, false, platform.subtle)
    const key: HolderKey = {
      algorithm,
      publicRaw: await rawPublicKey(pair, platform.subtle),
      secret: { kind: 'device', privateKey: pair.privateKey },
    }
    return provedKey(key, platform)
  }
}

async function passcodeKey(platform: KeyPlatform): Promise<HolderKey> {
  const pair = await generatePair('ES256', true, platform.subtle)
  const wrapped = await wrapPrivateKey({
    privateKey: pair.privateKey,
    passcode: await platform.askPasscode('create'),
    stretch: platform.stretch,
    subtle: platform.subtle,
    random: platform.random,
  })
  const publicRaw = await rawPublicKey(pair, platform.subtle)
  const key: HolderKey = { algorithm: 'ES256', publicRaw, secret: { kind: 'passcode', wrapped } }
  return provedKey(key, platform)
}

/** The round trip: only the copy that came back from storage is ever used. */
async function provedKey(key: HolderKey, platform: KeyPlatform): Promise<HolderKey> {
  try {
    const kept = await platform.roundTrip(key)
    const data = platform.random(32)
    const signer = await openHolderKey(kept, platform)
    const signature = await signer.sign(data)
    if (await verifySignature({ key: signer.publicKey, signature, data })) {
      return kept
    }
  } catch {
    throw fault('key/storage')
  }
  throw fault('key/storage')
}

async function generatePair(
  algorithm: HolderAlgorithm,
  extractable: boolean,
  subtle: SubtleCrypto,
): Promise<CryptoKeyPair> {
  const parameters =
    algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await subtle.generateKey(parameters, extractable, ['sign', 'verify'])
  if (!('privateKey' in pair)) {
    throw fault('key/storage')
  }
  return pair
}

async function rawPublicKey(pair: CryptoKeyPair, subtle: SubtleCrypto): Promise<Uint8Array> {
  return new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
}

/**
 * The lock itself: a random data key encrypts what the wallet holds; the passcode, and where wanted a
 * passkey, wrap that data key. Changing the passcode therefore encrypts nothing anew.
 */
import { fault, type Random, toHex } from '@onetrip/codec'
import { DEFAULT_LOCK_AFTER, LOCK_FORMAT, type LockRecord, type PrfUnlock } from './lock-record.ts'
import { KDF_COST, type Stretch } from './passcode-kdf.ts'
import {
  keyFromPasscode,
  passcodeProblem,
  SALT_BYTES,
  type WrappedBytes,
  wrappingKey,
} from './passcode-key.ts'

const IV_BYTES = 12
const ID_BYTES = 16
const GCM = 'AES-GCM'
const USES: readonly KeyUsage[] = ['encrypt', 'decrypt']

/** What locking needs of the platform. */
export interface LockPlatform {
  readonly subtle: SubtleCrypto
  readonly random: Random
  readonly stretch: Stretch
}

/** A lock and the open data key under it; the key cannot be exported. */
export interface OpenLock {
  readonly record: LockRecord
  readonly dataKey: CryptoKey
}

/** Makes a lock with a fresh data key; `key/passcode` when the passcode is too short or too simple. */
export async function createLock(
  options: { readonly passcode: string; readonly deviceKey?: CryptoKey | undefined },
  platform: LockPlatform,
): Promise<OpenLock> {
  const { passcode, deviceKey } = options
  const { subtle } = platform
  const fresh = await subtle.generateKey({ name: GCM, length: 256 }, true, USES)
  const wrapped = await wrapWithPasscode({ dataKey: fresh, passcode, deviceKey }, platform)
  const record: LockRecord = {
    format: LOCK_FORMAT,
    id: toHex(platform.random(ID_BYTES)),
    ...wrapped,
    lockAfterSeconds: DEFAULT_LOCK_AFTER,
    ...(deviceKey === undefined ? {} : { deviceKey }),
  }
  return openLock(record, passcode, platform)
}

/** Opens the data key with the passcode; `key/passcode` when it is wrong. */
export async function openLock(
  record: LockRecord,
  passcode: string,
  platform: LockPlatform,
): Promise<OpenLock> {
  const dataKey = await unwrapWithPasscode({ record, passcode, extractable: false }, platform)
  return { record, dataKey }
}

/** The record under another passcode; the data key stays. `key/passcode` for a wrong or weak one. */
export async function changePasscode(
  options: { readonly record: LockRecord; readonly passcode: string; readonly next: string },
  platform: LockPlatform,
): Promise<LockRecord> {
  const { record, passcode, next } = options
  const dataKey = await unwrapWithPasscode({ record, passcode, extractable: true }, platform)
  const { deviceKey } = record
  return {
    ...record,
    ...(await wrapWithPasscode({ dataKey, passcode: next, deviceKey }, platform)),
  }
}

/** The record with a passkey added; `secret` is the PRF's 32 bytes. `key/passcode` for a wrong one. */
export async function addPrf(
  options: {
    readonly record: LockRecord
    readonly passcode: string
    readonly credentialId: Uint8Array
    readonly input: Uint8Array
    readonly secret: Uint8Array
  },
  platform: LockPlatform,
): Promise<LockRecord> {
  const { record, passcode, credentialId, input, secret } = options
  const { subtle, random } = platform
  const dataKey = await unwrapWithPasscode({ record, passcode, extractable: true }, platform)
  const wrapping = await prfKey(record, secret, subtle)
  const prf: PrfUnlock = {
    credentialId,
    input,
    dataKey: await wrap(dataKey, wrapping, { subtle, random }),
  }
  return { ...record, prf }
}

/** Opens the data key with what the passkey's PRF gave; `key/passcode` when it does not fit. */
export async function openLockByPrf(
  record: LockRecord,
  secret: Uint8Array,
  subtle: SubtleCrypto,
): Promise<OpenLock> {
  if (record.prf === undefined) {
    throw fault('key/passcode')
  }
  const wrapping = await prfKey(record, secret, subtle)
  const dataKey = await unwrap({
    wrapped: record.prf.dataKey,
    wrapping,
    extractable: false,
    subtle,
  })
  return { record, dataKey }
}

function prfKey(record: LockRecord, secret: Uint8Array, subtle: SubtleCrypto): Promise<CryptoKey> {
  return wrappingKey({ secret, purpose: 'prf', deviceKey: record.deviceKey, subtle })
}

async function wrapWithPasscode(
  options: {
    readonly dataKey: CryptoKey
    readonly passcode: string
    readonly deviceKey: CryptoKey | undefined
  },
  platform: LockPlatform,
): Promise<Pick<LockRecord, 'salt' | 'cost' | 'dataKey' | 'digits'>> {
  const { dataKey, passcode, deviceKey } = options
  if (passcodeProblem(passcode) !== undefined) {
    throw fault('key/passcode')
  }
  const salt = platform.random(SALT_BYTES)
  const wrapping = await keyFromPasscode({
    passcode,
    salt,
    cost: KDF_COST,
    deviceKey,
    stretch: platform.stretch,
    subtle: platform.subtle,
  })
  return {
    salt,
    cost: KDF_COST,
    dataKey: await wrap(dataKey, wrapping, platform),
    digits: /^\d+$/.test(passcode.normalize('NFKC')),
  }
}

async function unwrapWithPasscode(
  options: {
    readonly record: LockRecord
    readonly passcode: string
    readonly extractable: boolean
  },
  platform: LockPlatform,
): Promise<CryptoKey> {
  const { record, passcode, extractable } = options
  const { salt, cost, deviceKey, dataKey } = record
  const { stretch, subtle } = platform
  const wrapping = await keyFromPasscode({ passcode, salt, cost, deviceKey, stretch, subtle })
  return unwrap({ wrapped: dataKey, wrapping, extractable, subtle })
}

async function wrap(
  dataKey: CryptoKey,
  wrapping: CryptoKey,
  { subtle, random }: Pick<LockPlatform, 'subtle' | 'random'>,
): Promise<WrappedBytes> {
  const iv = random(IV_BYTES)
  const parameters = { name: GCM, iv: new Uint8Array(iv) }
  const ciphertext = await subtle.wrapKey('raw', dataKey, wrapping, parameters)
  return { iv, ciphertext: new Uint8Array(ciphertext) }
}

async function unwrap(options: {
  readonly wrapped: WrappedBytes
  readonly wrapping: CryptoKey
  readonly extractable: boolean
  readonly subtle: SubtleCrypto
}): Promise<CryptoKey> {
  const { wrapped, wrapping, extractable, subtle } = options
  try {
    return await subtle.unwrapKey(
      'raw',
      new Uint8Array(wrapped.ciphertext),
      wrapping,
      { name: GCM, iv: new Uint8Array(wrapped.iv) },
      GCM,
      extractable,
      USES,
    )
  } catch {
    throw fault('key/passcode')
  }
}

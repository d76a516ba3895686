/**
 * What the data key does to each record: AES-256-GCM (NIST SP 800-38D) with a random iv of 12 bytes and
 * the record's place as additional data, so that records cannot be exchanged. Holder keys stay beside
 * the sealed licence as they are: non-extractable keys cannot be encrypted and need not be.
 */
import {
  fault,
  fromBase64url,
  type Random,
  toBase64url,
  utf8Decode,
  utf8Encode,
} from '@onetrip/codec'
import type { HeldCopy, HeldLicence } from './held-licence.ts'
import type { HistoryEntry } from './history-entry.ts'
import type { HolderKeys } from './holder-key.ts'
import { parseEntry, parseLicence } from './stored-shape.ts'

const IV_BYTES = 12

/** A sealed text. */
export interface SealedText {
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}

/** A licence under the data key; its place is random, for an id could be guessed from its number. */
export interface SealedLicence extends SealedText {
  readonly format: 2
  readonly place: string
  readonly keys: HolderKeys
  /** Of its further copies, in order. */
  readonly spareKeys?: readonly HolderKeys[]
  /** Of the copies that delegations were made from, in order. */
  readonly lentKeys?: readonly HolderKeys[]
}

/** An entry of the history under the data key. */
export interface SealedEntry extends SealedText {
  readonly format: 2
  readonly place: string
}

/** A licence as it is stored: open in a wallet without a lock, sealed in one with a lock. */
export type StoredLicence = HeldLicence | SealedLicence
/** An entry as it is stored. */
export type StoredEntry = HistoryEntry | SealedEntry

/** The open data key and what sealing needs of the platform. */
export interface Vault {
  /** `id` of the lock whose key it is. */
  readonly lockId: string
  readonly dataKey: CryptoKey
  readonly subtle: SubtleCrypto
  readonly random: Random
}

/** What is sealed of a licence, as text. */
type LicenceText = TextOf<Omit<HeldLicence, 'keys' | 'spares' | 'lentKeys'>> & {
  readonly spares?: readonly TextOf<Omit<HeldCopy, 'keys'>>[]
}
type TextOf<Copy> = Omit<Copy, 'sdCwt'> & { readonly sdCwt: string }

/** Where a stored record lies in its box. */
export function placeOf(stored: StoredLicence | StoredEntry): string {
  return stored.format === 2 ? stored.place : stored.id
}

/** Seals a licence for its place. */
export async function sealLicence(
  vault: Vault,
  licence: HeldLicence,
  place: string,
): Promise<SealedLicence> {
  const { keys, spares, lentKeys, ...rest } = licence
  const spare = spares?.map(({ keys: _, ...copy }) => asText(copy))
  const text = JSON.stringify({ ...asText(rest), spares: spare })
  const spareKeys = spares?.map((copy) => copy.keys)
  return {
    format: 2,
    place,
    keys,
    ...(spareKeys === undefined ? {} : { spareKeys }),
    ...(lentKeys === undefined ? {} : { lentKeys }),
    ...(await seal(vault, text, `licence ${place}`)),
  }
}

/** Opens a stored licence; `storage/corrupt` when it is not what was sealed, or no key is open. */
export async function openLicence(
  vault: Vault | undefined,
  stored: StoredLicence,
): Promise<HeldLicence> {
  if (stored?.format !== 2) {
    return parseLicence(stored)
  }
  const text = await open(vault, stored, `licence ${stored.place}`)
  // Only this wallet can have sealed it: the key has never left this device.
  const { sdCwt, spares, ...rest } = JSON.parse(text) as LicenceText
  const copies = spares?.map((copy, at) => ({
    ...copy,
    sdCwt: fromBase64url(copy.sdCwt),
    keys: stored.spareKeys?.[at],
  }))
  return parseLicence({
    ...rest,
    sdCwt: fromBase64url(sdCwt),
    keys: stored.keys,
    ...(copies === undefined ? {} : { spares: copies }),
    ...(stored.lentKeys === undefined ? {} : { lentKeys: stored.lentKeys }),
  })
}

/** Seals an entry of the history; its id is random and stays its place. */
export async function sealEntry(vault: Vault, entry: HistoryEntry): Promise<SealedEntry> {
  const sealed = await seal(vault, JSON.stringify(entry), `history ${entry.id}`)
  return { format: 2, place: entry.id, ...sealed }
}

/** Opens a stored entry; `storage/corrupt` when it is not what was sealed, or no key is open. */
export async function openEntry(
  vault: Vault | undefined,
  stored: StoredEntry,
): Promise<HistoryEntry> {
  if (stored?.format !== 2) {
    return parseEntry(stored)
  }
  return parseEntry(JSON.parse(await open(vault, stored, `history ${stored.place}`)))
}

function asText<Copy extends Pick<HeldCopy, 'sdCwt'>>(copy: Copy): TextOf<Copy> {
  return { ...copy, sdCwt: toBase64url(copy.sdCwt) }
}

async function seal(vault: Vault, text: string, context: string): Promise<SealedText> {
  const iv = vault.random(IV_BYTES)
  const ciphertext = await vault.subtle.encrypt(
    gcm(iv, context),
    vault.dataKey,
    new Uint8Array(utf8Encode(text)),
  )
  return { iv, ciphertext: new Uint8Array(ciphertext) }
}

async function open(
  vault: Vault | undefined,
  { iv, ciphertext }: SealedText,
  context: string,
): Promise<string> {
  if (vault === undefined) {
    throw fault('storage/corrupt')
  }
  try {
    const parameters = gcm(iv, context)
    const bytes = await vault.subtle.decrypt(parameters, vault.dataKey, new Uint8Array(ciphertext))
    return utf8Decode(new Uint8Array(bytes))
  } catch {
    throw fault('storage/corrupt')
  }
}

function gcm(iv: Uint8Array, context: string): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv: new Uint8Array(iv),
    additionalData: new Uint8Array(utf8Encode(context)),
  }
}

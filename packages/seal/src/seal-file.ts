/**
 * The `.seal` file (`application/onetrip-seal+cbor`): one CBOR map of the seals used, their images, and the impressions
 * in the order in which they were made. What names something else in it is checked here; signatures are not.
 */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  decodeCbor,
  encodeCbor,
  equalBytes,
  fault,
  isArray,
  isBytes,
  sha256,
  toHex,
} from '@onetrip/codec'
import { type Impression, parseImpression } from './impression.ts'
import { MAX_IMPRESSIONS, type UsedSeal } from './impression-facts.ts'
import { type ImpressionJws, parseImpressionJws } from './impression-jws.ts'
import { IMPRESSION_ENTRY, SEAL_ENTRY, SEAL_FILE } from './labels.ts'
import { parseSealJws, type SealJws } from './seal-jws.ts'
import { parseSeal, type SealStatement } from './seal-statement.ts'
import { cborMapOf, textOf } from './signed-forms.ts'

/** Media type of a `.seal` file. */
export const SEAL_MEDIA_TYPE = 'application/onetrip-seal+cbor'

/** Largest `.seal` file in bytes. */
export const MAX_SEAL_FILE_BYTES: number = 4 * 2 ** 20

/** Largest image of a seal in bytes. */
export const MAX_IMAGE_BYTES: number = 2 ** 20

/** Most seals of a `.seal` file. */
export const MAX_SEALS = 8

/** Largest time-stamp token in bytes. */
export const MAX_TIMESTAMP_BYTES = 32_768

/** Largest status list in bytes that an impression brings. */
export const MAX_STAPLED_BYTES = 65_536

const VERSION = 1
const MAX_DEPTH = 4
const MAX_ITEMS = 256

/** A seal as it stands in a file. */
export interface SealBytes {
  readonly cose: Uint8Array
  readonly jws: string
  readonly image: Uint8Array
}

/** An impression as it stands in a file. */
export interface ImpressionBytes {
  readonly cose: Uint8Array
  readonly jws: string
  /** RFC 3161 token over the COSE form; not interpreted here. */
  readonly timestamp?: Uint8Array
  /** The status list of the seal's maker as of sealing, a CWT that its own signature covers; not interpreted here. */
  readonly statusList?: Uint8Array
}

/** What a `.seal` file is made from. */
export interface SealFileBytes {
  readonly seals: readonly SealBytes[]
  /** In the order in which they were made. */
  readonly impressions: readonly ImpressionBytes[]
}

/** A seal in a parsed file. */
export interface FiledSeal {
  readonly bytes: SealBytes
  /** SHA-256 of the COSE form, by which impressions name it. */
  readonly digest: Uint8Array
  readonly cose: SealStatement
  readonly jws: SealJws
}

/** An impression in a parsed file. */
export interface FiledImpression {
  readonly bytes: ImpressionBytes
  /** SHA-256 of the COSE form, by which later impressions cover it. */
  readonly digest: Uint8Array
  readonly cose: Impression
  readonly jws: ImpressionJws
  readonly seal: FiledSeal
}

/** A parsed `.seal` file; nothing in it is verified. */
export interface SealFile {
  readonly seals: readonly FiledSeal[]
  readonly impressions: readonly FiledImpression[]
}

/** Writes a `.seal` file. Throws what {@link parseSealFile} throws of it, so that none is made that nobody reads. */
export function encodeSealFile(
  { seals, impressions }: SealFileBytes,
  earlier: readonly Uint8Array[] = [],
): Uint8Array {
  const bytes = encodeCbor(
    new Map<CborKey, CborValue>([
      [SEAL_FILE.version, VERSION],
      [SEAL_FILE.seals, seals.map(sealEntry)],
      [SEAL_FILE.impressions, impressions.map(impressionEntry)],
    ]),
  )
  parseSealFile(bytes, earlier)
  return bytes
}

/**
 * Parses a `.seal` file. `earlier` are the digests of impressions that stand outside and that those inside may cover: in a
 * PDF, those of earlier updates. Throws `seal/too-large`, `seal/format` (also a seal that no impression uses, or
 * anything twice), `seal/image-mismatch`, `seal/missing` (an impression whose seal is not there), `seal/covers` (one
 * that covers what was not made before it), and what parsing seals and impressions throws.
 */
export function parseSealFile(bytes: Uint8Array, earlier: readonly Uint8Array[] = []): SealFile {
  if (bytes.length > MAX_SEAL_FILE_BYTES) throw fault('seal/too-large')
  const limits = { maxBytes: MAX_SEAL_FILE_BYTES, maxDepth: MAX_DEPTH, maxItems: MAX_ITEMS }
  const map = cborMapOf(decodeCbor(bytes, limits), Object.values(SEAL_FILE))
  if (map.get(SEAL_FILE.version) !== VERSION) throw fault('seal/format')
  const seals = entriesIn(map.get(SEAL_FILE.seals), MAX_SEALS).map(parseSealEntry)
  const impressions = entriesIn(map.get(SEAL_FILE.impressions), MAX_IMPRESSIONS).map((entry) =>
    parseImpressionEntry(entry, seals),
  )
  assertDistinct([...seals, ...impressions])
  assertAllUsed(seals, impressions)
  assertCoversEarlier(impressions, earlier)
  return { seals, impressions }
}

function sealEntry({ cose, jws, image }: SealBytes): CborMap {
  return new Map<CborKey, CborValue>([
    [SEAL_ENTRY.cose, cose],
    [SEAL_ENTRY.jws, jws],
    [SEAL_ENTRY.image, image],
  ])
}

function impressionEntry({ cose, jws, timestamp, statusList }: ImpressionBytes): CborMap {
  const entry = new Map<CborKey, CborValue>([
    [IMPRESSION_ENTRY.cose, cose],
    [IMPRESSION_ENTRY.jws, jws],
  ])
  if (timestamp !== undefined) entry.set(IMPRESSION_ENTRY.timestamp, timestamp)
  if (statusList !== undefined) entry.set(IMPRESSION_ENTRY.statusList, statusList)
  return entry
}

function entriesIn(value: CborValue | undefined, most: number): readonly CborValue[] {
  if (!isArray(value) || value.length === 0) throw fault('seal/format')
  if (value.length > most) throw fault('seal/too-large')
  return value
}

function parseSealEntry(value: CborValue): FiledSeal {
  const entry = cborMapOf(value, Object.values(SEAL_ENTRY))
  const image = bytesOf(entry.get(SEAL_ENTRY.image), MAX_IMAGE_BYTES)
  const coseBytes = bytesOf(entry.get(SEAL_ENTRY.cose), MAX_SEAL_FILE_BYTES)
  const text = textOf(entry.get(SEAL_ENTRY.jws))
  const cose = parseSeal(coseBytes)
  const jws = parseSealJws(text)
  if (!equalBytes(sha256(image), cose.facts.image.sha256)) throw fault('seal/image-mismatch')
  const bytes = { cose: coseBytes, jws: text, image }
  return { bytes, digest: sha256(coseBytes), cose, jws }
}

function parseImpressionEntry(value: CborValue, seals: readonly FiledSeal[]): FiledImpression {
  const labels: CborKey[] = [IMPRESSION_ENTRY.cose, IMPRESSION_ENTRY.jws]
  for (const label of [IMPRESSION_ENTRY.timestamp, IMPRESSION_ENTRY.statusList]) {
    if (value instanceof Map && value.has(label)) labels.push(label)
  }
  const entry = cborMapOf(value, labels)
  const coseBytes = bytesOf(entry.get(IMPRESSION_ENTRY.cose), MAX_SEAL_FILE_BYTES)
  const text = textOf(entry.get(IMPRESSION_ENTRY.jws))
  const stamp = entry.get(IMPRESSION_ENTRY.timestamp)
  const timestamp = stamp === undefined ? {} : { timestamp: bytesOf(stamp, MAX_TIMESTAMP_BYTES) }
  const list = entry.get(IMPRESSION_ENTRY.statusList)
  const stapled = list === undefined ? {} : { statusList: bytesOf(list, MAX_STAPLED_BYTES) }
  const cose = parseImpression(coseBytes)
  const jws = parseImpressionJws(text)
  const seal = seals.find((filed) => isUsedBy(filed, cose.facts.seal))
  if (seal === undefined) throw fault('seal/missing')
  const bytes = { cose: coseBytes, jws: text, ...timestamp, ...stapled }
  return { bytes, digest: sha256(coseBytes), cose, jws, seal }
}

function isUsedBy({ digest, cose }: FiledSeal, used: UsedSeal): boolean {
  const { maker, id } = cose.facts
  return equalBytes(digest, used.sha256) && maker === used.maker && id === used.id
}

function assertDistinct(entries: readonly { readonly digest: Uint8Array }[]): void {
  const digests = new Set(entries.map(({ digest }) => toHex(digest)))
  if (digests.size !== entries.length) throw fault('seal/format')
}

function assertAllUsed(seals: readonly FiledSeal[], impressions: readonly FiledImpression[]): void {
  const used = new Set(impressions.map(({ seal }) => seal))
  if (!seals.every((seal) => used.has(seal))) throw fault('seal/format')
}

function assertCoversEarlier(
  impressions: readonly FiledImpression[],
  earlier: readonly Uint8Array[],
): void {
  const made = new Set(earlier.map(toHex))
  for (const { cose, digest } of impressions) {
    if (!cose.facts.covers.every((covered) => made.has(toHex(covered)))) throw fault('seal/covers')
    made.add(toHex(digest))
  }
}

function bytesOf(value: CborValue | undefined, most: number): Uint8Array {
  if (!isBytes(value) || value.length === 0) throw fault('seal/format')
  if (value.length > most) throw fault('seal/too-large')
  return value
}

/**
 * The offline pack, `*.otpack`: a repository's files in one. Layout: the six bytes `OTPACK` and one of the format, four
 * bytes (big-endian) with the length of the index, the index (deterministic CBOR), then the members one after the other, each
 * deflated (RFC 1950) or, where that does not help, as it is. The index asserts nothing: what a member says is verified by
 * the client as if it had come over a network.
 */
import {
  type CborValue,
  concatBytes,
  decodeCbor,
  encodeCbor,
  fault,
  isArray,
  isMap,
  utf8Encode,
} from '@onetrip/codec'

/** Largest pack accepted, in bytes. */
export const MAX_PACK_BYTES = 67_108_864

const MAGIC = Uint8Array.of(...utf8Encode('OTPACK'), 1)
const LENGTH_BYTES = 4
const HEAD_BYTES: number = MAGIC.length + LENGTH_BYTES
const MAX_INDEX_BYTES = 4_194_304
const MAX_MEMBERS = 65_536
const MAX_PATH = 600
const INDEX = { base: 1, members: 2 } as const
/** Segments without a leading dot, so that no path leaves the pack. */
const SEGMENT = /^[^.\\\p{Cc}][^\\\p{Cc}]*$/u

/** A member as the index lists it. */
export interface PackMember {
  /** `metadata/…`, `targets/…`, or either below `recognised/ID/`; `counters/…`; `receipts.cbor`. */
  readonly path: string
  /** Length once inflated. */
  readonly rawBytes: number
  /** Length in the pack; equal to `rawBytes` when it is stored as it is. */
  readonly storedBytes: number
  /** Where it begins in the pack. */
  readonly start: number
}

/** The index of a pack. */
export interface PackIndex {
  /** Snapshot version of the repository that the pack builds on; absent in a whole pack. */
  readonly base?: number
  readonly members: ReadonlyMap<string, PackMember>
}

/** A pack wherever it is: a file, a Blob, bytes. */
export interface PackSource {
  readonly size: number
  /** The bytes from `start` up to `end`. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>
}

/** A pack in memory. */
export function packInMemory(bytes: Uint8Array): PackSource {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) }
}

/** Builds a pack from files by path. `deflate` writes RFC 1950. */
export function buildPack(options: {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Snapshot version of what the receiver has. */
  readonly base?: number | undefined
  readonly deflate: (bytes: Uint8Array) => Uint8Array
}): Uint8Array {
  const { files, base, deflate } = options
  const entries: CborValue[] = []
  const bodies: Uint8Array[] = []
  for (const [path, bytes] of files) {
    const deflated = deflate(bytes)
    const body = deflated.length < bytes.length ? deflated : bytes
    entries.push([path, bytes.length, body.length])
    bodies.push(body)
  }
  return concatBytes(encodeIndex(entries, base), ...bodies)
}

/** What stands before the members. */
function encodeIndex(entries: readonly CborValue[], base: number | undefined): Uint8Array {
  const index = encodeCbor(
    new Map<number, CborValue>([
      ...(base === undefined ? [] : [[INDEX.base, base] as const]),
      [INDEX.members, entries],
    ]),
  )
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setUint32(0, index.length)
  return concatBytes(MAGIC, length, index)
}

/** Where a pack carries the certificate of an enrolled counter, by the RFC 7638 thumbprint of its key. */
export function counterMember(thumbprint: string): string {
  return `counters/${thumbprint}.cose`
}

/** A pack with one more member, stored as it is unless `deflate` makes it smaller. Throws as {@link readPackIndex}. */
export function withMember(
  pack: Uint8Array,
  path: string,
  bytes: Uint8Array,
  deflate: (bytes: Uint8Array) => Uint8Array = (plain) => plain,
): Uint8Array {
  const { base, members } = parsePackIndex(pack, pack.length)
  const listed = [...members.values()].map((of) => [of.path, of.rawBytes, of.storedBytes])
  const deflated = deflate(bytes)
  const body = deflated.length < bytes.length ? deflated : bytes
  const index = encodeIndex([...listed, [path, bytes.length, body.length]], base)
  return concatBytes(index, pack.subarray(bodiesStart(pack, pack.length)), body)
}

/** Whether a file begins as a pack does. */
export function isPack(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte)
}

/** Reads the index of a pack. Throws pack/format, pack/too-large, pack/truncated and the codes of CBOR. */
export async function readPackIndex({ size, read }: PackSource): Promise<PackIndex> {
  const start = bodiesStart(await read(0, Math.min(HEAD_BYTES, size)), size)
  return parsePackIndex(await read(0, start), size)
}

/** Reads the index of a pack of `size` bytes that begins with `bytes`. Throws as {@link readPackIndex}. */
export function parsePackIndex(bytes: Uint8Array, size: number): PackIndex {
  const start = bodiesStart(bytes, size)
  if (bytes.length < start) throw fault('pack/truncated')
  const limits = { maxBytes: MAX_INDEX_BYTES, maxItems: 4 * MAX_MEMBERS + 8, maxDepth: 4 }
  return parseIndex(decodeCbor(bytes.subarray(HEAD_BYTES, start), limits), start, size)
}

/** Where the members of a pack begin. */
function bodiesStart(head: Uint8Array, size: number): number {
  if (size > MAX_PACK_BYTES) throw fault('pack/too-large')
  if (!isPack(head)) throw fault('pack/format')
  if (head.length < HEAD_BYTES) throw fault('pack/truncated')
  const indexBytes = new DataView(head.buffer, head.byteOffset).getUint32(MAGIC.length)
  if (indexBytes > MAX_INDEX_BYTES) throw fault('pack/too-large')
  if (HEAD_BYTES + indexBytes > size) throw fault('pack/truncated')
  return HEAD_BYTES + indexBytes
}

function parseIndex(index: CborValue, firstStart: number, size: number): PackIndex {
  if (!isMap(index)) throw fault('pack/format')
  const base = index.get(INDEX.base)
  const entries = index.get(INDEX.members)
  const known = base === undefined ? 1 : 2
  if (index.size !== known || !isArray(entries) || entries.length > MAX_MEMBERS) {
    throw fault('pack/format')
  }
  const members = new Map<string, PackMember>()
  let start = firstStart
  for (const entry of entries) {
    const member = parseMember(entry, start)
    if (members.has(member.path)) throw fault('pack/format')
    members.set(member.path, member)
    start += member.storedBytes
  }
  if (start > size) throw fault('pack/truncated')
  if (start < size) throw fault('pack/format')
  return { ...(base === undefined ? {} : { base: lengthOf(base) }), members }
}

function parseMember(entry: CborValue, start: number): PackMember {
  if (!isArray(entry) || entry.length !== 3) throw fault('pack/format')
  const [path, raw, stored] = entry
  if (typeof path !== 'string' || path.length > MAX_PATH) throw fault('pack/format')
  if (!path.split('/').every((segment) => SEGMENT.test(segment))) throw fault('pack/format')
  const rawBytes = lengthOf(raw)
  const storedBytes = lengthOf(stored)
  if (storedBytes > rawBytes) throw fault('pack/format')
  return { path, rawBytes, storedBytes, start }
}

function lengthOf(value: CborValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw fault('pack/format')
  }
  return value
}

/**
 * Parts of a ZIP file (APPNOTE 6.3.10 §4.3) as spreadsheets are made of: stored or deflated, never encrypted, never larger than they say.
 * Each length is checked before it is used, and nothing is inflated beyond what a part may have.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import { fault } from '@onetrip/codec'

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const MAX_COMMENT_BYTES = 0xffff
const MAX_ENTRIES = 500
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8
/** A part when it is inflated. */
const MAX_PART_BYTES = 67_108_864

interface ZipEntry {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where its local header begins. */
  readonly offset: number
}

/** A ZIP file's parts by their names. */
export interface ZipParts {
  /** Inflates a part; undefined where there is none. Throws `batch/format`, `batch/limit`. */
  readonly read: (name: string) => Uint8Array | undefined
}

/** Whether a file begins as ZIP files with parts do. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= END_BYTES && viewOf(bytes).getUint32(0, true) === LOCAL_SIGNATURE
}

/** Reads a ZIP file's directory. Throws `batch/format` for a broken one or with a name twice, `batch/limit` for too many parts. */
export function openZip(bytes: Uint8Array): ZipParts {
  const entries = readDirectory(bytes)
  return {
    read: (name) => {
      const entry = entries.get(name)
      return entry === undefined ? undefined : inflate(bytes, entry)
    },
  }
}

function readDirectory(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = viewOf(bytes)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  if (count > MAX_ENTRIES) throw fault('batch/limit', 'too many parts')
  const entries = new Map<string, ZipEntry>()
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw broken()
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    )
    const next = at + ENTRY_BYTES + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0)
    if (next > end) throw broken()
    const start = at + ENTRY_BYTES
    const name = Buffer.from(bytes.subarray(start, start + (nameBytes ?? 0))).toString('utf8')
    if (entries.has(name)) throw broken()
    entries.set(name, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  return entries
}

/** Where the end record begins, before a comment that reaches to the end of the file. */
function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at -= 1) {
    const isEnd =
      view.getUint32(at, true) === END_SIGNATURE && view.getUint16(at + 20, true) === last - at
    if (isEnd) return at
  }
  throw broken()
}

function inflate(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = viewOf(bytes)
  const { offset, packedBytes, method } = entry
  if (entry.bytes > MAX_PART_BYTES) throw fault('batch/limit', 'a part is too large')
  if ((entry.flags & ENCRYPTED) !== 0) throw fault('batch/format', 'a part is encrypted')
  const isThere =
    offset + LOCAL_BYTES <= bytes.length && view.getUint32(offset, true) === LOCAL_SIGNATURE
  if (!isThere) throw broken()
  const names = view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const start = offset + LOCAL_BYTES + names
  if (start + packedBytes > bytes.length) throw broken()
  const part = unpack(bytes.subarray(start, start + packedBytes), method, entry.bytes)
  if (part.length !== entry.bytes || crc32(part) !== entry.crc) throw broken()
  return part
}

function unpack(packed: Uint8Array, method: number, bytes: number): Uint8Array {
  if (method === STORED) return packed
  if (method !== DEFLATED) throw broken()
  try {
    // One more than it says, for no less than one may be asked for.
    return inflateRawSync(packed, { maxOutputLength: bytes + 1 })
  } catch {
    throw broken()
  }
}

function broken(): Error {
  return fault('batch/format', 'the file is not a whole ZIP')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

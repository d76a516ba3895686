/**
 * ZIP files (APPNOTE 6.3.10 §4.3) in one form: every part stored as it is, one after the other, in the order of the directory, nothing
 * before, between or behind. So there is nothing to inflate, whatever reads ZIP reads it, and the same parts are always the same bytes: what
 * is read has to come out again byte by byte, or it was not written so.
 */
import { concatBytes, equalBytes, fault, utf8Decode, utf8Encode } from '@onetrip/codec'
import { crc32 } from './crc32.ts'

/** Largest file that is read, in bytes. */
export const MAX_ZIP_BYTES: number = 512 * 2 ** 20
/** Most parts. */
export const MAX_PARTS = 4_096

const LOCAL_SIGNATURE = 0x04034b50
const ENTRY_SIGNATURE = 0x02014b50
const END_SIGNATURE = 0x06054b50
const LOCAL_BYTES = 30
const ENTRY_BYTES = 46
const END_BYTES = 22
/** 2.0, the first version with folders. */
const VERSION = 20
/** Names are UTF-8 (§4.4.4, bit 11). */
const FLAGS = 0x0800
/** 1980-01-01, which is where its days begin: no part has a time. */
const NO_DAY = 0x21
const MAX_NAME_BYTES = 240
/** A segment is plain on any file system: no dot in front or behind, nothing that a shell or a path knows. */
const NAME =
  /^(?:[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\/)*[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/

/** A part of a ZIP file. */
export interface ZipPart {
  /** A path with `/` between its segments. */
  readonly name: string
  readonly bytes: Uint8Array
}

interface StoredPart extends ZipPart {
  readonly crc: number
}

/** Writes parts in the order given. Throws `TypeError` for names that {@link decodeZip} would refuse. */
export function encodeZip(parts: readonly ZipPart[]): Uint8Array {
  assertNames(
    parts.map(({ name }) => name),
    () => new TypeError('zip: a name cannot be used'),
  )
  return assemble(parts.map((part) => ({ ...part, crc: crc32(part.bytes) })))
}

/**
 * Reads what {@link encodeZip} wrote. Throws `archive/limit` for what is too large or has too many parts, `archive/format` for any other
 * file, names that lead elsewhere or stand twice (also in other letters), `archive/altered` where a part is not as its checksum says.
 */
export function decodeZip(bytes: Uint8Array): readonly ZipPart[] {
  if (bytes.length > MAX_ZIP_BYTES) throw fault('archive/limit')
  const parts = readDirectory(bytes)
  assertNames(
    parts.map(({ name }) => name),
    broken,
  )
  if (!equalBytes(assemble(parts), bytes)) throw broken()
  if (parts.some((part) => crc32(part.bytes) !== part.crc)) throw fault('archive/altered')
  return parts.map(({ name, bytes: content }) => ({ name, bytes: content }))
}

/** Whether a file begins as ZIP files do. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= END_BYTES && viewOf(bytes).getUint32(0, true) === LOCAL_SIGNATURE
}

function readDirectory(bytes: Uint8Array): readonly StoredPart[] {
  const view = viewOf(bytes)
  const end = bytes.length - END_BYTES
  if (end < 0 || view.getUint32(end, true) !== END_SIGNATURE) throw broken()
  const count = view.getUint16(end + 10, true)
  if (count > MAX_PARTS) throw fault('archive/limit')
  const parts: StoredPart[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw broken()
    const nameBytes = view.getUint16(at + 28, true)
    const length = view.getUint32(at + 24, true)
    const content = view.getUint32(at + 42, true) + LOCAL_BYTES + nameBytes
    if (nameBytes > MAX_NAME_BYTES || content + length > end) throw broken()
    parts.push({
      name: nameIn(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)),
      bytes: bytes.subarray(content, content + length),
      crc: view.getUint32(at + 16, true),
    })
    at += ENTRY_BYTES + nameBytes
  }
  // Parts that lie over one another would make more of a file than there is.
  if (parts.reduce((sum, part) => sum + part.bytes.length, 0) > end) throw broken()
  return parts
}

function assemble(parts: readonly StoredPart[]): Uint8Array {
  const content: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const part of parts) {
    const name = utf8Encode(part.name)
    const local = localHeader(part, name)
    directory.push(directoryEntry(part, { name, offset }))
    content.push(local, part.bytes)
    offset += local.length + part.bytes.length
  }
  const entries = concatBytes(...directory)
  const end = new Uint8Array(END_BYTES)
  const view = viewOf(end)
  view.setUint32(0, END_SIGNATURE, true)
  view.setUint16(8, parts.length, true)
  view.setUint16(10, parts.length, true)
  view.setUint32(12, entries.length, true)
  view.setUint32(16, offset, true)
  return concatBytes(...content, entries, end)
}

function localHeader(part: StoredPart, name: Uint8Array): Uint8Array {
  const header = new Uint8Array(LOCAL_BYTES + name.length)
  const view = viewOf(header)
  view.setUint32(0, LOCAL_SIGNATURE, true)
  writeShared(view, 4, { part, nameBytes: name.length })
  header.set(name, LOCAL_BYTES)
  return header
}

function directoryEntry(
  part: StoredPart,
  { name, offset }: { readonly name: Uint8Array; readonly offset: number },
): Uint8Array {
  const entry = new Uint8Array(ENTRY_BYTES + name.length)
  const view = viewOf(entry)
  view.setUint32(0, ENTRY_SIGNATURE, true)
  view.setUint16(4, VERSION, true)
  writeShared(view, 6, { part, nameBytes: name.length })
  view.setUint32(42, offset, true)
  entry.set(name, ENTRY_BYTES)
  return entry
}

/** What a part's local header and its entry in the directory both say (§4.3.7). */
function writeShared(
  view: DataView,
  at: number,
  { part, nameBytes }: { readonly part: StoredPart; readonly nameBytes: number },
): void {
  view.setUint16(at, VERSION, true)
  view.setUint16(at + 2, FLAGS, true)
  view.setUint16(at + 8, NO_DAY, true)
  view.setUint32(at + 10, part.crc, true)
  view.setUint32(at + 14, part.bytes.length, true)
  view.setUint32(at + 18, part.bytes.length, true)
  view.setUint16(at + 22, nameBytes, true)
}

/** Names that differ in capitals alone are one file on some systems. */
function assertNames(names: readonly string[], fail: () => Error): void {
  const isPlain = names.every((name) => NAME.test(name) && name.length <= MAX_NAME_BYTES)
  const folded = new Set(names.map((name) => name.toLowerCase()))
  if (!isPlain || folded.size !== names.length) throw fail()
}

function nameIn(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes)
  } catch {
    throw broken()
  }
}

function broken(): Error {
  return fault('archive/format')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

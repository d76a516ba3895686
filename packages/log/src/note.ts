/**
 * Signed notes (C2SP signed-note): text, an empty line, and a line for each signature, `— name base64(id ‖ signature)`. A
 * signature by a key that is not known is passed over; one that names a known key and does not verify refuses the note.
 */
import {
  concatBytes,
  equalBytes,
  fault,
  type Signer,
  utf8Decode,
  utf8Encode,
  verifySignature,
} from '@onetrip/codec'
import { fromBase64, toBase64 } from './base64.ts'
import { parseCount } from './numbers.ts'
import { isKeyName, type NoteKeyKind, type VerifierKey, verifierKey } from './verifier-key.ts'

/** Longest note that is read. */
export const MAX_NOTE_BYTES = 65_536
/** More signatures than any log and its witnesses make. */
const MAX_SIGNATURES = 64
const ID_BYTES = 4
const TIME_BYTES = 8
/** An em dash and a space begin a signature's line. */
const DASH = '— '

/** A signature that a known key made. */
export interface NoteSignature {
  readonly key: VerifierKey
  /** When a witness says it saw the checkpoint, epoch seconds; a cosignature alone has it. */
  readonly time?: number
}

/** A note whose known signatures verified. */
export interface Note {
  /** What is signed; it ends in a line feed. */
  readonly text: string
  /** One for each known key that signed, in the order of the keys. */
  readonly signatures: readonly NoteSignature[]
}

/** Who signs notes, under what name. */
export interface NoteSigner {
  readonly name: string
  readonly signer: Signer
}

/** One line of a note, before any key was asked. */
interface SignatureLine {
  readonly name: string
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Opens a note with the keys that are known. Throws `note/format`; `note/signature` where a known key's signature does not
 * verify; `note/unsigned` where no known key has signed.
 */
export async function openNote(bytes: Uint8Array, keys: readonly VerifierKey[]): Promise<Note> {
  const { text, lines } = parseNote(bytes)
  const signatures: NoteSignature[] = []
  for (const key of keys) {
    const line = lines.find(({ name, id }) => name === key.name && equalBytes(id, key.id))
    if (line !== undefined) signatures.push(await check(text, line, key))
  }
  if (signatures.length === 0) throw fault('note/unsigned')
  return { text, signatures }
}

/** Signs a text, which ends in a line feed, as a note of one signature. `TypeError` for a text that is none. */
export async function signNote(text: string, by: NoteSigner): Promise<Uint8Array> {
  if (!isNoteText(text)) throw new TypeError('not the text of a note')
  const line = signatureLine(by, 'note', await by.signer.sign(utf8Encode(text)))
  return utf8Encode(`${text}\n${line}`)
}

/** A witness's line under a note's text, made at a time (C2SP tlog-cosignature). */
export async function cosign(text: string, by: NoteSigner, time: number): Promise<string> {
  const signature = await by.signer.sign(cosignedBytes(text, time))
  const stamp = new DataView(new ArrayBuffer(TIME_BYTES))
  stamp.setBigUint64(0, BigInt(time))
  return signatureLine(by, 'cosignature', concatBytes(new Uint8Array(stamp.buffer), signature))
}

/** A note with more lines of signatures, such as {@link cosign} makes. */
export function addSignatures(bytes: Uint8Array, lines: readonly string[]): Uint8Array {
  const note = utf8Encode(utf8Decode(bytes) + lines.join(''))
  parseNote(note)
  return note
}

/** The lines of signatures that name one of these keys, as they stand in a note; they are not verified. Throws `note/format`. */
export function signatureLines(bytes: Uint8Array, keys: readonly VerifierKey[]): readonly string[] {
  return parseNote(bytes).lines.flatMap((line) => {
    const isOf = ({ name, id }: VerifierKey): boolean =>
      name === line.name && equalBytes(id, line.id)
    return keys.some(isOf) ? [formatLine(line)] : []
  })
}

/** The text of a note whose signatures nobody has looked at. Throws `note/format`. */
export function unverifiedText(bytes: Uint8Array): string {
  return parseNote(bytes).text
}

function parseNote(bytes: Uint8Array): { text: string; lines: readonly SignatureLine[] } {
  if (bytes.length > MAX_NOTE_BYTES) throw fault('note/format')
  const note = decodeText(bytes)
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  // Each line ends in a line feed, behind which nothing comes.
  if (end < 0 || !isNoteText(text) || lines.pop() !== '') throw fault('note/format')
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw fault('note/format')
  return { text, lines: lines.map(parseLine) }
}

function parseLine(line: string): SignatureLine {
  const [name = '', encoded = '', ...rest] = line.slice(DASH.length).split(' ')
  if (!line.startsWith(DASH) || rest.length > 0 || !isKeyName(name)) throw fault('note/format')
  const bytes = decodeSignature(encoded)
  if (bytes.length <= ID_BYTES) throw fault('note/format')
  return { name, id: bytes.subarray(0, ID_BYTES), signature: bytes.subarray(ID_BYTES) }
}

async function check(text: string, line: SignatureLine, key: VerifierKey): Promise<NoteSignature> {
  const time = key.kind === 'cosignature' ? readTime(line.signature) : undefined
  const signature = time === undefined ? line.signature : line.signature.subarray(TIME_BYTES)
  const data = time === undefined ? utf8Encode(text) : cosignedBytes(text, time)
  const holds = await verifySignature({ key: key.publicKey, signature, data }).catch(() => false)
  if (!holds) throw fault('note/signature')
  return { key, ...(time === undefined ? {} : { time }) }
}

function readTime(signature: Uint8Array): number {
  if (signature.length <= TIME_BYTES) throw fault('note/signature')
  const { buffer, byteOffset } = signature
  const time = parseCount(String(new DataView(buffer, byteOffset, TIME_BYTES).getBigUint64(0)))
  if (time === undefined) throw fault('note/signature')
  return time
}

function cosignedBytes(text: string, time: number): Uint8Array {
  return utf8Encode(`cosignature/v1\ntime ${time}\n${text}`)
}

function signatureLine(
  { name, signer }: NoteSigner,
  kind: NoteKeyKind,
  signature: Uint8Array,
): string {
  const { id } = verifierKey(name, kind, signer.publicKey)
  return formatLine({ name, id, signature })
}

function formatLine({ name, id, signature }: SignatureLine): string {
  return `${DASH}${name} ${toBase64(concatBytes(id, signature))}\n`
}

/** Ends in a line feed, and has no other control character. */
function isNoteText(text: string): boolean {
  return text.endsWith('\n') && !/[\p{Cc}--\n]/v.test(text) && text.isWellFormed()
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes)
  } catch {
    throw fault('note/format')
  }
}

function decodeSignature(encoded: string): Uint8Array {
  try {
    return fromBase64(encoded)
  } catch {
    throw fault('note/format')
  }
}

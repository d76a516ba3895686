/**
 * Keys of notes in their text form, `name+hex8+base64(type ‖ key)` (C2SP signed-note §"Verifier keys"). Only Ed25519 is ours, as
 * a log's key or as a witness's; a note may bear signatures of any other kind, which say nothing here.
 */
import {
  concatBytes,
  equalBytes,
  fault,
  fromHex,
  type PublicKey,
  publicKeyFromRaw,
  sha256,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import { fromBase64, toBase64 } from './base64.ts'

/** What a key signs: notes (type 1), or, as a witness, checkpoints with a time (type 4, C2SP tlog-cosignature). */
export type NoteKeyKind = 'note' | 'cosignature'

/** A key that notes are verified with. */
export interface VerifierKey {
  /** Like a host's name, without a scheme; of a log, its origin. */
  readonly name: string
  readonly kind: NoteKeyKind
  /** 4 bytes: a hint as to which key made a signature. */
  readonly id: Uint8Array
  readonly publicKey: PublicKey
}

const TYPE: Readonly<Record<NoteKeyKind, number>> = { note: 0x01, cosignature: 0x04 }
const ID_BYTES = 4
const MAX_NAME = 256
const MAX_TEXT = 1_024

/** Whether it may be the name of a key: no white space, no plus, nothing that does not print. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= MAX_NAME && !/[\s+\p{C}]/u.test(name)
}

/** A key by its name. `TypeError` for a name that no note can bear, or a key that is not Ed25519. */
export function verifierKey(name: string, kind: NoteKeyKind, publicKey: PublicKey): VerifierKey {
  if (!isKeyName(name)) throw new TypeError('not a name of a key')
  if (publicKey.algorithm !== 'Ed25519') throw new TypeError('keys of notes are Ed25519')
  const start = utf8Encode(`${name}\n`)
  const type = Uint8Array.of(TYPE[kind])
  const id = sha256(concatBytes(start, type, publicKey.raw)).subarray(0, ID_BYTES)
  return { name, kind, id, publicKey }
}

/** Writes a key as text. */
export function formatVerifierKey({ name, kind, id, publicKey }: VerifierKey): string {
  const key = concatBytes(Uint8Array.of(TYPE[kind]), publicKey.raw)
  return `${name}+${toHex(id)}+${toBase64(key)}`
}

/** Reads a key's text. Throws `note/key`, also where its id is not the one of its name and key, and for every other type. */
export function parseVerifierKey(text: string): VerifierKey {
  if (text.length > MAX_TEXT) throw fault('note/key')
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  if (!isKeyName(name)) throw fault('note/key')
  const key = decode(name, encoded)
  if (!equalBytes(key.id, fromHex(id))) throw fault('note/key')
  return key
}

function decode(name: string, encoded: string): VerifierKey {
  try {
    const bytes = fromBase64(encoded)
    const kind = bytes[0] === TYPE.note ? 'note' : 'cosignature'
    if (bytes[0] !== TYPE[kind]) throw fault('note/key')
    return verifierKey(name, kind, publicKeyFromRaw('Ed25519', bytes.subarray(1)))
  } catch {
    throw fault('note/key')
  }
}

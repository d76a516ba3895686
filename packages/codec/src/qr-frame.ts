/**
 * One frame of an animated code: `OT1F:` and the Base45 of a header and one part. The header: format version (1 byte),
 * identity (the first 8 bytes of the message's SHA-256), then as 4 bytes each, highest first, the message's length, the
 * number of its parts, and the frame's number. A part's length follows from the header, so a frame has one form.
 */
import { decodeBase45, encodeBase45 } from './base45.ts'
import { toHex } from './bytes.ts'
import { fault } from './errors.ts'

/** Largest message in bytes: what a verifier looks at. */
export const MAX_MESSAGE_BYTES = 65_536
/** Most parts of a message. */
export const MAX_PARTS = 256
/** Bytes of the header before the part. */
export const FRAME_HEADER_BYTES = 21
/** Bytes of an identity. */
export const IDENTITY_BYTES = 8

const PREFIX = 'OT1F:'
const FORMAT = 1
/** Alphanumeric capacity of the largest code, version 40-L (ISO/IEC 18004). */
const MAX_CHARACTERS = 4_296
const [LENGTH_AT, COUNT_AT, NUMBER_AT] = [9, 13, 17]

/** What all frames of one message have in common. */
export interface FrameMessage {
  /** First 8 bytes of its SHA-256. */
  readonly identity: Uint8Array
  /** Bytes of the message, 1 to 65,536. */
  readonly length: number
  /** Its parts, 1 to 256; each has `ceil(length / count)` bytes, the last one filled up with zeros. */
  readonly count: number
}

/** A frame as it is read. */
export interface Frame extends FrameMessage {
  /** 0 to 2^32 − 1; below `count` it is the part of that number. */
  readonly number: number
  /** A part, or several combined by XOR. */
  readonly part: Uint8Array
}

/** Says whether a text is a frame, or several of them one a line, by how it begins. */
export function isFrameText(text: string): boolean {
  return text.startsWith(PREFIX)
}

/** The frame as QR text, only signs of the alphanumeric mode. */
export function encodeFrame({ identity, length, count, number, part }: Frame): string {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + part.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = FORMAT
  bytes.set(identity, 1)
  view.setUint32(LENGTH_AT, length)
  view.setUint32(COUNT_AT, count)
  view.setUint32(NUMBER_AT, number)
  bytes.set(part, FRAME_HEADER_BYTES)
  return PREFIX + encodeBase45(bytes)
}

/**
 * The frame in a QR text; nothing is trimmed. Throws `qr/not-a-credential` (another prefix), `qr/limit` (more
 * characters, bytes or parts than there may be), `format/unsupported` (another format version), `qr/encoding` (else).
 */
export function decodeFrame(text: string): Frame {
  if (!isFrameText(text)) throw fault('qr/not-a-credential')
  if (text.length > MAX_CHARACTERS) throw fault('qr/limit')
  const bytes = decodeBase45(text.slice(PREFIX.length))
  if (bytes.length <= FRAME_HEADER_BYTES) throw fault('qr/encoding')
  if (bytes[0] !== FORMAT) throw fault('format/unsupported')
  const view = new DataView(bytes.buffer)
  const length = view.getUint32(LENGTH_AT)
  const count = view.getUint32(COUNT_AT)
  if (length > MAX_MESSAGE_BYTES || count > MAX_PARTS) throw fault('qr/limit')
  const part = bytes.subarray(FRAME_HEADER_BYTES)
  // Of no more parts than it takes, each as long as it must be: both numbers are 1 at least.
  if (part.length !== Math.ceil(length / count)) throw fault('qr/encoding')
  if (count !== Math.ceil(length / part.length)) throw fault('qr/encoding')
  const identity = bytes.subarray(1, LENGTH_AT)
  return { identity, length, count, number: view.getUint32(NUMBER_AT), part }
}

/** An identity as a text, for comparing and as a key: 16 hexadecimal digits. */
export function identityText({ identity }: Pick<FrameMessage, 'identity'>): string {
  return toHex(identity)
}

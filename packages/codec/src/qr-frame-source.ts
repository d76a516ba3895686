/** A message as an animated code: an endless sequence of frames, the first ones its plain parts. */
import { sha256 } from '#platform'
import { fault } from './errors.ts'
import { addWords, toWords } from './part-solver.ts'
import { encodeFrame, IDENTITY_BYTES, MAX_MESSAGE_BYTES, MAX_PARTS } from './qr-frame.ts'
import { hasPart, partsOfFrame } from './qr-frame-parts.ts'

/**
 * Part and header fill version 15-L (758 characters): at 280 pixels a side each of 16 moderate frames was read at the first
 * try, of V17-L 13, of V20-L 12.
 */
const PART_BYTES = 481
/** What version 40-L holds beside the header. */
const MAX_PART_BYTES = 2_839
const MAX_NUMBER = 2 ** 32 - 1

/** How to cut a message. */
export interface FrameOptions {
  /** Most bytes of a part, 1 to 2,839; 481 unless said. */
  readonly partBytes?: number
}

/** An animated code. */
export interface FrameSource {
  /** Parts of the message: so many frames are the least that tell it. */
  readonly count: number
  /** QR text of a frame, 0 to 2^32 − 1; the first `count` are the plain parts. All have one length. */
  readonly text: (number: number) => string
}

/**
 * Cuts a message into parts of one length, and makes its frames when they are asked for. Throws `qr/too-big` over
 * 65,536 bytes or 256 parts; `TypeError` for no bytes, a part or a number out of its range.
 */
export function encodeFrames(message: Uint8Array, options: FrameOptions = {}): FrameSource {
  const { partBytes = PART_BYTES } = options
  const { length } = message
  if (length === 0) throw new TypeError('no bytes to show')
  if (!isWithin(partBytes, 1, MAX_PART_BYTES)) throw new TypeError('no part has so many bytes')
  const count = Math.ceil(length / partBytes)
  if (length > MAX_MESSAGE_BYTES || count > MAX_PARTS) throw fault('qr/too-big')
  const size = Math.ceil(length / count)
  const parts = Array.from({ length: count }, (_, at) =>
    toWords(message.subarray(at * size, (at + 1) * size)),
  )
  const identity = messageIdentity(message)
  return {
    count,
    text(number) {
      if (!isWithin(number, 0, MAX_NUMBER)) throw new TypeError('no number of a frame')
      const chosen = partsOfFrame(number, count)
      const sum = toWords(new Uint8Array(size))
      for (const [at, part] of parts.entries()) if (hasPart(chosen, at)) addWords(sum, part)
      return encodeFrame({
        identity,
        length,
        count,
        number,
        part: new Uint8Array(sum.buffer, 0, size),
      })
    },
  }
}

/** What names a message in its frames: the first 8 bytes of its SHA-256. */
export function messageIdentity(message: Uint8Array): Uint8Array {
  return sha256(message).subarray(0, IDENTITY_BYTES)
}

function isWithin(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most
}

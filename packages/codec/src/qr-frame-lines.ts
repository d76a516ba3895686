/** An animated code at rest: its frames as one text, one a line, as it lies in a file or is kept. */
import { fault } from './errors.ts'
import { isFrameText } from './qr-frame.ts'
import { FrameCollector } from './qr-frame-collector.ts'
import { encodeFrames } from './qr-frame-source.ts'
import { decodeQrText } from './qr-text.ts'

/** Longest text of frames: what the plain parts of the largest message take in the most parts, and a fifth more. */
export const MAX_FRAME_LINES_CHARACTERS = 131_072

/** The plain parts of a message, one frame a line. Throws `qr/too-big`; `TypeError` for no bytes. */
export function encodeFrameLines(message: Uint8Array): string {
  const source = encodeFrames(message)
  return Array.from({ length: source.count }, (_, number) => source.text(number)).join('\n')
}

/**
 * The one message of frames that stand one a line, in any order. Throws `qr/limit`, `qr/frames-incomplete` (too few),
 * `qr/frames-mixed` (of several messages, or not of one), and what `decodeFrame` throws.
 */
export function decodeFrameLines(text: string): Uint8Array {
  if (text.length > MAX_FRAME_LINES_CHARACTERS) throw fault('qr/limit')
  const collector = new FrameCollector()
  const keys = new Set<string>()
  let message: Uint8Array | undefined
  for (const line of text.split(/\r?\n/)) {
    const answer = collector.add(line)
    if (answer.state === 'other') throw fault('qr/not-a-credential')
    if (keys.add(answer.key).size > 1) throw fault('qr/frames-mixed')
    if (answer.state === 'done') message = answer.message
  }
  if (message === undefined) throw fault('qr/frames-incomplete')
  return message
}

/** The bytes in the text of a code, of one symbol or animated. Throws as `decodeQrText` and {@link decodeFrameLines}. */
export function decodeCodeText(text: string): Uint8Array {
  return isFrameText(text) ? decodeFrameLines(text) : decodeQrText(text)
}

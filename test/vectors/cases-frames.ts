/** Cases about animated codes: their frames, one a line, are one input (ARCHITECTURE §2). */
import {
  decodeQrText,
  encodeFrameLines,
  encodeFrames,
  MAX_FRAME_LINES_CHARACTERS,
} from '@onetrip/codec'
import { liveBytes, REQUEST, requestedCode, type VectorCase } from './vector-case.ts'
import { NOW, OFFICE } from './vector-cast.ts'

const PART_BYTES = 100

type Row = readonly [name: string, why: string, frames: readonly string[], code?: string]

/** All cases of this kind. */
export async function frameCases(): Promise<readonly VectorCase[]> {
  const message = await liveBytes()
  const source = encodeFrames(message, { partBytes: PART_BYTES })
  const [first = '', ...rest] = numbers(0, source.count).map(source.text)
  const [large = ''] = encodeFrameLines(message).split('\n')
  const [, other = ''] = encodeFrameLines(await liveBytes({}, { issuedAt: NOW - 9 })).split('\n')
  const rows: readonly Row[] = [
    ['valid', 'the plain parts of a live code', [first, ...rest]],
    ['late', 'combinations alone, as for who comes late', numbers(50, 70).map(source.text)],
    ['incomplete', 'one part is missing', rest, 'qr/frames-incomplete'],
    ['one', 'a single frame', [first], 'qr/frames-incomplete'],
    ['mixed', 'frames of two codes', [large, other], 'qr/frames-mixed'],
    ['cut-in-two-ways', 'frames of one message in two cuts', [large, first], 'qr/frames-mixed'],
    ['and-a-code', 'a single code among them', [first, 'OT1:D2'], 'qr/not-a-credential'],
    ['altered', 'a frame cut short', [first.slice(0, -1), ...rest], 'qr/encoding'],
  ]
  const tooLong: VectorCase = {
    name: 'frames-too-long',
    clause: 'ARCHITECTURE §10 QR02',
    why: 'more than all frames of the largest message',
    input: { text: 'OT1F:', padTo: MAX_FRAME_LINES_CHARACTERS + 1 },
    outcome: 'unverifiable',
    code: 'qr/limit',
  }
  const requested: VectorCase = {
    name: 'frames-requested',
    clause: 'ARCHITECTURE §3',
    why: 'an answer to a request as an animated code: the mode is what the holder signed',
    input: {
      text: encodeFrameLines(decodeQrText(await requestedCode())),
      office: OFFICE,
      request: REQUEST,
      accept: ['requested'],
    },
    outcome: 'valid',
  }
  return [...rows.map(frameCase), requested, tooLong]
}

function frameCase([name, why, frames, code]: Row): VectorCase {
  return {
    name: `frames-${name}`,
    clause: 'ARCHITECTURE §2',
    why,
    input: { text: frames.join('\n'), office: OFFICE, accept: ['live'] },
    outcome: code === undefined ? 'valid' : 'unverifiable',
    ...(code === undefined ? {} : { code }),
  }
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}

import { describe, expect, test } from 'vitest'
import { type ErrorCode, fault } from './errors.ts'
import { decodeFrameLines, encodeFrameLines } from './qr-frame-lines.ts'
import { encodeFrames } from './qr-frame-source.ts'
import { encodeQrText } from './qr-text.ts'

const message = Uint8Array.from({ length: 1_200 }, (_, at) => at * 13)
const lines = encodeFrameLines(message)
const [first = '', second = '', third = ''] = lines.split('\n')
const other = encodeFrames(message.subarray(1))
const finer = encodeFrames(message, { partBytes: 100 })

describe('frames one a line', () => {
  test('are the plain parts, and read back', () => {
    expect(lines.split('\n')).toHaveLength(3)
    expect(decodeFrameLines(lines)).toEqual(message)
  })
  test.each([
    ['in another order', `${third}\n${first}\n${second}`],
    ['with line ends of Windows', lines.replaceAll('\n', '\r\n')],
    ['with one of them twice', `${lines}\n${first}`],
    ['with a combination for a part', `${first}\n${second}\n${encodeFrames(message).text(3)}`],
  ])('read back %s', (_, text) => {
    expect(decodeFrameLines(text)).toEqual(message)
  })
  test('of the largest message are within the limit', () => {
    const largest = new Uint8Array(65_536).fill(255)
    expect(decodeFrameLines(encodeFrameLines(largest))).toEqual(largest)
  })
  test.each<[string, string, ErrorCode]>([
    ['one missing', `${first}\n${third}`, 'qr/frames-incomplete'],
    ['one of another message', `${first}\n${other.text(1)}\n${third}`, 'qr/frames-mixed'],
    ['a whole message and one frame of another', `${lines}\n${other.text(0)}`, 'qr/frames-mixed'],
    ['one cut in another way', `${first}\n${finer.text(1)}`, 'qr/frames-mixed'],
    [
      'a single code among them',
      `${first}\n${encodeQrText(Uint8Array.of(0xd2))}`,
      'qr/not-a-credential',
    ],
    ['an empty line', `${first}\n\n${second}\n${third}`, 'qr/not-a-credential'],
    ['a frame cut short', `${lines.slice(0, -3)}`, 'qr/encoding'],
    ['more than there may be', `${lines}\n`.repeat(100), 'qr/limit'],
  ])('are refused with %s', (_, text, code) => {
    expect(() => decodeFrameLines(text)).toThrow(fault(code))
  })
})

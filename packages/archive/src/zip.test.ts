import { createHash } from 'node:crypto'
import { utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { decodeBag, encodeBag } from './bag.ts'
import { decodeZip, encodeZip, MAX_PARTS } from './zip.ts'

const PARTS = [
  { name: 'bag/one.txt', bytes: utf8Encode('one\n') },
  { name: 'bag/data/two.bin', bytes: new Uint8Array(300).fill(7) },
]

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'none'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** The same bytes with text in place of other text of the same length, wherever it stands. */
function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return new Uint8Array(
    Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'),
  )
}

describe('a ZIP file', () => {
  const zip = encodeZip(PARTS)

  test('comes back as it was written', () => {
    expect(decodeZip(zip).map(({ name, bytes }) => ({ name, bytes }))).toEqual(PARTS)
    expect(encodeZip(PARTS)).toEqual(zip)
  })

  test('is refused whichever bit of it is another', () => {
    for (let at = 0; at < zip.length * 8; at += 1) {
      const other = zip.slice()
      other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7))
      const code = codeOf(() => decodeZip(other))
      expect([at, ['archive/format', 'archive/altered', 'archive/limit'].includes(code)]).toEqual([
        at,
        true,
      ])
    }
  })

  test.for([
    ['leads out of its folder', 'bag/one.txt', '../../e.txt'],
    ['begins at the root', 'bag/one.txt', '/ag/one.txt'],
    ['is a path of another system', 'bag/one.txt', 'bag\\one.txt'],
    ['is hidden', 'bag/one.txt', 'bag/.ne.txt'],
  ] as const)('a name that %s is refused', ([, from, to]) => {
    expect(codeOf(() => decodeZip(replaced(zip, from, to)))).toBe('archive/format')
  })

  test('a name that stands twice is refused, in other letters too', () => {
    const two = encodeZip([...PARTS, { name: 'bag/two.txt', bytes: new Uint8Array(0) }])
    for (const name of ['bag/one.txt', 'bag/ONE.txt']) {
      expect(codeOf(() => decodeZip(replaced(two, 'bag/two.txt', name)))).toBe('archive/format')
    }
  })

  test('parts that say more than there is, or too many of them, are refused', () => {
    const large = zip.slice()
    const view = new DataView(large.buffer)
    const end = large.length - 22
    view.setUint32(view.getUint32(end + 16, true) + 24, 0xfffffff0, true)
    expect(codeOf(() => decodeZip(large))).toBe('archive/format')
    const many = zip.slice()
    new DataView(many.buffer).setUint16(end + 10, MAX_PARTS + 1, true)
    expect(codeOf(() => decodeZip(many))).toBe('archive/limit')
  })

  test('anything that is none is refused', () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(100), utf8Encode('PK')]) {
      expect(codeOf(() => decodeZip(bytes))).toBe('archive/format')
    }
  })
})

describe('a bag', () => {
  const payload = new Map([['data/one.txt', utf8Encode('one\n')]])
  const tags = new Map([['proof/a.txt', utf8Encode('a')]])
  const zip = encodeBag({ name: 'bag', payload, tags, info: [{ label: 'Of', value: 'x\ny' }] })

  test('lists every file with both hashes (RFC 8493 §2.1.3, §2.2.1)', () => {
    const files = decodeBag(zip)
    const text = (path: string): string => Buffer.from(files.get(path) ?? []).toString()
    expect(text('bag-info.txt')).toBe('Of: x y\nPayload-Oxum: 4.1\n')
    const sha512 = createHash('sha512').update('one\n').digest('hex')
    expect(text('manifest-sha512.txt')).toBe(`${sha512}  data/one.txt\n`)
    expect(text('tagmanifest-sha256.txt')).toContain('  proof/a.txt\n')
  })

  test.for([
    ['a file is gone', 'data/one.txt', undefined, 'archive/incomplete'],
    ['a file is added', 'data/two.txt', 'x', 'archive/incomplete'],
    ['a file about it is gone', 'proof/a.txt', undefined, 'archive/incomplete'],
    ['a list is gone', 'manifest-sha512.txt', undefined, 'archive/incomplete'],
    ['a file is another', 'data/one.txt', 'two\n', 'archive/altered'],
    ['a file about it is another', 'proof/a.txt', 'b', 'archive/altered'],
    ['it is no bag', 'bagit.txt', 'x', 'archive/format'],
    ['a list is none', 'tagmanifest-sha512.txt', 'x', 'archive/format'],
    ['a list has no end', 'tagmanifest-sha256.txt', '\n'.repeat(2 ** 21), 'archive/limit'],
  ] as const)('%s', ([, path, text, code]) => {
    const files = new Map(decodeBag(zip))
    if (text === undefined) files.delete(path)
    else files.set(path, utf8Encode(text))
    const again = [...files].map(([name, bytes]) => ({ name: `bag/${name}`, bytes }))
    expect(codeOf(() => decodeBag(encodeZip(again)))).toBe(code)
  })
})

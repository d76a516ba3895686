import { Fault, utf8Decode, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  formatAddCheckpoint,
  MAX_ADD_CHECKPOINT_BYTES,
  parseAddCheckpoint,
  parseTreeSize,
} from './add-checkpoint.ts'
import { parseWitnessList } from './witness-list.ts'

/** The example of C2SP tlog-witness. */
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

describe('a request to a witness', () => {
  test("the specification's example is read and written back as it was", () => {
    const request = parseAddCheckpoint(utf8Encode(EXAMPLE))
    expect([request.oldSize, request.path.length]).toEqual([20_852_014, 4])
    expect(utf8Decode(request.checkpoint)).toMatch(/^example\.com\/behind-the-sofa\n20852163\n/)
    expect(utf8Decode(formatAddCheckpoint(request))).toBe(EXAMPLE)
  })

  test.for([
    ['no size', EXAMPLE.replace('old 20852014', 'old')],
    ['a size with a leading zero', EXAMPLE.replace('old 2', 'old 02')],
    ['a negative size', EXAMPLE.replace('old 2', 'old -2')],
    ['a size beyond 2^53', EXAMPLE.replace('20852014', '9007199254740993')],
    [
      'a hash of 31 bytes',
      EXAMPLE.replace('PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=', `${'A'.repeat(40)}AA==`),
    ],
    ['a hash in the other alphabet', EXAMPLE.replace('5+pK', '5-pK')],
    ['64 lines of proof', EXAMPLE.replace('\nPlRN', `\n${`${'A'.repeat(43)}=\n`.repeat(60)}PlRN`)],
    ['nothing behind the proof', EXAMPLE.slice(0, 30)],
    ['carriage returns', EXAMPLE.replaceAll('\n', '\r\n')],
    ['more than is read', EXAMPLE.padEnd(MAX_ADD_CHECKPOINT_BYTES + 1, 'x')],
  ] as const)('%s is refused', ([, text]) => {
    expect(codeOf(() => parseAddCheckpoint(utf8Encode(text)))).toBe('checkpoint/format')
  })

  test('bytes that are no text are refused', () => {
    expect(codeOf(() => parseAddCheckpoint(Uint8Array.of(0xff, 0xfe)))).toBe('checkpoint/format')
  })

  test('the size that a witness saw', () => {
    expect(['0\n', '50\n', '50', '050\n', '-1\n', '\n', '5 \n'].map(parseTreeSize)).toEqual([
      ...[0, 50],
      ...Array.from({ length: 5 }),
    ])
  })
})

describe('a list of witnesses', () => {
  const KEY = 'witness.example/w1+3a6d1b43+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'
  const read = (list: unknown) => codeOf(() => parseWitnessList(utf8Encode(JSON.stringify(list))))

  test.for([
    ['no list', { vkey: KEY, url: 'https://w.example' }, 'json/format'],
    ['seventeen', Array.from({ length: 17 }, () => ({})), 'json/format'],
    ['no address', [{ vkey: KEY }], 'json/format'],
    ['no key', [{ vkey: 'x', url: 'https://w.example' }], 'note/key'],
    [
      "a log's key",
      [
        {
          vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
          url: 'https://w.example',
        },
      ],
      'note/key',
    ],
  ] as const)('%s is refused', ([, list, code]) => {
    expect(read(list)).toBe(code)
  })
})

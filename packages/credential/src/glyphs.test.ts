import { type CborValue, type JsonObject, toBase64url } from '@onetrip/codec'
import {
  identityOfChen,
  identityOfShi,
  residentIdentityType,
  residentIdentityType2,
} from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { codeOf, issueInput, issueSdCwt, issueSdJwt, NOW, newKeys } from '../samples/testkit.ts'
import { MAX_CODE_CHARACTERS } from './budgets.ts'
import { parseGlyphs } from './glyphs.ts'
import { readClaims } from './licence-claims.ts'
import { liveDefaults, presentLive, presentSdCwt, presentSdJwt } from './present.ts'
import { parsePresentation } from './presentation.ts'
import { parseTypeDefinition } from './type-definition.ts'

const RARE = '\u{3113f}'
const NAME = `陈${RARE}样`
const OTHER = 0x3113e

const pictures: JsonObject = {
  path: ['nameGlyphs'],
  display: [
    { locale: 'zh-CN', label: '姓名用字' },
    { locale: 'en', label: 'Characters of the name' },
  ],
  sd: 'allowed',
  mandatory: false,
  onetrip: { key: 14, element: 'KZ_XMZX', format: 'glyphs', of: 'name' },
}
const document = JSON.parse(JSON.stringify(residentIdentityType))
const withPictures = (claim: JsonObject): JsonObject => ({
  ...document,
  claims: [...document.claims, claim],
})
const type = parseTypeDefinition(withPictures(pictures))

describe('pictures', () => {
  test('are code point and 24 × 24 bits each', () => {
    const [glyph, ...more] = parseGlyphs(bytesOf([0x3113f]))
    expect(more).toEqual([])
    expect(glyph?.codePoint).toBe(0x3113f)
    expect(glyph?.bitmap).toEqual(new Uint8Array(72).fill(0xa5))
    expect(parseGlyphs(bytesOf([0x3400, 0x4dbf, 0xa000, 0x10ffff]))).toHaveLength(4)
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['a byte short', bytesOf([0x3113f]).subarray(0, 74)],
    ['a byte long', Uint8Array.of(...bytesOf([0x3113f]), 0)],
    ['five', bytesOf([0x20000, 0x20001, 0x20002, 0x20003, 0x20004])],
    ['twice the same', bytesOf([0x20000, 0x20000])],
    ['descending', bytesOf([0x20001, 0x20000])],
    ['a common character', bytesOf([0x9648])],
    ['the last before Extension A', bytesOf([0x33ff])],
    ['the first after Extension A', bytesOf([0x4dc0])],
    ['half of a surrogate pair', bytesOf([0xd800])],
    ['beyond Unicode', bytesOf([0x110000])],
  ])('%s is claim/format', async (_, bytes) => {
    expect(await codeOf(() => parseGlyphs(bytes))).toBe('claim/format')
  })
})

describe('a licence with a picture of a character of its name', () => {
  test.each(['Ed25519', 'ES256'] as const)(
    'opens on a live code, name and picture together, holder %s',
    async (algorithm) => {
      const keys = newKeys('Ed25519', algorithm)
      const credential = await issueSdCwt(inputOf(keys, [0x3113f]), keys.issuer)
      const disclose = liveDefaults({ credential, type, algorithm })
      expect(disclose).toEqual(['name'])
      const shown = { credential, type, disclose, now: NOW, signer: keys.holder }
      const { length } = await presentLive(shown)
      expect(length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.liveGrown)
      // A P-256 key takes a few characters more than V20-L has.
      expect(length <= MAX_CODE_CHARACTERS.live).toBe(algorithm === 'Ed25519')
    },
  )

  test('in CBOR and in JSON it is disclosed with the name, and never alone', async () => {
    const keys = newKeys('Ed25519')
    const input = inputOf(keys, [0x3113f])
    const cbor = await issueSdCwt(input, keys.issuer)
    const json = await issueSdJwt(input, keys.issuer)
    const binding = { mode: 'live', audience: 'a', issuedAt: NOW, signer: keys.holder } as const
    const namesIn = async (disclose: readonly string[]): Promise<readonly string[][]> => {
      const choice = { type, disclose, ...binding }
      const random = (length: number): Uint8Array => new Uint8Array(length)
      const shown = [
        await presentSdCwt({ credential: cbor, ...choice }),
        await presentSdJwt({ credential: json, random, ...choice }),
      ]
      return shown.map((one) =>
        readClaims(type, parsePresentation(one).claims.raw).map(({ name }) => name),
      )
    }
    expect(await namesIn(['name'])).toEqual([
      ['name', 'nameGlyphs'],
      ['name', 'nameGlyphs'],
    ])
    expect(await namesIn(['nameGlyphs', 'sex'])).toEqual([['sex'], ['sex']])
  })

  test.each([
    ['a picture of a character that is not in the name', [OTHER]],
    ['more than 300 bytes', [0x20000, 0x20001, 0x20002, 0x20003, 0x3113f]],
  ])('%s is not issued: claim/format', async (_, codePoints) => {
    const keys = newKeys('Ed25519')
    expect(await codeOf(() => issueSdCwt(inputOf(keys, codePoints), keys.issuer))).toBe(
      'claim/format',
    )
  })
})

test('the sample with a rare name opens on a live code that brings its picture', async () => {
  const keys = newKeys('Ed25519')
  const second = parseTypeDefinition(residentIdentityType2)
  const input = { ...issueInput(identityOfShi, keys), type: second }
  const credential = await issueSdCwt(input, keys.issuer)
  const disclose = liveDefaults({ credential, type: second, algorithm: 'Ed25519' })
  const binding = { mode: 'live', audience: 'a', issuedAt: NOW, signer: keys.holder } as const
  const shown = await presentSdCwt({ credential, type: second, disclose, ...binding })
  const { claims } = parsePresentation(shown)
  expect(claims.typeVersion).toBe(2)
  const [name, picture, ...more] = readClaims(second, claims.raw)
  expect(more).toEqual([])
  expect(name).toMatchObject({ name: 'name', value: '石\u{2e1ea}' })
  expect(name).not.toHaveProperty('of')
  const { nameGlyphs } = identityOfShi.facts.claims
  expect(picture).toMatchObject({ name: 'nameGlyphs', value: nameGlyphs, of: 'name' })
})

describe('what is received', () => {
  const read = (raw: readonly (readonly [string | number, CborValue])[]): Promise<string> =>
    codeOf(() => readClaims(type, new Map(raw)))
  const bytes = bytesOf([0x3113f])

  test.each([
    [
      'CBOR: name and picture',
      'none',
      [
        [6, NAME],
        [14, bytes],
      ],
    ],
    ['CBOR: a picture alone', 'claim/format', [[14, bytes]]],
    [
      'CBOR: a picture as text',
      'claim/format',
      [
        [6, NAME],
        [14, toBase64url(bytes)],
      ],
    ],
    [
      'CBOR: of another name',
      'claim/format',
      [
        [6, '陈样例'],
        [14, bytes],
      ],
    ],
    [
      'JSON: name and picture',
      'none',
      [
        ['name', NAME],
        ['nameGlyphs', toBase64url(bytes)],
      ],
    ],
    ['JSON: a picture alone', 'claim/format', [['nameGlyphs', toBase64url(bytes)]]],
    [
      'JSON: not base64url',
      'claim/format',
      [
        ['name', NAME],
        ['nameGlyphs', '+/='],
      ],
    ],
  ] as const)('%s: %s', async (_, code, raw) => {
    expect(await read(raw)).toBe(code)
  })
})

test.each([
  ['of a claim that is not there', { of: 'nick' }],
  ['of a claim that is no text', { of: 'idNumber' }],
  ['of nothing', { of: null }],
  ['chosen by itself', { default: true }],
  ['on paper', { paper: true }],
  ['of another format', { format: 'text' }],
])('a definition with pictures %s is type/format', async (_, changes) => {
  const extension = { ...(pictures['onetrip'] as JsonObject), ...changes }
  const claim = withPictures({ ...pictures, onetrip: extension })
  expect(await codeOf(() => parseTypeDefinition(claim))).toBe('type/format')
})

function inputOf(keys: ReturnType<typeof newKeys>, codePoints: readonly number[]) {
  const base = issueInput(identityOfChen, keys)
  const nameGlyphs = toBase64url(bytesOf(codePoints))
  const claims = { ...base.facts.claims, name: NAME, nameGlyphs }
  return { ...base, type, facts: { ...base.facts, claims } }
}

function bytesOf(codePoints: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(75 * codePoints.length).fill(0xa5)
  for (const [at, code] of codePoints.entries()) {
    bytes.set([code >> 16, (code >> 8) & 0xff, code & 0xff], 75 * at)
  }
  return bytes
}

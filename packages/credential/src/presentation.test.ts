import {
  type CborKey,
  type CborMap,
  type CborValue,
  encodeCbor,
  Fault,
  type JsonObject,
  type Signer,
  signJws,
  signSign1,
  toBase64url,
} from '@onetrip/codec'
import { foodLicenceOfSample, identityOfChen } from '@onetrip/fixtures'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  issueInput,
  issueSdCwt,
  issueSdJwt,
  NOW,
  newKeys,
  seededRandom,
} from '../samples/testkit.ts'
import { decodeOuterSign1, parseCwtKeyBinding } from './kb-cwt.ts'
import { assemblePaper, buildPaper, parsePaper } from './paper.ts'
import { presentSdCwt, presentSdJwt } from './present.ts'
import { parsePresentation } from './presentation.ts'

const ed = newKeys('Ed25519')
const es = newKeys('ES256')
const cborInput = issueInput(foodLicenceOfSample, ed)
const jsonInput = issueInput(foodLicenceOfSample, es)
const binding = { mode: 'live', audience: 'onetrip:live', issuedAt: NOW } as const
const choice = { type: cborInput.type, disclose: ['items'] }

let credential: Uint8Array
let credentialText: string
let shown: Uint8Array
let shownText: string

beforeAll(async () => {
  credential = await issueSdCwt(cborInput, ed.issuer)
  credentialText = await issueSdJwt(jsonInput, es.issuer)
  shown = await presentSdCwt({ ...binding, ...choice, credential, signer: ed.holder })
  const random = seededRandom('nonce')
  shownText = await presentSdJwt({
    ...binding,
    ...choice,
    credential: credentialText,
    random,
    signer: es.holder,
  })
})

describe('each form is told apart by its typ', () => {
  test('SD-CWT with key binding', async () => {
    const { kind, issuerSigned, claims, keyBinding } = parsePresentation(shown)
    expect(kind).toBe('sd-cwt')
    expect(issuerSigned.kid).toEqual(ed.issuer.publicKey.kid)
    await issuerSigned.verify(ed.issuer.publicKey)
    await keyBinding?.verify(ed.holder.publicKey)
    expect(claims.hiddenCount).toBe(7)
    expect(keyBinding).toMatchObject({ mode: 'live', audience: 'onetrip:live', issuedAt: NOW })
    expect(keyBinding?.presentationId).toMatch(/^[0-9a-f]{64}$/)
  })

  test('SD-JWT VC with key binding', async () => {
    const { kind, issuerSigned, claims, keyBinding } = parsePresentation(shownText)
    expect(kind).toBe('sd-jwt')
    expect(issuerSigned.kid).toEqual(es.issuer.publicKey.kid)
    await issuerSigned.verify(es.issuer.publicKey)
    await keyBinding?.verify(es.holder.publicKey)
    expect(claims.hiddenCount).toBe(7)
    expect(keyBinding).toMatchObject({ mode: 'live', audience: 'onetrip:live', issuedAt: NOW })
    expect(keyBinding?.nonce).toMatch(/^[\w-]{22}$/)
  })

  test('credentials without key binding', () => {
    expect(parsePresentation(credential).keyBinding).toBeUndefined()
    expect(parsePresentation(credentialText).keyBinding).toBeUndefined()
  })

  test('paper', async () => {
    const draft = buildPaper(cborInput)
    const paper = assemblePaper(draft, await ed.issuer.sign(draft.toBeSigned))
    const { kind, issuerSigned, claims, keyBinding } = parsePresentation(paper)
    expect(kind).toBe('paper')
    await issuerSigned.verify(ed.issuer.publicKey)
    expect(claims.holderKey).toBeUndefined()
    expect(keyBinding).toBeUndefined()
    expect([...claims.raw.keys()]).toEqual([6, 7, 10, 11, 12])
  })

  test('the signature is no part of the presentation’s identity', async () => {
    const again = await presentSdJwt({
      ...binding,
      ...choice,
      credential: credentialText,
      random: seededRandom('nonce'),
      signer: es.holder,
    })
    const [a, b] = [parsePresentation(again), parsePresentation(shownText)]
    expect(again).not.toBe(shownText)
    expect(a.keyBinding?.presentationId).toBe(b.keyBinding?.presentationId)
  })

  test('a foreign kid stays as it is', async () => {
    const payload = { iss: 'https://a.example' }
    const jwt = await signJws({
      header: { typ: 'dc+sd-jwt', kid: '../../x' },
      payload,
      signer: es.issuer,
    })
    expect(await codeOf(() => parsePresentation(`${jwt}~`))).toBe('credential/format')
  })

  test.each([
    ['a URL', 'https://onetrip.example/verify?x=1~', 'jws/format'],
    ['a URL without ~', 'https://onetrip.example/verify', 'format/unsupported'],
    ['nothing', '', 'format/unsupported'],
    ['a bare JWS', 'eyJhbGciOiJFUzI1NiJ9.e30.AA', 'sd-jwt/format'],
  ])('%s', async (_name, text, code) => {
    expect(await codeOf(() => parsePresentation(text))).toBe(code)
  })

  test('a paper code that names a holder’s key, or redacts', async () => {
    const { payload } = buildPaper({ ...cborInput })
    expect(parsePaper(await paper(payload)).claims.serial).toBe(cborInput.facts.serial)
    const bound = await presentableAsPaper()
    expect(await codeOf(() => parsePaper(bound))).toBe('credential/format')
  })

  async function paper(payload: Uint8Array): Promise<Uint8Array> {
    const protectedHeader = new Map<CborKey, CborValue>([[16, 65001]])
    return signSign1({ protectedHeader, payload, signer: ed.issuer })
  }

  async function presentableAsPaper(): Promise<Uint8Array> {
    const claims = new Map<CborKey, CborValue>([[8, new Map()]])
    return paper(encodeCbor(claims))
  }
})

describe('key bindings that are refused (SD11)', () => {
  const jwtClaims = { iat: NOW, aud: 'onetrip:live', nonce: 'n', sd_hash: 'x' }

  test.each<[string, JsonObject, JsonObject, string]>([
    ['typ', { typ: 'JWT' }, jwtClaims, 'key-binding/type'],
    ['no typ', {}, jwtClaims, 'key-binding/type'],
    ['no iat', { typ: 'kb+jwt' }, { aud: 'a', nonce: 'n', sd_hash: 'x' }, 'key-binding/format'],
    ['iat as text', { typ: 'kb+jwt' }, { ...jwtClaims, iat: '1' }, 'time/format'],
    ['no aud', { typ: 'kb+jwt' }, { iat: NOW, nonce: 'n', sd_hash: 'x' }, 'key-binding/format'],
    ['aud as array', { typ: 'kb+jwt' }, { ...jwtClaims, aud: ['a'] }, 'key-binding/format'],
    ['no nonce', { typ: 'kb+jwt' }, { iat: NOW, aud: 'a', sd_hash: 'x' }, 'key-binding/format'],
    ['no sd_hash', { typ: 'kb+jwt' }, { iat: NOW, aud: 'a', nonce: 'n' }, 'key-binding/format'],
    [
      'an unknown mode',
      { typ: 'kb+jwt' },
      { ...jwtClaims, onetrip_mode: 'paper' },
      'key-binding/format',
    ],
    [
      'a purpose with a bidi control',
      { typ: 'kb+jwt' },
      { ...jwtClaims, onetrip_purpose: 'a\u202eb' },
      'key-binding/format',
    ],
    ['another hash', { typ: 'kb+jwt' }, jwtClaims, 'key-binding/sd-hash'],
  ])('KB-JWT: %s', async (_name, header, payload, code) => {
    const jwt = await signJws({ header, payload, signer: es.holder })
    const run = async (): Promise<void> =>
      parsePresentation(credentialText + jwt).keyBinding?.verify(es.holder.publicKey)
    expect(await codeOf(run)).toBe(code)
  })

  test('a disclosure taken away or added', async () => {
    const parts = shownText.split('~')
    const fewer = [parts[0], parts[2]].join('~')
    const more = [parts[0], ...credentialText.split('~').slice(1, 3), ...parts.slice(2)].join('~')
    for (const text of [fewer, more]) {
      const { keyBinding } = parsePresentation(text)
      expect(await codeOf(() => keyBinding?.verify(es.holder.publicKey))).toBe(
        'key-binding/sd-hash',
      )
    }
  })

  test.each(['Ed25519', 'ES256'] as const)('another holder’s key, %s', async (algorithm) => {
    const thief = newKeys(algorithm).holder
    const bytes = await presentSdCwt({ ...binding, ...choice, credential, signer: thief })
    const random = seededRandom('thief')
    const text = await presentSdJwt({
      ...binding,
      ...choice,
      credential: credentialText,
      random,
      signer: thief,
    })
    for (const presentation of [parsePresentation(bytes), parsePresentation(text)]) {
      const { keyBinding, claims } = presentation
      if (claims.holderKey === undefined) throw new TypeError('no holder key')
      const key = claims.holderKey
      expect(await codeOf(() => keyBinding?.verify(key))).toBe('key-binding/signature')
    }
  })

  const cwtClaims: [CborKey, CborValue][] = [
    [3, 'onetrip:live'],
    [6, NOW],
    [-65538, 2],
  ]
  const kbTyp: [CborKey, CborValue] = [16, 294]

  test.each<[string, [CborKey, CborValue][], string]>([
    ['no aud', [[6, NOW]], 'key-binding/format'],
    ['aud as bytes', [...cwtClaims, [3, new Uint8Array(1)]], 'key-binding/format'],
    ['no iat', [[3, 'a']], 'key-binding/format'],
    ['iat as text', [...cwtClaims, [6, '1']], 'time/format'],
    ['iss', [...cwtClaims, [1, 'a']], 'key-binding/format'],
    ['sub', [...cwtClaims, [2, 'a']], 'key-binding/format'],
    ['mode 4', [...cwtClaims, [-65538, 4]], 'key-binding/format'],
    ['mode as text', [...cwtClaims, [-65538, 'live']], 'key-binding/format'],
    ['cnonce as text', [...cwtClaims, [39, 'n']], 'key-binding/format'],
    [
      'a purpose with a zero-width space',
      [...cwtClaims, [-65539, 'a\u200b']],
      'key-binding/format',
    ],
  ])('KBT: %s', async (_name, claims, code) => {
    const bytes = await bind(new Map(claims))
    expect(await codeOf(() => parsePresentation(bytes))).toBe(code)
  })

  test('KBT without SD-CWT, of another typ, around a status list', async () => {
    const protectedHeader = new Map<CborKey, CborValue>([kbTyp])
    const payload = encodeCbor(new Map(cwtClaims))
    const empty = await signSign1({ protectedHeader, payload, signer: ed.holder })
    expect(await codeOf(() => parsePresentation(empty))).toBe('key-binding/format')
    const sign1 = { ...parseCwtInput(), protectedHeader: new Map([[16, 293]]) }
    expect(await codeOf(() => parseCwtKeyBinding(sign1))).toBe('key-binding/type')
  })

  async function bind(claims: CborMap): Promise<Uint8Array> {
    const outer = decodeOuterSign1(shown)
    const protectedHeader = new Map<CborKey, CborValue>([
      kbTyp,
      [13, outer.protectedHeader.get(13) ?? null],
    ])
    return signSign1({ protectedHeader, payload: encodeCbor(claims), signer: ed.holder })
  }

  function parseCwtInput(): Parameters<typeof parseCwtKeyBinding>[0] {
    const empty = new Uint8Array(0)
    const header = new Map()
    const parts = { protectedBytes: empty, payload: empty, signature: empty }
    return { ...parts, protectedHeader: header, unprotectedHeader: header, algorithm: 'Ed25519' }
  }
})

describe('hostile bytes (CB16)', () => {
  test('no flipped bit and no truncation passes both signatures', async () => {
    for (let index = 0; index < shown.length; index++) {
      const flipped = shown.slice()
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (index % 8))
      expect(await passes(flipped, ed.issuer, ed.holder)).toBe(false)
      expect(await passes(shown.slice(0, index), ed.issuer, ed.holder)).toBe(false)
    }
  })

  test('no changed character passes both signatures', async () => {
    for (let index = 0; index < shownText.length; index += 3) {
      const other = shownText[index] === 'A' ? 'B' : 'A'
      const changed = shownText.slice(0, index) + other + shownText.slice(index + 1)
      expect(await passes(changed, es.issuer, es.holder)).toBe(false)
    }
  })

  test('any input parses or is refused with a code', async () => {
    const input = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.base64String())
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        expect(await codeOf(() => parsePresentation(given))).not.toBe('')
      }),
    )
  })

  test('an identity licence keeps what is hidden out of the code', async () => {
    const own = issueInput(identityOfChen, ed)
    const bytes = await presentSdCwt({
      ...binding,
      credential: await issueSdCwt(own, ed.issuer),
      type: own.type,
      disclose: ['name'],
      signer: ed.holder,
    })
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain('陈样例')
    for (const value of ['33999919010101001X', '样例路']) expect(text).not.toContain(value)
    expect(toBase64url(bytes).length).toBeGreaterThan(100)
  })
})

async function passes(
  input: Uint8Array | string,
  issuer: Signer,
  holder: Signer,
): Promise<boolean> {
  try {
    const { issuerSigned, keyBinding, claims } = parsePresentation(input)
    await issuerSigned.verify(issuer.publicKey)
    if (keyBinding === undefined || claims.holderKey === undefined) return false
    await keyBinding.verify(holder.publicKey)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

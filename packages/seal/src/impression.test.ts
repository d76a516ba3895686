import {
  type CborValue,
  decodeSign1,
  encodeCbor,
  encodeJson,
  isMap,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  signJws,
  signSign1,
  toBase64url,
  utf8Encode,
  verifyJws,
  verifySign1,
} from '@onetrip/codec'
import {
  assembleCounterCertificate,
  buildCounterCertificate,
  parseCounterCertificate,
} from '@onetrip/credential'
import { describe, expect, test } from 'vitest'
import {
  flipBit,
  impressionBytes,
  impressionFacts,
  KEEPER,
  LETTER_FACTS,
  sealBytes,
} from '../samples/sample-seals.ts'
import {
  buildImpression,
  MAX_IMPRESSION_BYTES,
  parseImpression,
  sameImpression,
} from './impression.ts'
import { type ImpressionFacts, isApprovalId, isMediaType, isPurpose } from './impression-facts.ts'
import {
  buildImpressionJws,
  MAX_IMPRESSION_CHARACTERS,
  parseImpressionJws,
} from './impression-jws.ts'
import { CLAIM, HEADER, JOSE_TYP, SHA_256, TYP } from './labels.ts'
import { parseSealJws } from './seal-jws.ts'
import { parseSeal } from './seal-statement.ts'

const seal = await sealBytes()
const FACTS = impressionFacts(seal)
const impression = await impressionBytes(FACTS)
const digestOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)

describe('what an impression may say', () => {
  test.each([
    ['application/pdf', true],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', true],
    ['text/plain; charset=utf-8', false],
    ['Text/plain', false],
    ['text', false],
    ['text/', false],
    [`text/${'a'.repeat(97)}`, false],
  ])('media type %s: %s', (text, expected) => expect(isMediaType(text)).toBe(expected))

  test.each([
    ['出具样例事项的函', true],
    ['', false],
    ['函 ', false],
    ['函\n', false],
    ['函'.repeat(200), true],
    ['函'.repeat(201), false],
  ])('purpose %j: %s', (text, expected) => expect(isPurpose(text)).toBe(expected))

  test.each([
    ['a-B_9', true],
    ['', false],
    ['a b', false],
    ['a'.repeat(65), false],
  ])('approval %j: %s', (text, expected) => expect(isApprovalId(text)).toBe(expected))
})

describe('an impression in both forms', () => {
  test('states what was ordered, under the keys of the seal', async () => {
    const cose = parseImpression(impression.cose)
    const jws = parseImpressionJws(impression.jws)
    expect(cose.facts).toEqual(FACTS)
    expect(jws.facts).toEqual(FACTS)
    await expect(verifySign1(cose.sign1, KEEPER.cose.publicKey)).resolves.toBeUndefined()
    await expect(verifyJws(jws.jws, KEEPER.jws.publicKey)).resolves.toBeUndefined()
  })

  test('is a COSE Hash Envelope: the digest is the payload, its hash and the file’s type are protected', () => {
    const { protectedHeader, unprotectedHeader, payload } = decodeSign1(impression.cose)
    expect(payload).toEqual(LETTER_FACTS.sha256)
    expect(protectedHeader.get(258)).toBe(-16)
    expect(protectedHeader.get(259)).toBe('text/plain')
    expect(isMap(protectedHeader.get(15))).toBe(true)
    expect(unprotectedHeader.size).toBe(0)
  })

  test('covers earlier ones, or says nothing of any', async () => {
    const covers = [digestOf(2), digestOf(1)]
    const bytes = await impressionBytes({ ...FACTS, covers })
    expect(parseImpression(bytes.cose).facts.covers).toEqual(covers)
    expect(parseImpressionJws(bytes.jws).facts.covers).toEqual(covers)
  })

  test('is within its limits with everything at its largest', async () => {
    const facts: ImpressionFacts = {
      ...FACTS,
      file: {
        ...FACTS.file,
        length: Number.MAX_SAFE_INTEGER,
        mediaType: `${'a'.repeat(64)}/${'a'.repeat(96)}`,
      },
      purpose: '𠀀'.repeat(200),
      approval: 'a'.repeat(64),
      issuedAt: 253_402_300_799,
      covers: Array.from({ length: 15 }, (_, index) => digestOf(index)),
    }
    const { cose, jws } = await impressionBytes(facts)
    expect(sameImpression(parseImpression(cose).facts, parseImpressionJws(jws).facts)).toBe(true)
    expect(cose.length).toBeGreaterThan(MAX_IMPRESSION_BYTES * 0.85)
    expect(jws.length).toBeGreaterThan(MAX_IMPRESSION_CHARACTERS * 0.85)
  })

  const file = FACTS.file
  test.each<readonly [string, Partial<ImpressionFacts>]>([
    ['digest', { file: { ...file, sha256: digestOf(1) } }],
    ['length', { file: { ...file, length: 1 } }],
    ['media type', { file: { ...file, mediaType: 'text/html' } }],
    ['maker', { seal: { ...FACTS.seal, maker: '11339901XYN000014M' } }],
    ['seal', { seal: { ...FACTS.seal, id: '33990100000018' } }],
    ['seal bytes', { seal: { ...FACTS.seal, sha256: digestOf(1) } }],
    ['appearance', { appearance: digestOf(1) }],
    ['purpose', { purpose: '别的' }],
    ['time', { issuedAt: 1 }],
    ['approval', { approval: 'x' }],
    ['covers', { covers: [digestOf(1)] }],
  ])('differs when its %s does', (_name, changes) => {
    expect(sameImpression(FACTS, { ...FACTS })).toBe(true)
    expect(sameImpression(FACTS, { ...FACTS, ...changes })).toBe(false)
  })
})

describe('no impression is built', () => {
  const { file } = FACTS
  test.each<readonly [string, Partial<ImpressionFacts>]>([
    ['with a short digest', { file: { ...file, sha256: new Uint8Array(31) } }],
    ['with a negative length', { file: { ...file, length: -1 } }],
    ['with a media type with parameters', { file: { ...file, mediaType: 'text/plain;a=b' } }],
    ['under a seal of nobody', { seal: { ...FACTS.seal, maker: 'x' } }],
    ['under no seal', { seal: { ...FACTS.seal, id: '' } }],
    ['with a long appearance', { appearance: new Uint8Array(33) }],
    ['for no purpose', { purpose: '' }],
    ['without approval', { approval: '' }],
    ['at half a second', { issuedAt: 0.5 }],
    ['that covers one twice', { covers: [digestOf(1), digestOf(1)] }],
    ['that covers sixteen', { covers: Array.from({ length: 16 }, (_, at) => digestOf(at)) }],
  ])('%s', (_name, changes) => {
    const { kid, algorithm } = KEEPER.cose.publicKey
    const input = { facts: { ...FACTS, ...changes }, kid, algorithm }
    expect(() => buildImpression(input)).toThrow(TypeError)
    expect(() => buildImpressionJws(input)).toThrow(TypeError)
  })
})

describe('a signed impression of a wrong form is refused', () => {
  test.each<readonly [string, ReadonlyMap<number, CborValue>, string]>([
    ['another type', header().set(HEADER.typ, TYP.seal), 'seal/wrong-type'],
    ['another hash', header().set(HEADER.payloadHashAlg, -44), 'seal/format'],
    ['a number as file type', header().set(HEADER.preimageContentType, 0), 'seal/format'],
    ['a further header', header().set(260, 'https://x.example'), 'seal/format'],
    ['no claims', header().set(HEADER.cwtClaims, 1), 'seal/format'],
    ['a further claim', claims(CLAIM.iss, 'x'), 'seal/format'],
    ['an empty list of what it covers', claims(CLAIM.covers, []), 'seal/format'],
    ['a text that it covers', claims(CLAIM.covers, ['x']), 'seal/format'],
    ['a purpose of bytes', claims(CLAIM.purpose, Uint8Array.of(1)), 'seal/format'],
    ['a purpose that turns text round', claims(CLAIM.purpose, '\u202e'), 'seal/format'],
    ['a seal of text', claims(CLAIM.seal, 'x'), 'seal/format'],
    ['a length of text', claims(CLAIM.fileLength, '1'), 'seal/format'],
    ['a time in text', claims(CLAIM.iat, '1'), 'time/format'],
  ])('COSE: %s', async (_name, protectedHeader, code) => {
    const { payload } = decodeSign1(impression.cose)
    const bytes = await signSign1({ protectedHeader, payload, signer: KEEPER.cose })
    expect(() => parseImpression(bytes)).toThrow(expect.objectContaining({ code }))
  })

  test('COSE: a payload that is no SHA-256', async () => {
    const payload = encodeCbor('x')
    const bytes = await signSign1({ protectedHeader: header(), payload, signer: KEEPER.cose })
    expect(() => parseImpression(bytes)).toThrow(expect.objectContaining({ code: 'seal/format' }))
  })

  test.each<readonly [string, JsonValue, string]>([
    ['no object', [1], 'seal/format'],
    ['a further member', { ...json(), more: 1 }, 'seal/format'],
    ['a file of text', { ...json(), file: 'x' }, 'seal/format'],
    ['a long digest', { ...json(), appearance: 'A'.repeat(44) }, 'seal/format'],
    ['covers of text', { ...json(), covers: 'x' }, 'seal/format'],
    ['an empty list of what it covers', { ...json(), covers: [] }, 'seal/format'],
    ['a padded digest', { ...json(), appearance: 'AA==' }, 'encoding/base64url'],
    ['a time in text', { ...json(), iat: '1' }, 'time/format'],
  ])('JWS: %s', async (_name, payload, code) => {
    const header = { typ: JOSE_TYP.impression, kid: toBase64url(KEEPER.jws.publicKey.kid) }
    const bytes = utf8Encode(encodeJson(payload))
    const text = await signJws({ header, payload: bytes, signer: KEEPER.jws })
    expect(() => parseImpressionJws(text)).toThrow(expect.objectContaining({ code }))
  })

  test('too large', () => {
    const code = 'seal/format'
    const bytes = new Uint8Array(MAX_IMPRESSION_BYTES + 1)
    expect(() => parseImpression(bytes)).toThrow(expect.objectContaining({ code }))
    const text = 'a'.repeat(MAX_IMPRESSION_CHARACTERS + 1)
    expect(() => parseImpressionJws(text)).toThrow(expect.objectContaining({ code }))
  })

  test('a seal is no impression, and an impression no seal', () => {
    const error = expect.objectContaining({ code: 'seal/wrong-type' })
    expect(() => parseImpression(seal.cose)).toThrow(error)
    expect(() => parseImpressionJws(seal.jws)).toThrow(error)
    expect(() => parseSeal(impression.cose)).toThrow(error)
    expect(() => parseSealJws(impression.jws)).toThrow(error)
  })
})

test('a counter certificate is neither, and neither is one (threat T22)', async () => {
  const { kid, algorithm } = KEEPER.cose.publicKey
  const draft = buildCounterCertificate({
    office: '12339901XYN0000570',
    device: { number: '3', name: '三号窗口', key: KEEPER.cose.publicKey },
    matters: [],
    issuedAt: FACTS.issuedAt,
    expiresAt: FACTS.issuedAt + 60,
    kid,
    algorithm,
  })
  const signature = await KEEPER.cose.sign(draft.toBeSigned)
  const certificate = assembleCounterCertificate(draft, signature)
  const error = expect.objectContaining({ code: 'seal/wrong-type' })
  expect(() => parseSeal(certificate)).toThrow(error)
  expect(() => parseImpression(certificate)).toThrow(error)
  for (const bytes of [seal.cose, impression.cose]) {
    expect(() => parseCounterCertificate(bytes)).toThrow(
      expect.objectContaining({ code: 'counter/wrong-type' }),
    )
  }
})

test('no bit of an impression can be turned', async () => {
  const { cose, jws } = impression
  for (let bit = 0; bit < cose.length * 8; bit++) {
    const verified = verifyCose(flipBit(cose, bit))
    await expect(verified).rejects.toThrow()
  }
  const text = utf8Encode(jws)
  for (let bit = 0; bit < text.length * 8; bit += 3) {
    const flipped = new TextDecoder('latin1').decode(flipBit(text, bit))
    await expect(verifyText(flipped)).rejects.toThrow()
  }
})

async function verifyCose(bytes: Uint8Array): Promise<void> {
  await verifySign1(parseImpression(bytes).sign1, KEEPER.cose.publicKey)
}

async function verifyText(text: string): Promise<void> {
  await verifyJws(parseImpressionJws(text).jws, KEEPER.jws.publicKey)
}

/** The protected header of the sample without `alg`, which signing adds. */
function header(): Map<number, CborValue> {
  const { protectedHeader } = decodeSign1(impression.cose)
  const entries = [...protectedHeader].map(([label, value]) => [Number(label), value] as const)
  return new Map(entries.filter(([label]) => label !== HEADER.alg))
}

function claims(key: number, value: CborValue): ReadonlyMap<number, CborValue> {
  const map = header().get(HEADER.cwtClaims)
  if (!isMap(map)) throw new TypeError('no claims')
  expect(header().get(HEADER.payloadHashAlg)).toBe(SHA_256)
  return header().set(HEADER.cwtClaims, new Map(map).set(key, value))
}

function json(): JsonObject {
  const decoded = parseJson(parseImpressionJws(impression.jws).jws.payload)
  if (!isObject(decoded)) throw new TypeError('no object')
  return decoded
}

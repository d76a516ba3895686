import {
  type CborValue,
  decodeCbor,
  encodeCbor,
  encodeJson,
  isMap,
  isObject,
  parseJson,
  publicKeyFromRaw,
  signJws,
  signSign1,
  toBase64url,
  utf8Encode,
  verifyJws,
  verifySign1,
} from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  flipBit,
  KEEPER,
  MAKER,
  newKeys,
  STRANGER,
  sealBytes,
  sealFacts,
} from '../samples/sample-seals.ts'
import { CLAIM, HEADER, JOSE_TYP, TYP } from './labels.ts'
import { isSealId, isSealKind, isSealName, orderKeys, type SealFacts } from './seal-facts.ts'
import { buildSealJws, MAX_SEAL_CHARACTERS, parseSealJws } from './seal-jws.ts'
import { buildSeal, MAX_SEAL_BYTES, parseSeal, sameSeal } from './seal-statement.ts'

const seal = await sealBytes()
const LARGEST: SealFacts = sealFacts({
  validTo: 253_402_300_799,
  name: '𠀀'.repeat(60),
  owner: { name: '𠀀'.repeat(60), uscc: sealFacts().owner.uscc },
  keys: newKeys('ES256', 8),
  status: { uri: `https://${'"'.repeat(504)}`, index: Number.MAX_SAFE_INTEGER },
})

describe('what a seal may be called', () => {
  test.each([
    ['33990100000017', true],
    ['03990100000017', false],
    ['3399010000001', false],
    ['339901000000170', false],
    ['3399010000001７', false],
    ['3399010000001A', false],
  ])('identifier %s: %s', (text, expected) => expect(isSealId(text)).toBe(expected))

  test.each([
    ['01', true],
    ['05', true],
    ['99', true],
    ['06', false],
    ['1', false],
    ['toString', false],
  ])('kind %s: %s', (text, expected) => expect(isSealKind(text)).toBe(expected))

  test.each([
    ['虚构市', true],
    ['', false],
    [' 虚构市', false],
    ['虚\u202e构', false],
    ['市'.repeat(60), true],
    ['市'.repeat(61), false],
  ])('name %s: %s', (text, expected) => expect(isSealName(text)).toBe(expected))
})

describe('a seal in both forms', () => {
  test('states what was ordered, keys in their one order, under the keys of the maker', async () => {
    const cose = parseSeal(seal.cose)
    const jws = parseSealJws(seal.jws)
    const expected = { ...sealFacts(), keys: orderKeys(sealFacts().keys) }
    expect(cose.facts).toEqual(expected)
    expect(jws.facts).toEqual(expected)
    expect(sameSeal(cose.facts, jws.facts)).toBe(true)
    expect([cose.kid, jws.kid]).toEqual([MAKER.cose.publicKey.kid, MAKER.jws.publicKey.kid])
    await expect(verifySign1(cose.sign1, MAKER.cose.publicKey)).resolves.toBeUndefined()
    await expect(verifyJws(jws.jws, MAKER.jws.publicKey)).resolves.toBeUndefined()
  })

  test('is within its limits with everything at its largest', async () => {
    const { cose, jws } = await sealBytes(LARGEST)
    expect(sameSeal(parseSeal(cose).facts, parseSealJws(jws).facts)).toBe(true)
    expect(cose.length).toBeGreaterThan(MAX_SEAL_BYTES * 0.8)
    expect(jws.length).toBeGreaterThan(MAX_SEAL_CHARACTERS * 0.8)
  })

  test('differs when any fact does', () => {
    const changed = CHANGES.filter(([, changes]) => !sameSeal(sealFacts(), sealFacts(changes)))
    expect(changed.map(([name]) => name)).toEqual(CHANGES.map(([name]) => name))
  })
})

const { image, owner, status } = sealFacts()
const CHANGES: readonly (readonly [string, Partial<SealFacts>])[] = [
  ['maker', { maker: owner.uscc }],
  ['identifier', { id: '33990100000018' }],
  ['time of issue', { issuedAt: 1 }],
  ['begin', { validFrom: 1 }],
  ['end', { validTo: 253_402_300_799 }],
  ['name', { name: '虚构市云栖区市场监督管理局' }],
  ['kind', { kind: '01' }],
  ['owner', { owner: { ...owner, name: '虚构市' } }],
  ['image', { image: { ...image, sha256: new Uint8Array(32) } }],
  ['image type', { image: { ...image, mediaType: 'image/png' } }],
  ['width', { image: { ...image, widthMm: 40 } }],
  ['keys', { keys: [KEEPER.cose.publicKey] }],
  ['status', { status: { ...status, index: 18 } }],
]

const FORBIDDEN: readonly (readonly [string, Partial<SealFacts>])[] = [
  ['a maker without a code', { maker: '91339901MAXYN0775E' }],
  ['an identifier of 13 digits', { id: '3399010000001' }],
  ['an end before the begin', { validTo: sealFacts().validFrom }],
  ['an end before the issue', { issuedAt: sealFacts().validTo }],
  ['half a second', { validFrom: 1.5 }],
  ['a negative time', { issuedAt: -1 }],
  ['a name that turns text round', { name: '虚\u202e构' }],
  ['a nameless owner', { owner: { ...owner, name: '' } }],
  ['an owner without a code', { owner: { ...owner, uscc: '' } }],
  ['a short digest', { image: { ...image, sha256: new Uint8Array(31) } }],
  ['an image too small', { image: { ...image, widthMm: 9 } }],
  ['an image too large', { image: { ...image, heightMm: 61 } }],
  ['no key', { keys: [] }],
  ['nine keys', { keys: newKeys('Ed25519', 9) }],
  ['one key twice', { keys: [KEEPER.cose.publicKey, KEEPER.cose.publicKey] }],
  ['a key of P-384', { keys: [publicKeyFromRaw('ES384', p384Generator())] }],
  ['a status without address', { status: { uri: '/s/1', index: 1 } }],
  ['a negative status', { status: { ...status, index: -1 } }],
]

describe('no seal is built', () => {
  test.each(FORBIDDEN)('with %s', (_name, changes) => {
    const input = { facts: sealFacts(changes), ...keyNames() }
    expect(() => buildSeal(input)).toThrow(TypeError)
    expect(() => buildSealJws(input)).toThrow(TypeError)
  })
})

describe('a signed seal of a wrong form is refused', () => {
  const text = utf8Encode('x')
  test.each<readonly [string, CborValue, string]>([
    ['no map', [1], 'seal/format'],
    ['a further claim', claims().set(-65_600, 1), 'seal/format'],
    ['no name', without(CLAIM.sealName), 'seal/format'],
    ['a name of bytes', claims().set(CLAIM.sealName, text), 'seal/format'],
    ['a kind not known', claims().set(CLAIM.sealKind, '06'), 'seal/format'],
    ['an owner of text', claims().set(CLAIM.sealOwner, 'x'), 'seal/format'],
    ['an image not known', imageWith(2, 'image/gif'), 'seal/format'],
    ['an image without digest', imageWith(1, 'x'), 'seal/format'],
    ['a width of text', imageWith(3, '42'), 'seal/format'],
    ['a width of a mile', imageWith(3, 1_609_344), 'seal/format'],
    ['keys out of order', claims().set(CLAIM.sealKeys, keysReversed()), 'seal/format'],
    ['a key of text', claims().set(CLAIM.sealKeys, ['x']), 'seal/format'],
    ['keys of text', claims().set(CLAIM.sealKeys, 'x'), 'seal/format'],
    ['an empty key', claims().set(CLAIM.sealKeys, [new Map()]), 'key/format'],
    ['a time in text', claims().set(CLAIM.iat, '1'), 'time/format'],
    ['no status', claims().set(CLAIM.status, new Map()), 'status/format'],
  ])('COSE: %s', async (_name, payload, code) => {
    const bytes = await signedSeal(encodeCbor(payload))
    expect(() => parseSeal(bytes)).toThrow(expect.objectContaining({ code }))
  })

  test.each<readonly [string, unknown, string]>([
    ['no object', [1], 'seal/format'],
    ['a further claim', { ...json(), more: 1 }, 'seal/format'],
    ['a name of a number', { ...json(), name: 1 }, 'seal/format'],
    ['an owner of text', { ...json(), owner: 'x' }, 'seal/format'],
    ['a maker unknown to the rules', { ...json(), iss: 'x' }, 'seal/format'],
    ['keys of text', { ...json(), keys: 'x' }, 'seal/format'],
    ['a key of text', { ...json(), keys: ['x'] }, 'seal/format'],
    ['an image with more in it', { ...json(), image: { ...imageJson(), dpi: 1 } }, 'seal/format'],
    ['a height of text', { ...json(), image: { ...imageJson(), heightMm: '1' } }, 'seal/format'],
    [
      'a padded digest',
      { ...json(), image: { ...imageJson(), sha256: 'A=' } },
      'encoding/base64url',
    ],
    ['a private key', { ...json(), keys: [{ ...keyJson(), d: 'AA' }] }, 'key/format'],
    ['a time in text', { ...json(), exp: '1' }, 'time/format'],
    ['a status of text', { ...json(), status: 'x' }, 'status/format'],
  ])('JWS: %s', async (_name, payload, code) => {
    const jws = await signedJws(utf8Encode(JSON.stringify(payload)))
    expect(() => parseSealJws(jws)).toThrow(expect.objectContaining({ code }))
  })

  test('JWS: members in another order, or white space', async () => {
    const { iss, ...rest } = json()
    const turned = await signedJws(utf8Encode(encodeJson({ ...rest, iss: iss ?? null })))
    const wide = await signedJws(utf8Encode(JSON.stringify(json(), null, 1)))
    for (const text of [turned, wide]) {
      expect(() => parseSealJws(text)).toThrow(expect.objectContaining({ code: 'seal/format' }))
    }
  })

  test('a wrong typ, a further header, a kid of another length, something unprotected', async () => {
    const { payload } = parseSeal(seal.cose).sign1
    const { kid } = MAKER.cose.publicKey
    const wrong = await signedSeal(
      payload,
      new Map<number, CborValue>([
        [HEADER.kid, kid],
        [HEADER.typ, 65001],
      ]),
    )
    expect(() => parseSeal(wrong)).toThrow(expect.objectContaining({ code: 'seal/wrong-type' }))
    const headers = [
      new Map<number, CborValue>([
        [HEADER.kid, kid],
        [HEADER.typ, TYP.seal],
        [3, 0],
      ]),
      new Map<number, CborValue>([
        [HEADER.kid, kid.subarray(1)],
        [HEADER.typ, TYP.seal],
      ]),
      new Map<number, CborValue>([[HEADER.typ, TYP.seal]]),
    ]
    for (const header of headers) {
      const bytes = await signedSeal(payload, header)
      expect(() => parseSeal(bytes)).toThrow(expect.objectContaining({ code: 'seal/format' }))
    }
    const open = await signedSeal(payload, undefined, new Map([[99, 1]]))
    expect(() => parseSeal(open)).toThrow(expect.objectContaining({ code: 'seal/format' }))
    const payloadText = utf8Encode(encodeJson(json()))
    const named = { typ: JOSE_TYP.seal, kid: toBase64url(kid) }
    const jwsHeaders = [{ ...named, jwk: {} }, { ...named, kid: 'AA' }, { typ: JOSE_TYP.seal }]
    for (const header of jwsHeaders) {
      const text = await signedJws(payloadText, header)
      expect(() => parseSealJws(text)).toThrow(expect.objectContaining({ code: 'seal/format' }))
    }
    const other = await signedJws(payloadText, { ...named, typ: 'JWT' })
    expect(() => parseSealJws(other)).toThrow(expect.objectContaining({ code: 'seal/wrong-type' }))
  })

  test('too large', () => {
    const bytes = new Uint8Array(MAX_SEAL_BYTES + 1)
    expect(() => parseSeal(bytes)).toThrow(expect.objectContaining({ code: 'seal/format' }))
    const text = 'a'.repeat(MAX_SEAL_CHARACTERS + 1)
    expect(() => parseSealJws(text)).toThrow(expect.objectContaining({ code: 'seal/format' }))
  })
})

test('no bit of a seal can be turned', async () => {
  const facts = sealFacts({ keys: [KEEPER.cose.publicKey] })
  const { cose, jws } = await sealBytes(facts)
  for (let bit = 0; bit < cose.length * 8; bit++) {
    await expect(verifyCose(flipBit(cose, bit), MAKER.cose)).rejects.toThrow()
  }
  const text = utf8Encode(jws)
  for (let bit = 0; bit < text.length * 8; bit += 3) {
    const flipped = new TextDecoder('latin1').decode(flipBit(text, bit))
    await expect(verifyText(flipped, MAKER.jws)).rejects.toThrow()
  }
})

test('a stranger signs in vain', async () => {
  const { cose, jws } = await sealBytes(sealFacts(), { signers: STRANGER })
  const code = 'signature/invalid'
  await expect(verifyCose(cose, MAKER.cose)).rejects.toMatchObject({ code })
  await expect(verifyText(jws, MAKER.jws)).rejects.toMatchObject({ code })
})

async function verifyCose(bytes: Uint8Array, { publicKey }: typeof MAKER.cose): Promise<void> {
  await verifySign1(parseSeal(bytes).sign1, publicKey)
}

async function verifyText(text: string, { publicKey }: typeof MAKER.jws): Promise<void> {
  await verifyJws(parseSealJws(text).jws, publicKey)
}

function keyNames() {
  const { kid, algorithm } = MAKER.cose.publicKey
  return { kid, algorithm }
}

function claims(): Map<number, CborValue> {
  const decoded = decodeCbor(parseSeal(seal.cose).sign1.payload)
  if (!isMap(decoded)) throw new TypeError('no map')
  return new Map([...decoded].map(([key, value]) => [Number(key), value]))
}

function without(key: number): CborValue {
  const map = claims()
  map.delete(key)
  return map
}

function imageWith(key: number, value: CborValue): CborValue {
  const map = claims().get(CLAIM.sealImage)
  if (!isMap(map)) throw new TypeError('no image')
  return claims().set(CLAIM.sealImage, new Map(map).set(key, value))
}

function keysReversed(): CborValue {
  const keys = claims().get(CLAIM.sealKeys)
  return Array.isArray(keys) ? keys.toReversed() : null
}

function json() {
  const decoded = parseJson(parseSealJws(seal.jws).jws.payload)
  if (!isObject(decoded)) throw new TypeError('no object')
  return decoded
}

function imageJson() {
  const member = json()['image']
  return isObject(member) ? member : {}
}

function keyJson() {
  const keys = json()['keys']
  const first = Array.isArray(keys) ? keys[0] : undefined
  return isObject(first) ? first : {}
}

function signedSeal(
  payload: Uint8Array,
  protectedHeader: ReadonlyMap<number, CborValue> = new Map<number, CborValue>([
    [HEADER.kid, MAKER.cose.publicKey.kid],
    [HEADER.typ, TYP.seal],
  ]),
  unprotectedHeader: ReadonlyMap<number, CborValue> = new Map(),
): Promise<Uint8Array> {
  return signSign1({ protectedHeader, unprotectedHeader, payload, signer: MAKER.cose })
}

function signedJws(payload: Uint8Array, header?: Parameters<typeof signJws>[0]['header']) {
  const named = { typ: JOSE_TYP.seal, kid: toBase64url(MAKER.jws.publicKey.kid) }
  return signJws({ header: header ?? named, payload, signer: MAKER.jws })
}

/** The generator of P-384 (SEC 2 §2.5.1). */
function p384Generator(): Uint8Array {
  const x =
    'aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7'
  const y =
    '3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f'
  return Uint8Array.from(Buffer.from(`04${x}${y}`, 'hex'))
}

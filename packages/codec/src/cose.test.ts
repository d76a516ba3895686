import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signerFromPrivateJwk } from '#platform'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { ANY_KEY_ORDER, decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import { type CborKey, type CborMap, CborTag, type CborValue } from './cbor-value.ts'
import {
  buildSign1,
  decodeSign1,
  encodeSign1,
  sign1FromValue,
  signSign1,
  sigStructure,
  verifySign1,
} from './cose.ts'
import { publicKeyFromRaw } from './keys.ts'
import { RFC7515_JWK, RFC8037_JWK } from './rfc-sample-keys.ts'

const ed25519 = signerFromPrivateJwk(RFC8037_JWK)
const es256 = signerFromPrivateJwk(RFC7515_JWK)
const payload = fromHex('a10163666f6f')
const kid = ed25519.publicKey.kid
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

describe('signing and verifying', () => {
  test.each([ed25519, es256])('what is signed verifies: $publicKey.algorithm', async (signer) => {
    const bytes = await signSign1({
      protectedHeader: header([4, kid]),
      unprotectedHeader: header([17, [payload]]),
      payload,
      signer,
    })
    const sign1 = decodeSign1(bytes)
    await verifySign1(sign1, signer.publicKey)
    expect(sign1.kid).toEqual(kid)
    expect(sign1.payload).toEqual(payload)
    expect(sign1.algorithm).toBe(signer.publicKey.algorithm)
    expect(encodeSign1(sign1)).toEqual(bytes)
    expect(encodeCbor(decodeCbor(bytes, { tags: [18] }))).toEqual(bytes)
  })

  test('we write the fully specified identifiers of RFC 9864, -19 and -9', () => {
    const empty = { protectedHeader: new Map(), payload }
    expect(toHex(buildSign1({ ...empty, algorithm: 'Ed25519' }).protectedBytes)).toBe('a10132')
    expect(toHex(buildSign1({ ...empty, algorithm: 'ES256' }).protectedBytes)).toBe('a10128')
    expect(() => buildSign1({ ...empty, algorithm: 'ES384' })).toThrow(
      code('algorithm/not-allowed'),
    )
    const draft = { ...empty, protectedHeader: header([1, -7]) }
    expect(() => buildSign1({ ...draft, algorithm: 'Ed25519' })).toThrow(TypeError)
  })

  test.each([
    [-8, ed25519],
    [-7, es256],
  ])('the older identifier %d verifies too', async (id, signer) => {
    await verifySign1(decodeSign1(await forge({ alg: id, signer })), signer.publicKey)
  })

  test('the payload may be of any length', async () => {
    for (const length of [0, 23, 24, 255, 256, 65_000]) {
      const parts = { protectedHeader: header([4, kid]), payload: new Uint8Array(length) }
      const sign1 = decodeSign1(await signSign1({ ...parts, signer: ed25519 }))
      await verifySign1(sign1, ed25519.publicKey)
      const structure = ['Signature1', sign1.protectedBytes, new Uint8Array(0), parts.payload]
      expect(sigStructure(sign1)).toEqual(encodeCbor(structure))
    }
    const large = { protectedBytes: new Uint8Array(0), payload: new Uint8Array(70_000) }
    const structure = ['Signature1', large.protectedBytes, new Uint8Array(0), large.payload]
    expect(sigStructure(large)).toEqual(encodeCbor(structure))
  })

  test('external_aad is covered', async () => {
    const externalAad = fromHex('11aa')
    const protectedBytes = encodeCbor(header([1, -19]))
    const signature = await ed25519.sign(sigStructure({ protectedBytes, payload, externalAad }))
    const sign1 = decodeSign1(encodeSign1({ protectedBytes, payload, signature }))
    await verifySign1(sign1, ed25519.publicKey, externalAad)
    await rejects(verifySign1(sign1, ed25519.publicKey), 'signature/invalid')
  })

  test('bytes are verified as received: a header in another order than ours', async () => {
    const protectedBytes = concatBytes(fromHex('a20448'), kid, fromHex('0132'))
    const signature = await ed25519.sign(sigStructure({ protectedBytes, payload }))
    const bytes = encodeSign1({ protectedBytes, payload, signature })
    expect(() => decodeSign1(bytes)).toThrow(code('cbor/not-canonical'))
    await verifySign1(decodeSign1(bytes, { [ANY_KEY_ORDER]: true }), ed25519.publicKey)
  })

  test('a COSE_Sign1 that stands in the header of another', async () => {
    const inner = decodeCbor(await forge({ alg: -19 }), { tags: [18] })
    const outer = await signSign1({ protectedHeader: header([13, inner]), payload, signer: es256 })
    expect(() => decodeSign1(outer)).toThrow(code('cbor/tag-not-allowed'))
    const sign1 = decodeSign1(outer, { tags: [18] })
    await verifySign1(sign1, es256.publicKey)
    const nested = sign1FromValue(sign1.protectedHeader.get(13) ?? null)
    await verifySign1(nested, ed25519.publicKey)
  })
})

describe('bad input', () => {
  test.each<[string, Forgery, string]>([
    ['CO01 alg unprotected only', { unprotected: header([1, -19]) }, 'cose/algorithm-unprotected'],
    ['no alg at all', {}, 'cose/algorithm-missing'],
    ['CO02 HMAC', { alg: 5 }, 'algorithm/not-allowed'],
    ['alg as text', { alg: 'EdDSA' }, 'algorithm/not-allowed'],
    ['Ed448', { alg: -53 }, 'algorithm/not-allowed'],
    ['ES512', { alg: -36 }, 'algorithm/not-allowed'],
    ['CO04 crit', { alg: -19, more: [[2, [99]]] }, 'cose/critical-header'],
    ['crit unprotected', { alg: -19, unprotected: header([2, [99]]) }, 'cose/critical-header'],
    ['alg in both', { alg: -19, unprotected: header([1, -19]) }, 'cose/duplicate-header'],
    [
      'kid in both',
      { alg: -19, more: [[4, kid]], unprotected: header([4, kid]) },
      'cose/duplicate-header',
    ],
    ['kid as text', { alg: -19, more: [[4, 'x']] }, 'cose/wrong-type'],
    ['CO06 detached', { alg: -19, payload: null }, 'cose/no-payload'],
    ['CO09 payload as typed array', { alg: -19, payload: new CborTag(64, payload) }, TAG],
    ['payload as text', { alg: -19, payload: 'x' }, 'cose/wrong-type'],
    ['signature as array', { alg: -19, signature: [] }, 'cose/wrong-type'],
    ['protected header as map', { protectedItem: header([1, -19]) }, 'cose/wrong-type'],
    ['protected header holding an array', { protectedItem: fromHex('80') }, 'cose/wrong-type'],
    ['protected header with a rest', { protectedItem: fromHex('a1013200') }, 'cbor/trailing-bytes'],
    ['unprotected header as array', { alg: -19, unprotected: [] }, 'cose/wrong-type'],
    ['three elements', { alg: -19, count: 3 }, 'cose/wrong-type'],
    ['no tag', { alg: -19, tag: undefined }, 'cose/wrong-tag'],
    ['tag 61 outside', { alg: -19, tag: 61 }, TAG],
  ])('%s', async (_name, forgery, expected) => {
    const bytes = await forge(forgery)
    expect(() => decodeSign1(bytes)).toThrow(code(expected))
  })

  test('CO09 tag 64 where the limits let the tag through', async () => {
    const bytes = await forge({ alg: -19, payload: new CborTag(64, payload) })
    expect(() => decodeSign1(bytes, { tags: [64] })).toThrow(code('cose/wrong-type'))
  })

  test('CO02 alg -7 with an Ed25519 key, and the other way round', async () => {
    const asEs256 = decodeSign1(await forge({ alg: -7 }))
    await rejects(verifySign1(asEs256, ed25519.publicKey), 'algorithm/not-allowed')
    const asEd25519 = decodeSign1(await forge({ alg: -8 }))
    await rejects(verifySign1(asEd25519, es256.publicKey), 'algorithm/not-allowed')
  })

  test("CO05 both empty protected headers are h''; a signature over h'a0' is for neither", async () => {
    const overOther = concatBytes(
      encodeCbor(['Signature1', fromHex('a0'), new Uint8Array(0), payload]),
    )
    const signature = await ed25519.sign(overOther)
    for (const hex of ['', 'a0']) {
      const protectedBytes = fromHex(hex)
      const empty = { protectedHeader: new Map(), unprotectedHeader: new Map() }
      const sign1 = { ...empty, protectedBytes, payload, signature, algorithm: 'Ed25519' as const }
      await rejects(verifySign1(sign1, ed25519.publicKey), 'signature/invalid')
      expect(() => decodeSign1(encodeSign1(sign1))).toThrow(code('cose/algorithm-missing'))
    }
  })

  test.each([63, 65, 0])('CO08 a signature of %d bytes', async (length) => {
    for (const [alg, signer] of [
      [-19, ed25519],
      [-9, es256],
    ] as const) {
      const sign1 = decodeSign1(await forge({ alg, signature: new Uint8Array(length) }))
      await rejects(verifySign1(sign1, signer.publicKey), 'signature/format')
    }
  })

  test('CO10 a malleated signature, S + L', async () => {
    const sign1 = decodeSign1(await forge({ alg: -19 }))
    const signature = malleate(sign1.signature)
    await rejects(verifySign1({ ...sign1, signature }, ed25519.publicKey), 'signature/invalid')
  })

  test('CO11 signed by another key', async () => {
    const raw = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    const sign1 = decodeSign1(await forge({ alg: -19 }))
    await rejects(verifySign1(sign1, publicKeyFromRaw('Ed25519', raw)), 'signature/invalid')
  })

  test('a key that is no point verifies nothing, and nothing breaks', async () => {
    const key = publicKeyFromRaw('Ed25519', new Uint8Array(32).fill(0x33))
    const sign1 = decodeSign1(await forge({ alg: -19 }))
    await rejects(verifySign1(sign1, key), 'signature/invalid')
  })

  test('any flipped bit is refused', async () => {
    const bytes = await signSign1({ protectedHeader: header([4, kid]), payload, signer: ed25519 })
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        const changed = bytes.slice()
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const verified = async (): Promise<void> =>
          verifySign1(decodeSign1(changed), ed25519.publicKey)
        await expect(verified()).rejects.toMatchObject({ name: 'Fault' })
      }),
    )
  })
})

const TAG = 'cbor/tag-not-allowed'

interface Forgery {
  readonly alg?: number | string
  readonly more?: readonly (readonly [number, CborValue])[]
  readonly protectedItem?: CborValue
  readonly unprotected?: CborValue
  readonly payload?: CborValue
  readonly signature?: CborValue
  readonly count?: number
  readonly tag?: number | undefined
  readonly signer?: typeof ed25519
}

/** A COSE_Sign1 with one thing wrong; its signature is good for what it says. */
async function forge(forgery: Forgery): Promise<Uint8Array> {
  const labels: [CborKey, CborValue][] = [...(forgery.more ?? [])].map(([key, item]) => [key, item])
  if (forgery.alg !== undefined) labels.push([1, forgery.alg])
  const protectedBytes = encodeCbor(new Map(labels))
  const signer = forgery.signer ?? ed25519
  const signature = await signer.sign(sigStructure({ protectedBytes, payload }))
  const items = [
    forgery.protectedItem ?? protectedBytes,
    forgery.unprotected ?? new Map(),
    forgery.payload === undefined ? payload : forgery.payload,
    forgery.signature ?? signature,
  ].slice(0, forgery.count ?? 4)
  if (!('tag' in forgery)) return encodeCbor(new CborTag(18, items))
  if (forgery.tag === undefined) return encodeCbor(items)
  return encodeCbor(new CborTag(forgery.tag, new CborTag(18, items)))
}

function header(...entries: readonly (readonly [number, CborValue])[]): CborMap {
  return new Map<CborKey, CborValue>(entries)
}

function malleate(signature: Uint8Array): Uint8Array {
  const bigEndian = toHex(signature.slice(32).reverse())
  const s = (BigInt(`0x${bigEndian}`) + GROUP_ORDER).toString(16).padStart(64, '0')
  return concatBytes(signature.subarray(0, 32), fromHex(s).reverse())
}

function code(expected: string): unknown {
  return expect.objectContaining({ code: expected })
}

async function rejects(promise: Promise<unknown>, expected: string): Promise<void> {
  await expect(promise).rejects.toMatchObject({ code: expected })
}

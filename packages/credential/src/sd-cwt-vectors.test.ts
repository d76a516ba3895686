/** The draft's own examples (draft-ietf-spice-sd-cwt-07, ../shared/vectors/sd-cwt). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CborMap,
  type CborValue,
  decodeSign1,
  fromHex,
  isArray,
  isMap,
  publicKeyFromCose,
  publicKeyFromRaw,
  toHex,
  verifySign1,
} from '@onetrip/codec'
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { cborDisclosureDigest } from './cbor-disclosures.ts'
import { decodeOuterSign1, parseCwtKeyBinding } from './kb-cwt.ts'
import { openSdCwt } from './sd-cwt.ts'

/** The example issuer's key `https://issuer.example/cose-key3`, P-384 (draft appendix). */
const issuerKey = publicKeyFromRaw(
  'ES384',
  fromHex(
    '04' +
      'c31798b0c7885fa3528fbf877e5b4c3a6dc67a5a5dc6b307b728c3725926f2abe5fb4964cd91e3948a5493f6ebb6cbbf' +
      '8f6c7ec761691cad374c4daa9387453f18058ece58eb0a8e84a055a31fb7f9214b27509522c159e764f8711e11609554',
  ),
)

describe.skipIf(outsideVectors === undefined)('SD-CWT examples', () => {
  test.each([
    ['issuer_cwt', 5, 0],
    ['nested_issuer_cwt', 15, 0],
    ['nested_cwt', 7, 4],
    ['decoy', 4, 0],
  ])('%s: P-384 issuer, %i disclosures, %i hidden', async (name, disclosures, hidden) => {
    const sign1 = decodeSign1(read(`${name}.cbor`))
    await verifySign1(sign1, issuerKey)
    const opened = openSdCwt(sign1)
    expect(opened.disclosures.length).toBe(disclosures)
    expect(opened.hiddenCount).toBe(hidden)
  })

  test('array elements and nested map entries come back in place', () => {
    const { opened } = openSdCwt(decodeSign1(read('issuer_cwt.cbor')))
    expect(opened.get(502)).toEqual([1549560720, 1612560720, 1674004740])
    expect(opened.get(501)).toBe('ABCD-123456')
    expect(Object.fromEntries(mapIn(opened.get(503)))).toEqual({
      country: 'us',
      region: 'ca',
      postal_code: '94188',
    })
  })

  test('redactions inside disclosed values are opened too', () => {
    const { opened } = openSdCwt(decodeSign1(read('nested_issuer_cwt.cbor')))
    const [first] = arrayIn(opened.get(504))
    const inspection = mapIn(first)
    expect(inspection.get(501)).toBe('DCBA-101777')
    expect(mapIn(inspection.get(503)).get(2)).toBe('co')
  })

  test('decoys vanish', () => {
    const { opened } = openSdCwt(decodeSign1(read('decoy.cbor')))
    expect(opened.get(98)).toEqual(['fr'])
    expect(opened.get(500)).toBe(true)
  })

  test('the digest is over the byte string, head included', () => {
    // first-blinded-hash.txt is over the bare content: older than the examples, which the text confirms.
    const digest = toHex(cborDisclosureDigest(read('first-disclosure.cborseq')))
    const payload = toHex(decodeSign1(read('issuer_cwt.cbor')).payload)
    expect(payload).toContain(digest)
    expect(payload).not.toContain(readFileSync(file('first-blinded-hash.txt'), 'utf8').trim())
  })

  test.each(['kbt', 'nested_kbt'])('%s: both signatures verify', async (name) => {
    const { sdCwt, keyBinding } = parseCwtKeyBinding(decodeOuterSign1(read(`${name}.cbor`)))
    await verifySign1(sdCwt, issuerKey)
    const { signed } = openSdCwt(sdCwt)
    await keyBinding.verify(publicKeyFromCose(mapIn(mapIn(signed.get(8)).get(1))))
    expect(keyBinding.audience).toBe('https://verifier.example/app')
    expect(keyBinding.mode).toBeUndefined()
    await expect(keyBinding.verify(issuerKey)).rejects.toThrow('key-binding/signature')
  })
})

function file(name: string): string {
  return join(outsideVectors ?? '', 'sd-cwt/examples', name)
}

function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(file(name)))
}

function mapIn(value: CborValue | undefined): CborMap {
  if (!isMap(value)) throw new TypeError('not a map')
  return value
}

function arrayIn(value: CborValue | undefined): readonly CborValue[] {
  if (!isArray(value)) throw new TypeError('not an array')
  return value
}

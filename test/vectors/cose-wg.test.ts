/** cose-wg Sign1, EdDSA and ECDSA examples: good ones verify, all others are refused by name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  decodeSign1,
  type ErrorCode,
  Fault,
  fromBase64url,
  fromHex,
  type JsonObject,
  publicKeyFromJwk,
  sigStructure,
  toBase64url,
  toHex,
  verifySign1,
  verifySignature,
} from '@onetrip/codec'
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'

interface Example {
  readonly input: {
    readonly sign0: { readonly key: Readonly<Record<string, string>>; readonly external?: string }
  }
  readonly intermediates: { readonly ToBeSign_hex: string }
  readonly output: { readonly cbor: string }
}

/** File → what we say of it. */
const EXPECTED: Readonly<Record<string, 'valid' | ErrorCode>> = {
  'sign1-tests/sign-pass-01': 'cose/algorithm-unprotected',
  'sign1-tests/sign-pass-02': 'valid',
  'sign1-tests/sign-pass-03': 'cose/wrong-tag',
  'sign1-tests/sign-fail-01': 'cbor/tag-not-allowed',
  'sign1-tests/sign-fail-02': 'signature/invalid',
  'sign1-tests/sign-fail-03': 'algorithm/not-allowed',
  'sign1-tests/sign-fail-04': 'algorithm/not-allowed',
  'sign1-tests/sign-fail-06': 'signature/invalid',
  'sign1-tests/sign-fail-07': 'signature/invalid',
  'eddsa-examples/eddsa-sig-01': 'valid',
  'eddsa-examples/eddsa-sig-02': 'key/format',
  'ecdsa-examples/ecdsa-sig-01': 'valid',
  'ecdsa-examples/ecdsa-sig-02': 'valid',
  'ecdsa-examples/ecdsa-sig-03': 'algorithm/not-allowed',
  'ecdsa-examples/ecdsa-sig-04': 'algorithm/not-allowed',
  'RFC8152/Appendix_C_2_1': 'valid',
  'CWT/A_3': 'valid',
}

describe.skipIf(outsideVectors === undefined)('cose-wg COSE_Sign1 examples', () => {
  test.each(Object.entries(EXPECTED))('%s: %s', async (name, expected) => {
    expect(await verdict(readExample(name))).toBe(expected)
  })

  test('what is signed is the Sig_structure they print', () => {
    for (const [name, expected] of Object.entries(EXPECTED)) {
      if (expected !== 'valid') continue
      const { input, intermediates, output } = readExample(name)
      const sign1 = decodeSign1(fromHex(output.cbor))
      const externalAad = fromHex(input.sign0.external ?? '')
      const toBeSigned = toHex(sigStructure({ ...sign1, externalAad }))
      expect(toBeSigned, name).toBe(intermediates.ToBeSign_hex.toLowerCase())
    }
  })

  test("an empty protected header is h'' in the Sig_structure, in both its forms (sign-pass-01)", async () => {
    const { input, intermediates, output } = readExample('sign1-tests/sign-pass-01')
    const bytes = fromHex(output.cbor)
    const payload = bytes.subarray(12, 32)
    const signature = bytes.subarray(-64)
    for (const protectedBytes of [Uint8Array.of(0xa0), new Uint8Array(0)]) {
      const data = sigStructure({ protectedBytes, payload })
      expect(toHex(data)).toBe(intermediates.ToBeSign_hex.toLowerCase())
      const key = publicKeyFromJwk(publicJwk(input.sign0.key))
      expect(await verifySignature({ key, signature, data })).toBe(true)
    }
  })
})

async function verdict({ input, output }: Example): Promise<'valid' | ErrorCode> {
  try {
    const sign1 = decodeSign1(fromHex(output.cbor))
    const key = publicKeyFromJwk(publicJwk(input.sign0.key))
    await verifySign1(sign1, key, fromHex(input.sign0.external ?? ''))
    return 'valid'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

/** Their keys give coordinates as base64url or in hexadecimal, and the private part as well. */
function publicJwk(key: Readonly<Record<string, string>>): JsonObject {
  const coordinate = (name: 'x' | 'y'): JsonObject => {
    const hex = key[`${name}_hex`]
    const text = hex === undefined ? key[name] : toBase64url(fromHex(hex))
    return text === undefined ? {} : { [name]: toBase64url(fromBase64url(text)) }
  }
  return { kty: key['kty'] ?? '', crv: key['crv'] ?? '', ...coordinate('x'), ...coordinate('y') }
}

function readExample(name: string): Example {
  const path = join(outsideVectors ?? '', 'cose-wg-examples', `${name}.json`)
  return JSON.parse(readFileSync(path, 'utf8'))
}

import { fromHex, sha256, toBase64url } from '@onetrip/codec'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { codeOf, issueInput, issueSdCwt, issueSdJwt, newKeys } from '../samples/testkit.ts'
import { assemblePaper, buildPaper, parsePaper } from './paper.ts'
import { parseSdCwt } from './sd-cwt.ts'
import { buildSdCwt } from './sd-cwt-issue.ts'
import { parseSdJwt } from './sd-jwt.ts'
import { buildSdJwt } from './sd-jwt-issue.ts'
import { parseCborSealReference, parseJsonSealReference, sealReference } from './seal-reference.ts'

const bytes = new TextEncoder().encode('a seal')
const seal = sealReference(bytes)
const keys = newKeys('Ed25519')
const plain = issueInput(foodLicenceOfSample, keys)
const input = { ...plain, seal }

test('a reference is the first 8 bytes of the digest, and stands on its own', () => {
  expect(seal).toEqual(sha256(bytes).slice(0, 8))
  expect(seal.buffer.byteLength).toBe(8)
})

describe('a licence states its seal', () => {
  test('in all three forms', async () => {
    expect(parseSdCwt(await issueSdCwt(input, keys.issuer)).claims.seal).toEqual(seal)
    expect(parseSdJwt(await issueSdJwt(input, keys.issuer)).claims.seal).toEqual(seal)
    const paper = assemblePaper(buildPaper(input), new Uint8Array(64))
    expect(parsePaper(paper).claims.seal).toEqual(seal)
    expect(parseSdJwt(await issueSdJwt(input, keys.issuer)).claims.raw.has('seal')).toBe(false)
    expect(parsePaper(paper).claims.raw.has(0)).toBe(false)
  })

  test('or none', async () => {
    expect(parseSdCwt(await issueSdCwt(plain, keys.issuer)).claims).not.toHaveProperty('seal')
    expect(parseSdJwt(await issueSdJwt(plain, keys.issuer)).claims).not.toHaveProperty('seal')
  })

  test.each([0, 7, 9])('%i bytes name none: the caller is at fault', (length) => {
    const wrong = { ...plain, seal: new Uint8Array(length) }
    for (const build of [buildSdCwt, buildSdJwt, buildPaper]) {
      expect(() => build(wrong)).toThrow(TypeError)
    }
  })
})

describe('what is refused', () => {
  test.each([
    ['text', toBase64url(seal)],
    ['7 bytes', seal.slice(1)],
    ['9 bytes', new Uint8Array(9)],
    ['a number', 8],
    ['null', null],
  ])('in CBOR: %s', async (_name, value) => {
    expect(await codeOf(() => parseCborSealReference(value))).toBe('claim/format')
  })

  test.each([
    ['7 bytes', toBase64url(seal.slice(1))],
    ['9 bytes', toBase64url(new Uint8Array(9))],
    ['bits after the last byte', `${toBase64url(fromHex('0000000000000000')).slice(0, -1)}B`],
    ['padding', `${toBase64url(seal)}=`],
    ['another alphabet', '+///////////'.slice(0, 11)],
    ['a number', 8],
    ['null', null],
    ['a list', [toBase64url(seal)]],
  ])('in JSON: %s', async (_name, value) => {
    expect(await codeOf(() => parseJsonSealReference(value))).toBe('claim/format')
  })
})

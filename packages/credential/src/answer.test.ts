/** Answers: one presentation as it is, several in one array; strict, and no more than was asked. */
import {
  type CborValue,
  encodeCbor,
  encodeQrText,
  isFrameText,
  sha256,
  toHex,
} from '@onetrip/codec'
import { businessLicenceOfSample, identityOfChen } from '@onetrip/fixtures'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { CENTRE, choiceFor, sampleRequest, WANTS } from '../samples/asking.ts'
import { codeOf, issueInput, issueSdCwt, issueSdJwt, NOW, newKeys } from '../samples/testkit.ts'
import {
  type AnswerChoice,
  answerBytes,
  answerRequest,
  answerText,
  encodeAnswer,
  MAX_ANSWER_BYTES,
  parseAnswer,
} from './answer.ts'
import { disclosedDigests } from './disclosed-digests.ts'
import { presentSdJwt } from './present.ts'
import { parsePresentation } from './presentation.ts'
import { type OfficeRequest, parseRequest } from './request.ts'
import { parseSdCwt } from './sd-cwt.ts'

const keys = newKeys('Ed25519')
let request: OfficeRequest
let business: AnswerChoice
let identity: AnswerChoice
let both: Uint8Array

beforeAll(async () => {
  request = parseRequest(await sampleRequest(NOW))
  const [first, second] = WANTS
  if (first === undefined || second === undefined) throw new TypeError('two wants')
  const held = async (sample: typeof identityOfChen) => {
    const input = issueInput(sample, keys)
    const credential = await issueSdCwt(input, keys.issuer)
    return { credential, type: input.type, signer: keys.holder }
  }
  business = choiceFor(first, await held(businessLicenceOfSample))
  identity = choiceFor(second, await held(identityOfChen))
  both = await answerRequest({ request, choices: [identity, business], now: NOW })
})

describe('an answer', () => {
  test('of one licence is that presentation, bound to office and request', async () => {
    const answer = await answerRequest({ request, choices: [identity], now: NOW })
    const [part, ...others] = parseAnswer(answerText(answer))
    expect(others).toEqual([])
    expect(part).toEqual({ presentation: answer })
    const { keyBinding, claims } = parsePresentation(answer)
    await keyBinding?.verify(keys.holder.publicKey)
    expect(keyBinding).toMatchObject({
      mode: 'requested',
      audience: CENTRE,
      issuedAt: NOW,
      nonce: toHex(request.digest),
    })
    expect([...claims.raw.keys()].sort()).toEqual([6, 7])
  })

  test('of several is an array in the order of the wants, whatever the order of the choices', () => {
    expect(parseAnswer(both).map(({ material }) => material)).toEqual([
      'business-licence',
      'identity',
    ])
    for (const { presentation } of parseAnswer(both)) {
      expect(parsePresentation(presentation).keyBinding?.nonce).toBe(toHex(request.digest))
    }
  })

  test('of several is an animated code', () => {
    const text = answerText(both)
    expect(isFrameText(text)).toBe(true)
    expect(answerBytes(text)).toEqual(both)
    expect(parseAnswer(text)).toEqual(parseAnswer(both))
  })

  test('of one licence names its material where it is not the first that takes its type', async () => {
    const [want] = WANTS.slice(1)
    if (want === undefined) throw new TypeError('no want')
    const wants = [{ ...want, material: 'owner' }, want]
    const answer = await answerRequest({
      request: { ...request, wants },
      choices: [identity],
      now: NOW,
    })
    expect(parseAnswer(answer)).toMatchObject([{ material: 'identity' }])
  })

  test('discloses each chosen claim with the digest that stands in the credential', () => {
    const [part] = parseAnswer(both)
    const digests = disclosedDigests(part?.presentation ?? new Uint8Array(0))
    const { sign1 } = parseSdCwt(business.credential)
    const payload = toHex(sign1.payload)
    expect(digests.map(({ key }) => key).sort()).toEqual([10, 13, 9])
    for (const { digest } of digests) expect(payload).toContain(toHex(digest))
  })

  test.each<[string, () => readonly AnswerChoice[]]>([
    ['nothing', () => []],
    ['a material twice', () => [identity, identity]],
    ['a material that is not asked', () => [{ ...identity, material: 'other' }]],
    ['a licence of another type', () => [{ ...business, material: 'identity' }]],
    ['a claim that is not asked', () => [{ ...identity, disclose: ['name', 'address'] }]],
  ])('is never made of %s', async (_, choices) => {
    const answer = answerRequest({ request, choices: choices(), now: NOW })
    await expect(answer).rejects.toThrow(TypeError)
  })

  test('what is public by law may be named', async () => {
    const disclose = [...business.disclose, 'name', 'uscc']
    const answer = answerRequest({ request, choices: [{ ...business, disclose }], now: NOW })
    await expect(answer).resolves.toBeInstanceOf(Uint8Array)
  })
})

describe('a foreign wallet’s SD-JWT VC', () => {
  test('is an answer by itself, with digests of its disclosures', async () => {
    const es = newKeys('ES256')
    const input = issueInput(identityOfChen, es)
    const credential = await issueSdJwt(input, es.issuer)
    const text = await presentSdJwt({
      credential,
      type: input.type,
      disclose: ['name'],
      mode: 'requested',
      audience: CENTRE,
      issuedAt: NOW,
      nonce: 'n',
      signer: es.holder,
    })
    expect(parseAnswer(text)).toEqual([{ presentation: text }])
    expect(disclosedDigests(text)).toEqual([{ key: 'name', digest: expect.any(Uint8Array) }])
    expect(sha256(answerBytes(text))).toEqual(sha256(new TextEncoder().encode(text)))
  })
})

describe('is refused', () => {
  const part = (): CborValue => ['m', Uint8Array.of(0xd2)]
  const cases: readonly [string, () => CborValue, string][] = [
    ['of another version', () => [2, part()], 'answer/format'],
    ['without a version', () => [part()], 'answer/format'],
    ['with nothing in it', () => [1], 'answer/format'],
    [
      'of nine',
      () => [1, ...Array.from({ length: 9 }, (_, at) => [`m${at}`, Uint8Array.of(0xd2)])],
      'answer/format',
    ],
    ['with a material twice', () => [1, part(), part()], 'answer/format'],
    ['with a material that is no code', () => [1, ['a b', Uint8Array.of(0xd2)]], 'answer/format'],
    [
      'with a material of bytes',
      () => [1, [Uint8Array.of(1), Uint8Array.of(0xd2)]],
      'answer/format',
    ],
    ['with a presentation of text', () => [1, ['m', 'x']], 'answer/format'],
    ['with an answer in it', () => [1, ['m', encodeCbor([1, part()])]], 'answer/format'],
    ['with a member more', () => [1, ['m', Uint8Array.of(0xd2), 0]], 'answer/format'],
    ['with a map', () => [1, new Map([['m', 1]])], 'answer/format'],
    ['too deep', () => [1, [[[[['m']]]]]], 'cbor/too-deep'],
  ]
  test.each(cases)('%s', async (_, value, code) => {
    expect(await codeOf(() => parseAnswer(encodeCbor(value())))).toBe(code)
  })

  test('above its size, before anything is decoded', async () => {
    const large = new Uint8Array(MAX_ANSWER_BYTES + 1).fill(0x82)
    expect(await codeOf(() => parseAnswer(large))).toBe('cbor/limit')
  })

  test('with anything behind it', async () => {
    const more = new Uint8Array(both.length + 1)
    more.set(both)
    expect(await codeOf(() => parseAnswer(more))).toBe('cbor/trailing-bytes')
  })
})

test('accepted bytes re-encode to themselves; a single presentation is not looked at', () => {
  const parts = fc.uniqueArray(
    fc.record({
      material: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}[a-z0-9]$/),
      presentation: fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.of(0xd2, ...bytes)),
    }),
    { minLength: 1, maxLength: 8, selector: ({ material }) => material },
  )
  fc.assert(
    fc.property(parts, (made) => {
      const bytes = encodeAnswer(made)
      expect(parseAnswer(bytes)).toEqual(made)
    }),
  )
  const single = Uint8Array.of(0xd2, 1, 2, 3)
  expect(parseAnswer(encodeQrText(single))).toEqual([{ presentation: single }])
})

/** Delegations: bound to a key, a matter and ninety days; and what a delegate answers with them. */
import { decodeSign1, isFrameText, jwkThumbprint, toHex } from '@onetrip/codec'
import { businessLicenceOfSample, identityOfChen, identityOfLin } from '@onetrip/fixtures'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { CENTRE, choiceFor, MATTER, sampleRequest, WANTS } from '../samples/asking.ts'
import {
  codeOf,
  issueInput,
  issueSdCwt,
  issueSdJwt,
  NOW,
  newKeys,
  newSigner,
  typeOf,
} from '../samples/testkit.ts'
import { type AnswerChoice, answerText, openAnswer, parseAnswer } from './answer.ts'
import type { NamedAnswerPart } from './answer-parts.ts'
import { answerAsDelegate, type DelegateAnswerInput } from './delegated-answer.ts'
import {
  type DelegationInput,
  delegateCode,
  delegationText,
  isDelegateCode,
  makeDelegation,
} from './delegation.ts'
import { HEADER, TYP } from './labels.ts'
import { presentSdJwt } from './present.ts'
import { parsePresentation } from './presentation.ts'
import { type OfficeRequest, parseRequest } from './request.ts'

const keys = newKeys('Ed25519')
const delegate = newSigner('ES256')
let request: OfficeRequest
let business: AnswerChoice
let own: DelegateAnswerInput['own']
let delegation: NamedAnswerPart

const given = (changes: Partial<DelegationInput> = {}): Promise<Uint8Array> =>
  makeDelegation({
    ...business,
    delegate: delegateCode(delegate.publicKey),
    matter: MATTER,
    endDay: '2026-12-31',
    now: NOW,
    ...changes,
  })
const answer = (changes: Partial<DelegateAnswerInput> = {}): Promise<Uint8Array> =>
  answerAsDelegate({ request, own, delegations: [delegation], now: NOW, ...changes })

beforeAll(async () => {
  request = parseRequest(await sampleRequest(NOW))
  const [want] = WANTS
  if (want === undefined) throw new TypeError('a want')
  const input = issueInput(businessLicenceOfSample, keys)
  const credential = await issueSdCwt(input, keys.issuer)
  business = choiceFor(want, { credential, type: input.type, signer: keys.holder })
  const identity = issueInput(identityOfLin, { ...keys, holder: delegate })
  own = {
    credential: await issueSdCwt(identity, keys.issuer),
    type: typeOf(identityOfLin),
    disclose: ['name'],
    signer: delegate,
  }
  delegation = { material: want.material, presentation: await given() }
})

describe('a delegation', () => {
  test('names key and matter, and ends with its last day', async () => {
    const { keyBinding, claims } = parsePresentation(delegation.presentation)
    await keyBinding?.verify(keys.holder.publicKey)
    expect(keyBinding).toMatchObject({
      mode: 'delegate',
      audience: `key:${jwkThumbprint(delegate.publicKey)}`,
      matter: MATTER,
      issuedAt: NOW,
      expiresAt: Date.parse('2027-01-01T00:00:00+08:00') / 1000,
    })
    expect(claims.status.index).toBe(4711)
  })

  test('is one code, and an animated one where values are long', async () => {
    const short = await given({ disclose: ['address', 'legalRepresentative'] })
    expect(isFrameText(delegationText(short))).toBe(false)
    expect(isFrameText(delegationText(delegation.presentation))).toBe(true)
  })

  test.each<[string, Partial<DelegationInput>, string]>([
    ['until yesterday', { endDay: '2026-11-22' }, 'delegation/expired'],
    ['for 91 days', { endDay: '2027-02-22' }, 'delegation/too-long'],
    [
      'longer than its credential',
      { now: NOW + 280 * 86_400, endDay: '2027-09-25' },
      'delegation/too-long',
    ],
    ['to no key', { delegate: '12339901XYN0000570' }, 'key/format'],
    ['of a claim that the type does not have', { disclose: ['nothing'] }, 'claim/unknown'],
  ])('is not made %s', async (_, changes, code) => {
    expect(await codeOf(() => given(changes))).toBe(code)
  })

  test('for 90 days it is', async () => {
    await expect(given({ endDay: '2027-02-21' })).resolves.toBeInstanceOf(Uint8Array)
  })

  test('is for a matter: anything else is a mistake of the caller', async () => {
    await expect(given({ matter: 'a b' })).rejects.toThrow(TypeError)
  })

  test('has no form in JSON', async () => {
    const es = newKeys('ES256')
    const input = issueInput(identityOfChen, es)
    const text = await presentSdJwt({
      credential: await issueSdJwt(input, es.issuer),
      type: input.type,
      disclose: [],
      mode: 'delegate',
      audience: delegateCode(delegate.publicKey),
      issuedAt: NOW,
      nonce: 'n',
      signer: es.holder,
    })
    expect(await codeOf(() => parsePresentation(text))).toBe('key-binding/format')
  })
})

describe('the code of a delegate’s key', () => {
  test.each([
    ['key:', false],
    [`key:${'A'.repeat(43)}`, true],
    [`key:${'A'.repeat(42)}B`, false],
    [`key:${'A'.repeat(44)}`, false],
    [`name:${'A'.repeat(43)}`, false],
    [`key:${'A'.repeat(42)}=`, false],
  ])('%s: %s', (text, isOne) => {
    expect(isDelegateCode(text)).toBe(isOne)
  })

  test('is told of every key', () => {
    expect(isDelegateCode(delegateCode(delegate.publicKey))).toBe(true)
    expect(isDelegateCode(delegateCode(keys.holder.publicKey))).toBe(true)
  })
})

describe('a delegate’s answer', () => {
  test('is the delegate’s own licence, bound to office and request, around the delegations', async () => {
    const bytes = await answer()
    expect(decodeSign1(bytes, { tags: [18] }).protectedHeader.get(HEADER.typ)).toBe(
      TYP.delegatedAnswer,
    )
    const opened = openAnswer(answerText(bytes))
    expect(opened.parts).toEqual([delegation])
    expect(parseAnswer(bytes)).toEqual(opened.parts)
    await opened.delegate?.keyBinding?.verify(delegate.publicKey)
    expect(opened.delegate?.keyBinding).toMatchObject({
      mode: 'requested',
      audience: CENTRE,
      nonce: toHex(request.digest),
    })
    expect([...(opened.delegate?.claims.raw.values() ?? [])]).toEqual(['林测试'])
  })

  test('passes for no presentation', async () => {
    const bytes = await answer()
    expect(await codeOf(() => parsePresentation(bytes))).toBe('credential/wrong-type')
  })

  test('is not made with what another delegate was given', async () => {
    const presentation = await given({ delegate: delegateCode(keys.issuer.publicKey) })
    const made = () => answer({ delegations: [{ ...delegation, presentation }] })
    expect(await codeOf(made)).toBe('delegation/delegate')
  })

  test('is not made for another matter', async () => {
    const made = () => answer({ request: { ...request, matter: 'other' } })
    expect(await codeOf(made)).toBe('delegation/matter')
  })

  test.each<[string, () => readonly NamedAnswerPart[]]>([
    ['nothing', () => []],
    ['a material that is not asked', () => [{ ...delegation, material: 'other' }]],
  ])('is never made of %s', async (_, delegations) => {
    await expect(answer({ delegations: delegations() })).rejects.toThrow(TypeError)
  })

  test('any bytes after its head are refused or read, and never crash', async () => {
    const bytes = await answer()
    const flip = fc.record({
      at: fc.nat({ max: bytes.length - 1 }),
      by: fc.integer({ min: 1, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, by }) => {
        const altered = bytes.slice()
        altered[at] = (altered[at] ?? 0) ^ by
        await codeOf(() => openAnswer(altered))
      }),
    )
  })
})

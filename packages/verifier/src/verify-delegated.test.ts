/** A delegate's answer names both people; altered anywhere it is never green, and nobody is named by it who did not sign. */
import { type AnswerChoice, delegateCode, type OfficeRequest } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  CENTRE,
  heldChoices,
  MATTER,
  NOW,
  TWINS,
} from '../samples/asking-world.ts'
import { DELEGATE, delegated, delegatesAnswer, ownLicence } from '../samples/delegates.ts'
import { verify } from './verify.ts'
import { verifyAnswer } from './verify-answer.ts'

let trust: Trust
let request: OfficeRequest
let answer: Uint8Array
let business: AnswerChoice

beforeAll(async () => {
  trust = await askingTrust()
  request = await askedRequest()
  answer = await delegatesAnswer()
  ;[business] = await heldChoices()
})

const judge = (input: Uint8Array) =>
  verifyAnswer(input, { trust, now: NOW + 30, office: CENTRE, request })

describe('a delegate’s answer', () => {
  test('names the delegate by their own licence, the principal by what was delegated', async () => {
    const verdict = await judge(answer)
    expect(verdict.outcome).toBe('valid')
    const claimsOf = (licence: (typeof verdict.materials)[number]['licence']) =>
      licence?.claims.map(({ name, text }) => [name, text['zh-CN']])
    expect(claimsOf(verdict.delegate?.licence)).toEqual([['name', '林测试']])
    expect(verdict.delegate?.licence?.checkPerson).toBe(true)
    const [, identity] = verdict.materials
    expect(claimsOf(identity?.licence)?.[0]).toEqual(['name', '陈样例'])
    expect(identity?.licence?.delegation).toEqual({
      delegate: delegateCode(DELEGATE.publicKey),
      matter: MATTER,
      endsAt: Date.parse('2027-01-01T00:00:00+08:00') / 1000,
    })
  })

  test.each(Object.entries(TWINS))(
    'is for one request: refused for another %s with the same office and nonce',
    async (_, changes) => {
      const twin = await askedRequest(await changes())
      const verdict = await verifyAnswer(answer, { trust, now: NOW + 30, request: twin })
      expect([verdict.outcome, verdict.reason]).toEqual(['invalid', 'key-binding/nonce'])
    },
  )

  test('counts once, its delegations until they end', async () => {
    const { presentationIds, materials, delegate } = await judge(answer)
    expect(presentationIds).toEqual([delegate?.evidence.presentationId])
    const ids = materials.map(({ evidence }) => evidence?.presentationId)
    expect(ids).not.toContain(presentationIds[0])
  })

  test('of a delegate who is not proven tells nothing, and judges nothing else', async () => {
    const own = await ownLicence()
    const stranger = { ...own, signer: business.signer }
    const delegations = [
      {
        material: business.material,
        presentation: await delegated(business, {
          delegate: delegateCode(business.signer.publicKey),
        }),
      },
    ]
    const verdict = await judge(await delegatesAnswer({ own: stranger, delegations }))
    expect(verdict).toMatchObject({
      outcome: 'invalid',
      reason: 'key-binding/signature',
      presentationIds: [],
    })
    expect(verdict.delegate).not.toHaveProperty('licence')
    for (const material of verdict.materials) expect(material).not.toHaveProperty('licence')
  })

  test('altered anywhere is never green', async () => {
    const flip = fc.record({
      at: fc.nat({ max: answer.length - 1 }),
      by: fc.integer({ min: 1, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, by }) => {
        const altered = answer.slice()
        altered[at] = (altered[at] ?? 0) ^ by
        expect((await judge(altered)).outcome).not.toBe('valid')
      }),
      { numRuns: 400 },
    )
  })
})

describe('a delegation by itself', () => {
  test('is told, and amber', async () => {
    const verdict = await verify(await delegated(business), {
      trust,
      now: NOW,
      accept: ['delegate'],
    })
    expect(verdict).toMatchObject({ outcome: 'caution', reason: 'presentation/delegation' })
    expect(verdict.licences[0]?.delegation?.matter).toBe(MATTER)
  })

  test('is nothing for a counter that takes live codes', async () => {
    const options = { trust, now: NOW, accept: ['requested', 'live', 'copy', 'paper'] } as const
    const verdict = await verify(await delegated(business), options)
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'presentation/mode' })
  })

  test('altered anywhere is red or grey', async () => {
    const delegation = await delegated(business)
    const bytes = fc.nat({ max: delegation.length - 1 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const altered = delegation.slice()
        altered[at] = (altered[at] ?? 0) ^ by
        const { outcome } = await verify(altered, { trust, now: NOW, accept: ['delegate'] })
        expect(['invalid', 'unverifiable']).toContain(outcome)
      }),
      { numRuns: 300 },
    )
  })
})

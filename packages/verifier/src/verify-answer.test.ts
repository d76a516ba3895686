/** The counter's verdict on an answer: every licence judged, every fact at its material, nothing beyond what was asked. */
import { encodeFrameLines, encodeQrText, encodeSign1 } from '@onetrip/codec'
import {
  type AnswerChoice,
  answerRequest,
  answerText,
  encodeAnswer,
  type OfficeRequest,
  presentLive,
  presentRequested,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  BUREAU,
  CENTRE,
  heldChoices,
  INDEX,
  NOW,
  SIGNERS,
  sampleCertificate,
  TWINS,
  WANTS,
} from '../samples/asking-world.ts'
import { openCounterCertificate } from './open-counter.ts'
import { type AnswerOptions, verifyAnswer } from './verify-answer.ts'

let trust: Trust
let request: OfficeRequest
let business: AnswerChoice
let identity: AnswerChoice
let answer: Uint8Array

beforeAll(async () => {
  trust = await askingTrust()
  request = await askedRequest()
  ;[business, identity] = await heldChoices()
  answer = await answerRequest({ request, choices: [business, identity], now: NOW + 20 })
})

function judge(input: Uint8Array | string, changes: Partial<AnswerOptions> = {}) {
  return verifyAnswer(input, { trust, now: NOW + 30, office: CENTRE, request, ...changes })
}

/** A part that discloses what it likes, bound to what it likes. */
async function partOf(
  choice: AnswerChoice,
  changes: Partial<Parameters<typeof presentRequested>[0]> & { readonly material?: string } = {},
) {
  const { material = choice.material, ...more } = changes
  const bound = { audience: CENTRE, nonce: request.digest, now: NOW + 20 }
  return { material, presentation: await presentRequested({ ...choice, ...bound, ...more }) }
}

describe('an answer to the request', () => {
  test('of two licences: each fact at its material', async () => {
    const verdict = await judge(answer)
    expect(verdict).toMatchObject({ outcome: 'valid', unasked: [], evidence: { office: CENTRE } })
    expect(verdict.presentationIds).toHaveLength(2)
    expect(
      verdict.materials.map(({ material, outcome, licence, missing }) => [
        material.name?.['zh-CN'],
        outcome,
        licence?.issuer.name['zh-CN'],
        licence?.claims.map(({ name }) => name),
        missing,
      ]),
    ).toEqual([
      [
        '营业执照',
        'valid',
        '虚构市云栖区市场监督管理局',
        ['name', 'uscc', 'legalRepresentative', 'address', 'scope'],
        [],
      ],
      ['法定代表人身份证明', 'valid', '虚构市公安局云栖区分局', ['name', 'idNumber'], []],
    ])
  })

  test('of two licences, from the frames of an animated code in any order', async () => {
    const lines = encodeFrameLines(answer).split('\n').toReversed()
    expect(lines.length).toBeGreaterThan(1)
    expect((await judge(lines.join('\n'))).outcome).toBe('valid')
    expect(await judge(lines.slice(1).join('\n'))).toMatchObject({
      outcome: 'unverifiable',
      reason: 'qr/frames-incomplete',
    })
  })

  test('of one licence, from its code, beside another that is not required', async () => {
    const wants = WANTS.map((want, at) => ({ ...want, required: at === 1 }))
    const own = await askedRequest({ wants })
    const only = await answerRequest({ request: own, choices: [identity], now: NOW + 20 })
    const verdict = await judge(answerText(only), { request: own })
    expect(verdict.outcome).toBe('valid')
    expect(verdict.materials.map(({ outcome, licence }) => [outcome, licence?.serial])).toEqual([
      ['valid', undefined],
      ['valid', '7Q2M9K4T8W3X6R1B5N0D'],
    ])
  })

  test('speaks for the certified counter, and without a named office for the request’s', async () => {
    const certificate = await sampleCertificate(NOW)
    const counter = await openCounterCertificate({ certificate, trust, now: NOW })
    const { evidence, outcome } = await judge(answer, { office: BUREAU, counter })
    expect([outcome, evidence.speaksFor]).toMatchObject(['valid', { device: { number: '03' } }])
    const alone = await verifyAnswer(answer, { trust, now: NOW + 30, request })
    expect(alone.outcome).toBe('valid')
  })
})

test('a phone whose clock is wrong answers in amber, with both readings', async () => {
  const signedAt = NOW + 30 + 3600
  const late = await answerRequest({ request, choices: [business, identity], now: signedAt })
  const verdict = await judge(late)
  expect(verdict).toMatchObject({ outcome: 'caution', reason: 'key-binding/issued-at' })
  expect(verdict.evidence.clock).toMatchObject({
    differs: true,
    codeTime: signedAt,
    deviceTime: NOW + 30,
  })
  expect(verdict.presentationIds).toHaveLength(2)
})

describe('what is missing', () => {
  test('a required licence: amber, and the other one holds', async () => {
    const only = await answerRequest({ request, choices: [identity], now: NOW + 20 })
    const verdict = await judge(only)
    expect(verdict).toMatchObject({ outcome: 'caution', reason: 'answer/missing' })
    expect(verdict.materials).toMatchObject([
      { outcome: 'caution', reason: 'answer/missing' },
      { outcome: 'valid', licence: {} },
    ])
  })

  test('a claim that was asked and stayed hidden', async () => {
    const choices = [business, { ...identity, disclose: ['name'] }]
    const verdict = await judge(await answerRequest({ request, choices, now: NOW + 20 }))
    expect(verdict).toMatchObject({ outcome: 'caution', reason: 'answer/missing' })
    expect(verdict.materials[1]).toMatchObject({ missing: ['idNumber'], outcome: 'caution' })
  })
})

describe('what was not asked is dropped', () => {
  test('claims beyond the request', async () => {
    const disclose = ['name', 'idNumber', 'address']
    const parts = [await partOf(business), await partOf(identity, { disclose })]
    const verdict = await judge(encodeAnswer(parts))
    expect(verdict).toMatchObject({ outcome: 'caution', reason: 'answer/unasked' })
    expect(verdict.materials[1]?.licence?.claims.map(({ name }) => name)).toEqual([
      'name',
      'idNumber',
    ])
    expect(JSON.stringify(verdict)).not.toContain('云栖区样例路1号')
  })

  test('a licence as a material that was not asked', async () => {
    const parts = [
      await partOf(business),
      await partOf(identity),
      await partOf(identity, { material: 'owner', now: NOW + 21 }),
    ]
    const verdict = await judge(encodeAnswer(parts))
    expect(verdict).toMatchObject({ outcome: 'caution', reason: 'answer/unasked' })
    expect(verdict.unasked).toMatchObject([{ outcome: 'valid' }])
  })

  test('a licence of another type: its material is missing too', async () => {
    const parts = [
      await partOf(business),
      await partOf(business, { material: 'identity', disclose: [], now: NOW + 21 }),
    ]
    const verdict = await judge(encodeAnswer(parts))
    expect(verdict).toMatchObject({ outcome: 'caution', reason: 'answer/unasked' })
    expect(verdict.materials[1]).toMatchObject({ reason: 'answer/missing' })
    expect(verdict.unasked).toHaveLength(1)
  })

  test('but it has to be genuine: a forged one makes red', async () => {
    const forged = await partOf({ ...identity, signer: SIGNERS.stranger }, { material: 'owner' })
    const verdict = await judge(
      encodeAnswer([await partOf(business), await partOf(identity), forged]),
    )
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'key-binding/signature' })
  })
})

describe('is refused', () => {
  test('at the end of the request, whatever it holds', async () => {
    expect(await judge(answer, { now: NOW + 299 })).toMatchObject({ outcome: 'valid' })
    expect(await judge(answer, { now: NOW + 300 })).toMatchObject({
      outcome: 'invalid',
      reason: 'request/expired',
    })
  })

  test('the second time', async () => {
    const { presentationIds: seen } = await judge(answer)
    expect(await judge(answer, { seen })).toMatchObject({
      outcome: 'invalid',
      reason: 'presentation/replayed',
    })
    expect(await judge(answer, { seen: seen.slice(1) })).toMatchObject({
      outcome: 'invalid',
      reason: 'presentation/replayed',
    })
  })

  test('one presentation as two materials', async () => {
    const wants = [...WANTS, { ...(WANTS[1] ?? fail()), material: 'agent-identity' }]
    const own = await askedRequest({ wants })
    const bound = { nonce: own.digest }
    const part = await partOf(identity, bound)
    const twice = encodeAnswer([
      await partOf(business, bound),
      part,
      { ...part, material: 'agent-identity' },
    ])
    expect(await judge(twice, { request: own })).toMatchObject({
      outcome: 'invalid',
      reason: 'presentation/replayed',
    })
  })

  test('at another office, and to another request', async () => {
    expect(await judge(answer, { office: BUREAU })).toMatchObject({
      outcome: 'invalid',
      reason: 'key-binding/audience',
    })
    const other = await askedRequest({ random: (length) => new Uint8Array(length) })
    expect(await judge(answer, { request: other })).toMatchObject({
      outcome: 'invalid',
      reason: 'key-binding/nonce',
    })
  })

  test.each(Object.entries(TWINS))(
    'to a request with the same office and nonce and another %s',
    async (_, changes) => {
      const twin = await askedRequest(await changes())
      expect([twin.office, twin.nonce]).toEqual([request.office, request.nonce])
      expect(await judge(answer, { request: twin })).toMatchObject({
        outcome: 'invalid',
        reason: 'key-binding/nonce',
      })
    },
  )

  test('with the nonce of its request alone', async () => {
    const parts = [
      await partOf(business, { nonce: request.nonce }),
      await partOf(identity, { nonce: request.nonce }),
    ]
    expect(await judge(encodeAnswer(parts))).toMatchObject({
      outcome: 'invalid',
      reason: 'key-binding/nonce',
    })
  })

  test('with one licence under another wallet’s key', async () => {
    const stolen = await partOf({ ...identity, signer: SIGNERS.stranger })
    const verdict = await judge(encodeAnswer([await partOf(business), stolen]))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'key-binding/signature' })
    expect(verdict.materials[0]).toMatchObject({ outcome: 'valid' })
    expect(verdict.materials[1]).not.toHaveProperty('licence')
  })

  test('with a revoked licence, which is told', async () => {
    const choices = await heldChoices({ index: INDEX.revoked })
    const verdict = await judge(await answerRequest({ request, choices, now: NOW + 20 }))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'status/revoked' })
    expect(verdict.materials[0]?.licence).toMatchObject({ outcome: 'invalid' })
  })

  test('a live code in place of an answer', async () => {
    const live = await presentLive({ ...identity, now: NOW + 20 })
    expect(await judge(live)).toMatchObject({ outcome: 'invalid', reason: 'presentation/mode' })
  })

  test.each<[string, () => Uint8Array | string, string]>([
    ['an address', () => 'https://example.com/', 'qr/not-a-credential'],
    ['a PDF', () => new TextEncoder().encode('%PDF-1.7'), 'format/unsupported'],
    ['nothing', () => new Uint8Array(0), 'format/unsupported'],
    ['an array of another kind', () => Uint8Array.of(0x81, 0x00), 'answer/format'],
    ['too many bytes', () => new Uint8Array(32_769).fill(0x82), 'cbor/limit'],
    ['the request itself', () => encodeQrText(encodeSign1(request.sign1)), 'credential/wrong-type'],
    ['a credential that is cut off', () => answer.slice(0, 500), 'cbor/truncated'],
  ])('%s', async (_, input, reason) => {
    const verdict = await judge(input())
    expect(verdict).toMatchObject({ reason, materials: [], presentationIds: [] })
  })

  test('any bit flipped anywhere is never green, and never told as that licence', async () => {
    for (let at = 0; at < answer.length; at += 7) {
      const flipped = answer.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      const verdict = await judge(flipped)
      expect([at, verdict.outcome]).not.toEqual([at, 'valid'])
      const told = verdict.materials.filter(({ licence }) => licence !== undefined)
      expect([at, told.length < 2]).toEqual([at, true])
    }
  })
})

function fail(): never {
  throw new TypeError('no want')
}

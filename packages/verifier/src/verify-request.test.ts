/** The wallet's verdict on a request: who asks, whether they may, and what is beyond the catalogue. */
import { encodeQrText, type Signer, signerFromPrivateJwk } from '@onetrip/codec'
import { parseCounterCertificate, requestText, type Want } from '@onetrip/credential'
import { testKeys } from '@onetrip/fixtures'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  BUREAU,
  CENTRE,
  DEVICE,
  MATTER,
  NOW,
  SIGNERS,
  sampleCertificate,
  sampleRequest,
  WANTS,
} from '../samples/asking-world.ts'
import { verify } from './verify.ts'
import { type RequestOptions, verifyRequest } from './verify-request.ts'

const DAY = 86_400
let trust: Trust
let request: Uint8Array

beforeAll(async () => {
  trust = await askingTrust()
  request = await sampleRequest(NOW)
})

function judge(input: Uint8Array | string, changes: Partial<RequestOptions> = {}) {
  return verifyRequest(input, { trust, now: NOW, ...changes })
}

describe('a request that may be answered', () => {
  test('tells in words who asks, for what, and which claims of which licences', async () => {
    const { outcome, request: stated, checks } = await judge(requestText(request))
    expect(outcome).toBe('valid')
    expect(checks.every((check) => check.outcome === 'passed')).toBe(true)
    expect(stated).toMatchObject({
      office: { id: CENTRE, name: { 'zh-CN': '虚构市云栖区政务服务中心' } },
      device: { number: '03', name: '一号窗口' },
      matter: { code: MATTER, name: { 'zh-CN': '开餐馆一件事' } },
      purpose: '办理食品经营许可新办',
      expiresAt: NOW + 300,
      overAsking: [],
    })
    expect(stated?.wants).toMatchObject([
      {
        material: { code: 'business-licence', name: { en: 'Business licence' } },
        required: true,
        options: [
          {
            type: { name: { 'zh-CN': '营业执照' } },
            claims: [
              { code: 'legalRepresentative', name: { en: 'Legal representative' } },
              { code: 'address' },
              { code: 'scope' },
            ],
          },
        ],
      },
      {
        material: { code: 'identity' },
        options: [{ type: { name: { en: 'Resident identity licence' } } }],
      },
    ])
  })

  test.each([
    ['in its last second', NOW + 299],
    ['from a clock a minute ahead of ours', NOW - 60],
  ])('is taken %s', async (_, now) => {
    expect((await judge(request, { now })).outcome).toBe('valid')
  })

  test('names claims that the type does not have by their code', async () => {
    const wants = withClaims(['address', 'zzz'])
    const { request: stated } = await judge(await sampleRequest(NOW, { wants }))
    expect(stated?.wants[0]?.options[0]?.claims.at(-1)).toEqual({ code: 'zzz' })
  })
})

describe('a request that is over-asking', () => {
  test.each<[string, readonly Want[], object]>([
    [
      'a claim',
      withClaims(['address', 'registeredCapital']),
      { claims: ['registeredCapital'], isWhole: false },
    ],
    [
      'a licence of another type',
      withOption({ type: '1110000099XYN9907G038', claims: ['items'] }),
      { claims: ['items'], isWhole: true },
    ],
    [
      'a material that the matter does not have',
      [{ ...wantOf(0), material: 'secrets' }],
      { material: 'secrets', isWhole: true },
    ],
    [
      'a material that is no licence',
      [{ ...wantOf(0), material: 'layout' }],
      { material: 'layout', isWhole: true },
    ],
  ])('%s: red, and told', async (_, wants, beyond) => {
    const verdict = await judge(await sampleRequest(NOW, { wants }))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'request/over-asking' })
    expect(verdict.request?.overAsking).toMatchObject([beyond])
  })
})

describe('is refused, and what its office vouches for is told', () => {
  test.each<[string, Parameters<typeof sampleRequest>[1], Partial<RequestOptions>, string, string]>(
    [
      ['at its end', {}, { now: NOW + 300 }, 'request/expired', 'invalid'],
      ['from the future', {}, { now: NOW - 61 }, 'clock/differs', 'unverifiable'],
      ['a matter that nobody knows', { matter: 'new-matter' }, {}, 'request/matter', 'invalid'],
      [
        'a matter that its certificate does not name',
        { matter: 'senior-licence', wants: [wantOf(1)] },
        {},
        'request/matter',
        'invalid',
      ],
      [
        'in another environment',
        {},
        { environment: 'production' },
        'trust/wrong-environment',
        'unverifiable',
      ],
    ],
  )('%s', async (_, changes, options, reason, outcome) => {
    const verdict = await judge(await sampleRequest(NOW, changes), options)
    expect(verdict).toMatchObject({ outcome, reason })
    expect(verdict.request?.office.id).toBe(CENTRE)
  })

  test('a matter that the catalogue lost', async () => {
    const verdict = await judge(request, { trust: { ...trust, matters: [] } })
    expect(verdict).toMatchObject({ outcome: 'unverifiable', reason: 'request/matter-unknown' })
    const failed = verdict.checks.flatMap(({ code }) => code ?? [])
    expect(failed).toEqual(['request/matter-unknown'])
  })

  test('an office that the matter may not be brought to', async () => {
    const certificate = await sampleCertificate(
      NOW,
      { office: BUREAU },
      { enroller: SIGNERS.bureau },
    )
    const verdict = await judge(await sampleRequest(NOW, { certificate }))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'request/office' })
  })

  test('a certificate that names no matter lets the device ask nothing', async () => {
    const certificate = await sampleCertificate(NOW, { matters: [] })
    const verdict = await judge(await sampleRequest(NOW, { certificate }))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'request/matter' })
  })

  test('a certificate that ended, and a device that is denied', async () => {
    const certificate = await sampleCertificate(NOW, { expiresAt: NOW - 1 })
    expect(await judge(await sampleRequest(NOW, { certificate }))).toMatchObject({
      outcome: 'invalid',
      reason: 'counter/expired',
    })
    expect(await judge(request, { trust: await askingTrust([DEVICE]) })).toMatchObject({
      outcome: 'invalid',
      reason: 'counter/denied',
    })
  })

  test('a certificate from the future is a matter of clocks', async () => {
    const early = { issuedAt: NOW + 700, expiresAt: NOW + DAY }
    const certificate = await sampleCertificate(NOW, early)
    expect(await judge(await sampleRequest(NOW, { certificate }))).toMatchObject({
      outcome: 'unverifiable',
      reason: 'counter/not-yet-valid',
    })
  })
})

describe('is refused, and nothing of it is told', () => {
  test.each<[string, () => Promise<Uint8Array | string>, string, string]>([
    [
      'a certificate of another office’s key',
      async () => pretended(SIGNERS.bureau),
      'key/unknown',
      'unverifiable',
    ],
    [
      'a certificate of an office that nobody lists',
      () => ofOffice('91339901MAXYN00113'),
      'counter/office-unknown',
      'unverifiable',
    ],
    [
      'a certificate of an office without keys',
      () => ofOffice('11339901XYN000030B'),
      'key/unknown',
      'unverifiable',
    ],
    ['a licence', async () => certificate(), 'request/wrong-type', 'invalid'],
    ['an address', async () => 'https://example.com/', 'qr/not-a-credential', 'unverifiable'],
    ['nothing', async () => new Uint8Array(0), 'format/unsupported', 'unverifiable'],
    [
      'a text too long for a code',
      async () => `OT1:${'0'.repeat(4300)}`,
      'qr/limit',
      'unverifiable',
    ],
  ])('%s', async (_, input, reason, outcome) => {
    const verdict = await judge(await input())
    expect(verdict).toMatchObject({ outcome, reason })
    expect(verdict).not.toHaveProperty('request')
  })

  test('signed by another device, under the certificate of this one', async () => {
    const stolen = { publicKey: DEVICE.publicKey, sign: SIGNERS.stranger.sign }
    const verdict = await judge(await sampleRequest(NOW, { signer: stolen }))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'signature/invalid' })
    expect(verdict).not.toHaveProperty('request')
  })

  test('any bit flipped anywhere', async () => {
    for (let at = 0; at < request.length; at += 1) {
      const flipped = request.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      const verdict = await judge(flipped)
      expect([at, verdict.outcome === 'invalid' || verdict.outcome === 'unverifiable']).toEqual([
        at,
        true,
      ])
      expect([at, verdict.request]).toEqual([at, undefined])
    }
  })
})

test('a request is no licence', async () => {
  const verdict = await verify(encodeQrText(request), {
    trust,
    now: NOW,
    accept: ['requested', 'live'],
  })
  expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'credential/wrong-type' })
})

function wantOf(at: number): Want {
  const want = WANTS[at]
  if (want === undefined) throw new TypeError('no want')
  return want
}

function withOption(option: Want['options'][number]): readonly Want[] {
  return [{ ...wantOf(0), options: [option] }]
}

function withClaims(claims: readonly string[]): readonly Want[] {
  return withOption({ type: wantOf(0).options[0]?.type ?? '', claims })
}

function certificate(): Promise<Uint8Array> {
  return sampleCertificate(NOW)
}

/** The centre's name under somebody else's key. */
async function pretended(enroller: Signer): Promise<Uint8Array> {
  return sampleRequest(NOW, { certificate: await sampleCertificate(NOW, {}, { enroller }) })
}

async function ofOffice(office: string): Promise<Uint8Array> {
  const own = await sampleCertificate(NOW, { office })
  expect(parseCounterCertificate(own).office).toBe(office)
  expect(signerFromPrivateJwk({ ...testKeys.counterCbor }).publicKey).toEqual(DEVICE.publicKey)
  return sampleRequest(NOW, { certificate: own })
}

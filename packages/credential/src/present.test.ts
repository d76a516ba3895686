import { decodeQrText } from '@onetrip/codec'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  issueInput,
  issueSdCwt,
  issueSdJwt,
  NOW,
  newKeys,
  seededRandom,
} from '../samples/testkit.ts'
import { dayEnd } from './calendar-day.ts'
import { copyAudience, makeCopy, presentLive, presentRequested, presentSdJwt } from './present.ts'
import { type Presentation, parsePresentation } from './presentation.ts'

const ed = newKeys('Ed25519')
const es = newKeys('ES256')
const input = issueInput(foodLicenceOfSample, ed)
const jsonInput = issueInput(foodLicenceOfSample, es)
const { type } = input
const OFFICE = '12339901XYN0000570'

let credential: Uint8Array

beforeAll(async () => {
  credential = await issueSdCwt(input, ed.issuer)
})

const shown = (): Parameters<typeof presentLive>[0] => ({
  credential,
  type,
  disclose: ['items'],
  now: NOW,
  signer: ed.holder,
})

describe('live', () => {
  test('signs mode, audience and time', async () => {
    const { keyBinding, claims } = opened(await presentLive(shown()))
    await keyBinding?.verify(ed.holder.publicKey)
    expect(keyBinding).toMatchObject({ mode: 'live', audience: 'onetrip:live', issuedAt: NOW })
    expect(keyBinding?.expiresAt).toBeUndefined()
    expect([...claims.raw.keys()]).toEqual([6, 7, 12])
  })

  test('two codes are two presentations', async () => {
    const [a, b] = [await presentLive(shown()), await presentLive({ ...shown(), now: NOW + 30 })]
    expect(opened(a).keyBinding?.presentationId).not.toBe(opened(b).keyBinding?.presentationId)
  })

  test('nothing selected is a whole presentation; open claims need no naming', async () => {
    const none = opened(await presentLive({ ...shown(), disclose: [] }))
    const named = opened(await presentLive({ ...shown(), disclose: ['name'] }))
    expect([none.claims.hiddenCount, named.claims.hiddenCount]).toEqual([8, 8])
    expect([...none.claims.raw.keys()]).toEqual([6, 7])
  })

  test('a name the type does not have is claim/unknown', async () => {
    expect(await codeOf(() => presentLive({ ...shown(), disclose: ['nobody'] }))).toBe(
      'claim/unknown',
    )
  })

  test('an optional claim the licence does not state is passed over', async () => {
    const { hotline: _, ...claims } = foodLicenceOfSample.facts.claims
    const own = { ...input, facts: { ...foodLicenceOfSample.facts, claims } }
    const bytes = await issueSdCwt(own, ed.issuer)
    const { claims: read } = opened(
      await presentLive({ ...shown(), credential: bytes, disclose: ['items', 'hotline'] }),
    )
    expect([...read.raw.keys()]).toEqual([6, 7, 12])
  })
})

describe('requested', () => {
  test('signs audience and nonce of the request', async () => {
    const nonce = seededRandom('request')(16)
    const bytes = await presentRequested({ ...shown(), audience: OFFICE, nonce })
    const { keyBinding } = parsePresentation(bytes)
    expect(keyBinding).toMatchObject({ mode: 'requested', audience: OFFICE })
    expect(keyBinding?.nonce).toBe(Buffer.from(nonce).toString('hex'))
  })
})

describe('copy', () => {
  const copy = (): Parameters<typeof makeCopy>[0] => ({
    ...shown(),
    recipient: { office: OFFICE },
    purpose: '办理户外招牌设置',
    endDay: '2026-12-31',
  })

  test('for an office: recipient, purpose, and the end of its last day', async () => {
    const { keyBinding } = opened(await makeCopy(copy()))
    await keyBinding?.verify(ed.holder.publicKey)
    expect(keyBinding).toMatchObject({
      mode: 'copy',
      audience: OFFICE,
      purpose: '办理户外招牌设置',
      expiresAt: dayEnd('2026-12-31'),
    })
  })

  test('for a name: NFC, trimmed, with its prefix', async () => {
    const recipient = { name: ' Café '.normalize('NFD') }
    const { keyBinding } = opened(await makeCopy({ ...copy(), recipient }))
    expect(keyBinding?.audience).toBe('name:Café'.normalize('NFC'))
    expect(copyAudience(recipient)).toBe('name:Café'.normalize('NFC'))
  })

  test.each([
    ['90 days', '2027-02-21', 'none'],
    ['91 days', '2027-02-22', 'copy/too-long'],
    ['today', '2026-11-23', 'none'],
    ['yesterday', '2026-11-22', 'presentation/copy-expired'],
    ['no day', '2026-02-30', 'time/format'],
  ])('%s', async (_name, endDay, code) => {
    expect(await codeOf(() => makeCopy({ ...copy(), endDay }))).toBe(code)
  })

  test('never past the credential’s end', async () => {
    const expiresAt = dayEnd('2026-12-31')
    const short = await issueSdCwt({ ...input, expiresAt }, ed.issuer)
    const shorter = await issueSdCwt({ ...input, expiresAt: expiresAt - 3600 }, ed.issuer)
    expect(await codeOf(() => makeCopy({ ...copy(), credential: short }))).toBe('none')
    expect(await codeOf(() => makeCopy({ ...copy(), credential: shorter }))).toBe('copy/too-long')
  })

  test.each([
    ['an empty purpose', { purpose: ' ' }],
    ['a purpose with a line break', { purpose: 'a\nb' }],
    ['a purpose that turns text round', { purpose: 'a\u202eb' }],
    ['an empty name', { recipient: { name: '' } }],
    ['an empty office', { recipient: { office: '' } }],
  ])('%s', async (_name, changed) => {
    expect(await codeOf(() => makeCopy({ ...copy(), ...changed }))).toBe('claim/format')
  })
})

describe('SD-JWT VC', () => {
  test('the request’s nonce, or 16 random bytes; without either the caller is at fault', async () => {
    const text = await issueSdJwt(jsonInput, es.issuer)
    const binding = { mode: 'copy', audience: OFFICE, issuedAt: NOW, purpose: '存档' } as const
    const all = { ...binding, credential: text, type, disclose: ['items'], signer: es.holder }
    const given = parsePresentation(await presentSdJwt({ ...all, nonce: 'n', expiresAt: NOW + 60 }))
    expect(given.keyBinding).toMatchObject({
      mode: 'copy',
      nonce: 'n',
      purpose: '存档',
      expiresAt: NOW + 60,
    })
    const random = parsePresentation(await presentSdJwt({ ...all, random: seededRandom('x') }))
    expect(random.keyBinding?.nonce).toMatch(/^[\w-]{22}$/)
    await expect(presentSdJwt(all)).rejects.toThrow(TypeError)
  })
})

function opened(text: string): Presentation {
  return parsePresentation(decodeQrText(text))
}

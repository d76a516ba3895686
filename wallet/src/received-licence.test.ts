import { describe, expect, test } from 'vitest'
import {
  foodType,
  issueFood,
  SAMPLE_NOW,
  STATUS_INDEX,
  sampleHolderKeys,
  sampleTrust,
} from '../samples/sample-world.ts'
import { verifyHeld } from './check-licences.ts'
import { holderPublicKey } from './holder-key.ts'
import { licenceContent } from './licence-content.ts'
import { heldState } from './licence-state.ts'
import { checkReceived } from './received-licence.ts'
import type { RequestedLicence } from './request-licence.ts'

const keys = sampleHolderKeys
const holder = { cbor: holderPublicKey(keys.cbor), jws: holderPublicKey(keys.jws) }

function requested(issued: { readonly cbor: Uint8Array; readonly jws: string }): RequestedLicence {
  return { receiptId: 'r', keys, sdCwt: issued.cbor, sdJwt: issued.jws }
}

describe('checkReceived', () => {
  test('makes a licence of two credentials that pass, with the issuer of the trust list', async () => {
    const trust = await sampleTrust()
    const licence = await checkReceived({
      requested: requested(await issueFood(holder)),
      trust,
      now: SAMPLE_NOW,
    })
    expect(licence.id).toMatch(/^[0-9a-f]{32}$/)
    expect(licence.summary).toMatchObject({
      typeName: { 'zh-CN': '食品经营许可证' },
      issuer: { 'zh-CN': '虚构市云栖区市场监督管理局' },
      number: 'JY23399010000012',
      holder: '虚构市云栖样例餐饮有限公司',
      validFrom: '2026-11-20',
      validTo: '2031-11-19',
      typeVersion: 1,
    })
    expect(licence.summary.expiresAt).toBeGreaterThan(SAMPLE_NOW)
    const content = licenceContent(licence, trust)
    expect(content?.choice.fixed.map(({ name }) => name)).toEqual(['name', 'uscc'])
    expect(licenceContent(licence, undefined)).toEqual(content)
    const { type, ...earlier } = licence
    expect(type).toBe(content?.type)
    expect(licenceContent(earlier, undefined)).toBeUndefined()
    expect(licenceContent(earlier, trust)).toEqual(content)
  })

  test('the type that the offer named is taken', async () => {
    const trust = await sampleTrust()
    const issued = { ...requested(await issueFood(holder)), offeredVct: foodType.vct }
    const licence = await checkReceived({ requested: issued, trust, now: SAMPLE_NOW })
    expect(licence.summary.typeCode).toBe(foodType.typeCode)
  })

  test('the same licence received again has the same key', async () => {
    const trust = await sampleTrust()
    const options = { trust, now: SAMPLE_NOW }
    const one = await checkReceived({ ...options, requested: requested(await issueFood(holder)) })
    const two = await checkReceived({ ...options, requested: requested(await issueFood(holder)) })
    expect(two.id).toBe(one.id)
  })

  test('a licence that begins later may be received', async () => {
    const issued = await issueFood(holder, { validFrom: '2026-12-24' })
    const trust = await sampleTrust()
    const licence = await checkReceived({ requested: requested(issued), trust, now: SAMPLE_NOW })
    const verdicts = await verifyHeld([licence], trust, SAMPLE_NOW)
    expect(heldState(verdicts.get(licence.id), licence.summary)).toMatchObject({
      state: 'not-yet-valid',
      day: '2026-12-24',
    })
  })

  test('keeps every copy', async () => {
    const spares = [requested(await issueFood(holder)), requested(await issueFood(holder))]
    const batch = { ...requested(await issueFood(holder)), spares }
    const licence = await checkReceived({
      requested: batch,
      trust: await sampleTrust(),
      now: SAMPLE_NOW,
    })
    expect(licence.spares).toEqual(spares)
  })

  test.each<[string, () => Promise<RequestedLicence>, string]>([
    [
      'a copy that states another licence',
      async () => {
        const other = requested(await issueFood(holder, { serial: 'JY23399010000099' }))
        return { ...requested(await issueFood(holder)), spares: [other] }
      },
      'offer/different-licences',
    ],
    [
      'a copy for another holder’s key (WA06)',
      async () => {
        const other = requested(await issueFood({ ...holder, cbor: holder.jws }))
        return { ...requested(await issueFood(holder)), spares: [other] }
      },
      'holder/mismatch',
    ],
    [
      'another holder’s SD-CWT (WA06)',
      async () => requested(await issueFood({ ...holder, cbor: holder.jws })),
      'holder/mismatch',
    ],
    [
      'another holder’s SD-JWT (WA06)',
      async () => requested(await issueFood({ ...holder, jws: holder.cbor })),
      'holder/mismatch',
    ],
    [
      'a stranger’s signature',
      async () => requested(await issueFood(holder, { by: 'stranger' })),
      'key/unknown',
    ],
    [
      'two different licences',
      async () => {
        const other = await issueFood(holder, { serial: 'JY23399010000099' })
        return requested({ ...(await issueFood(holder)), jws: other.jws })
      },
      'offer/different-licences',
    ],
    [
      'another type than the offer named (WA06)',
      async () => ({
        ...requested(await issueFood(holder)),
        offeredVct: 'https://t.example/other',
      }),
      'credential/wrong-type',
    ],
    [
      'an altered byte',
      async () => {
        const issued = await issueFood(holder)
        const cbor = Uint8Array.from(issued.cbor)
        cbor.set([(cbor.at(-1) ?? 0) ^ 1], cbor.length - 1)
        return requested({ ...issued, cbor })
      },
      'signature/invalid',
    ],
    [
      'a page instead of a credential',
      async () => requested({ ...(await issueFood(holder)), jws: '<html>' }),
      'qr/not-a-credential',
    ],
  ])('refuses %s', async (_, make, code) => {
    const trust = await sampleTrust()
    const check = checkReceived({ requested: await make(), trust, now: SAMPLE_NOW })
    await expect(check).rejects.toMatchObject({ code })
  })

  test.each([STATUS_INDEX.cbor, STATUS_INDEX.jws])(
    'refuses what is revoked at index %i',
    async (index) => {
      const trust = await sampleTrust([index])
      const issued = requested(await issueFood(holder))
      const check = checkReceived({ requested: issued, trust, now: SAMPLE_NOW })
      await expect(check).rejects.toMatchObject({ code: 'status/revoked' })
    },
  )
})

describe('a seal that no register here tells of', () => {
  const seal = new Uint8Array(8)

  test.each([
    ['2026-11-20', 'in-force'],
    ['2030-01-01', 'not-yet-valid'],
  ])(
    'keeps no licence out, and says nothing against it: from %s it is %s',
    async (validFrom, state) => {
      const trust = await sampleTrust()
      const issued = requested(await issueFood(holder, { seal, validFrom }))
      const licence = await checkReceived({ requested: issued, trust, now: SAMPLE_NOW })
      const verdict = (await verifyHeld([licence], trust, SAMPLE_NOW)).get(licence.id)
      expect(verdict?.checks.map(({ code }) => code)).toContain('licence-seal/unknown')
      expect(heldState(verdict, licence.summary)).toMatchObject({ state })
    },
  )
})

describe('heldState', () => {
  test('a held licence is in force, then stale, then revoked as the trust data say', async () => {
    const trust = await sampleTrust()
    const issued = requested(await issueFood(holder))
    const licence = await checkReceived({ requested: issued, trust, now: SAMPLE_NOW })
    const stateAt = async (now: number, present: Awaited<ReturnType<typeof sampleTrust>>) => {
      const verdicts = await verifyHeld([licence], present, now)
      return heldState(verdicts.get(licence.id), licence.summary)
    }
    const asOf = SAMPLE_NOW - 300
    expect(await stateAt(SAMPLE_NOW, trust)).toEqual({
      state: 'in-force',
      sentence: 'in-force',
      asOf,
    })
    expect(await stateAt(SAMPLE_NOW + 90_000, trust)).toMatchObject({ sentence: 'stale', asOf })
    const revoked = await sampleTrust([STATUS_INDEX.cbor])
    expect(await stateAt(SAMPLE_NOW, revoked)).toMatchObject({ state: 'revoked', asOf })
    expect(await stateAt(SAMPLE_NOW - 86_400, trust)).toMatchObject({ sentence: 'clock' })
    const late = SAMPLE_NOW + 401 * 86_400
    expect(await stateAt(late, trust)).toMatchObject({ state: 'expired' })
    const doubted = { ...trust, clockAhead: true }
    expect(await stateAt(late, doubted)).toMatchObject({
      state: 'unknown',
      sentence: 'clock-ahead',
    })
    expect(await stateAt(SAMPLE_NOW, doubted)).toMatchObject({ state: 'in-force' })
  })

  test('without a verdict nothing has been checked', async () => {
    const trust = await sampleTrust()
    const issued = requested(await issueFood(holder))
    const { summary } = await checkReceived({ requested: issued, trust, now: SAMPLE_NOW })
    expect(heldState(undefined, summary)).toEqual({ state: 'unknown', sentence: 'unchecked' })
  })
})

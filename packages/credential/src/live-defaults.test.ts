/** What a first showing discloses, with the real code: the longest names there are must not shut the wallet. */
import { type Algorithm, isFrameText } from '@onetrip/codec'
import {
  foodLicenceOfSample,
  identityOfChen,
  type SampleLicence,
  sampleLicences,
} from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { issueInput, issueSdCwt, NOW, newKeys } from '../samples/testkit.ts'
import { MAX_CODE_CHARACTERS } from './budgets.ts'
import { type LiveInput, liveDefaults, presentLive } from './present.ts'
import type { TypeDefinition } from './type-definition.ts'

const KEYS = ['Ed25519', 'ES256'] as const
const LONG_COMPANY = '虚构市云栖区阿卜杜热依木样例餐饮管理连锁经营服务有限责任公司'
const DOTTED_NAME = '阿卜杜热依木·买买提艾力'

describe.each(KEYS)('holder\u2019s key %s', (algorithm) => {
  test.each(sampleLicences)('$holder $typeCode: all its defaults fit', async (sample) => {
    const { shown, type } = await issued(sample, algorithm)
    const defaults = type.claims.filter((claim) => claim.default && claim.sd === 'allowed')
    expect(liveDefaults({ ...shown, algorithm })).toEqual(defaults.map((claim) => claim.name))
  })

  test('a company of 30 characters opens on a code; the default that does not fit is left out', async () => {
    expect(Array.from(LONG_COMPANY)).toHaveLength(30)
    const { shown } = await issued(changed(foodLicenceOfSample, { name: LONG_COMPANY }), algorithm)
    expect(isFrameText(await live(shown, ['premises', 'items']))).toBe(true)
    const disclose = liveDefaults({ ...shown, algorithm })
    expect(disclose).toEqual(['premises'])
    expect((await live(shown, disclose)).length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.live)
  })

  test('a default that does not fit makes room for a smaller one after it', async () => {
    const claims = { name: LONG_COMPANY, premises: '云栖区样例路'.repeat(8), items: '热食' }
    const { shown } = await issued(changed(foodLicenceOfSample, claims), algorithm)
    expect(liveDefaults({ ...shown, algorithm })).toEqual(['items'])
  })

  test('public claims that are larger alone make the code grow, up to V25-L', async () => {
    const { shown } = await issued(longPublic(120 + 120), algorithm)
    const disclose = liveDefaults({ ...shown, algorithm })
    expect(disclose).toEqual([])
    const text = await live(shown, disclose)
    expect(text.length).toBeGreaterThan(MAX_CODE_CHARACTERS.live)
    expect(text.length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.liveGrown)
    expect(isFrameText(await live(shown, ['items']))).toBe(true)
  })

  test('beyond V25-L they are animated', async () => {
    const { shown } = await issued(longPublic(900), algorithm)
    expect(liveDefaults({ ...shown, algorithm })).toEqual([])
    expect(isFrameText(await live(shown, []))).toBe(true)
  })

  test('a person with a dotted name opens on it; all claims are animated', async () => {
    const { shown, type } = await issued(changed(identityOfChen, { name: DOTTED_NAME }), algorithm)
    expect(liveDefaults({ ...shown, algorithm })).toEqual(['name'])
    await live(shown, ['name'])
    const all = type.claims.map((claim) => claim.name)
    expect(isFrameText(await live(shown, all))).toBe(true)
  })
})

test('what is measured is what is made, to the character', async () => {
  const { shown } = await issued(foodLicenceOfSample, 'ES256')
  const at = (length: number): SampleLicence =>
    changed(foodLicenceOfSample, { items: 'x'.repeat(length) })
  const left = MAX_CODE_CHARACTERS.live - (await live(shown, ['premises', 'items'])).length
  const start = 30 + Math.floor((left * 2) / 3) - 12
  const fits: boolean[] = []
  for (let length = start; length < start + 24; length++) {
    const { shown: longer } = await issued(at(length), 'ES256')
    const measured = liveDefaults({ ...longer, algorithm: 'ES256' }).includes('items')
    const made = !isFrameText(await live(longer, ['premises', 'items']))
    expect(measured).toBe(made)
    fits.push(measured)
  }
  expect([fits[0], fits.at(-1)]).toEqual([true, false])
})

test('names nothing that the type does not mark, or that the credential does not hold', async () => {
  const { shown, type } = await issued(foodLicenceOfSample, 'Ed25519')
  const unmarked = { ...type, claims: type.claims.map((claim) => ({ ...claim, default: false })) }
  expect(liveDefaults({ ...shown, type: unmarked, algorithm: 'Ed25519' })).toEqual([])
  const marked = { ...type, claims: type.claims.map((claim) => ({ ...claim, default: true })) }
  const without = changed(foodLicenceOfSample, { hotline: undefined })
  const { shown: fewer } = await issued(without, 'Ed25519')
  const named = liveDefaults({ ...fewer, type: marked, algorithm: 'Ed25519' })
  expect(named).not.toContain('hotline')
  expect(named).not.toContain('name')
  expect(named[0]).toBe('legalRepresentative')
})

interface Issued {
  readonly shown: LiveInput
  readonly type: TypeDefinition
}

async function issued(sample: SampleLicence, holder: Algorithm): Promise<Issued> {
  const keys = newKeys('Ed25519', holder)
  const base = issueInput(sample, keys)
  // The type's own limits are not what is tested.
  const claims = base.type.claims.map((claim) => ({ ...claim, maxBytes: 2000 }))
  const input = { ...base, type: { ...base.type, claims } }
  const credential = await issueSdCwt(input, keys.issuer)
  const { type } = input
  return { type, shown: { credential, type, disclose: [], now: NOW, signer: keys.holder } }
}

function live(shown: LiveInput, disclose: readonly string[]): Promise<string> {
  return presentLive({ ...shown, disclose })
}

function changed(
  sample: SampleLicence,
  claims: Readonly<Record<string, string | undefined>>,
): SampleLicence {
  const all = Object.entries({ ...sample.facts.claims, ...claims })
  const stated = all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return { ...sample, facts: { ...sample.facts, claims: Object.fromEntries(stated) } }
}

function longPublic(bytes: number): SampleLicence {
  return changed(foodLicenceOfSample, { name: '样'.repeat(Math.floor(bytes / 3)) })
}

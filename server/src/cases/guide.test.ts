import { isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import { matterCatalogue, matterGuides } from '@onetrip/fixtures'
import { parseMatterCatalogue } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { needsVisit, parseGuide, planFor } from './guide.ts'

const matters = parseMatterCatalogue(JSON.parse(JSON.stringify(matterCatalogue)))
const [restaurant, house] = matters
if (restaurant === undefined || house === undefined) throw new Error('no matters')

function sample(at = 0): JsonObject {
  const guide: JsonValue = JSON.parse(JSON.stringify(matterGuides[at]))
  if (!isObject(guide)) throw new Error('no guide')
  return guide
}

const SMALL = {
  sign: 'no',
  area: 'small',
  tobacco: 'no',
  agent: 'no',
}
const LARGE = {
  sign: 'yes',
  'sign-size': 'yes',
  area: 'large',
  'fire-way': 'promise',
  tobacco: 'yes',
  agent: 'yes',
}

function codes(of: readonly { readonly code: string }[]): readonly string[] {
  return of.map(({ code }) => code)
}

describe('the sample guides', () => {
  test('are whole', () => {
    expect(parseGuide(sample(0), restaurant).parts).toHaveLength(5)
    expect(parseGuide(sample(1), house).parts).toHaveLength(3)
  })
})

describe('answers', () => {
  const guide = parseGuide(sample(), restaurant)

  test('leave only what applies', () => {
    const plan = planFor(guide, restaurant, SMALL)
    expect(codes(plan.parts)).toEqual(['business-check', 'food-business-licence'])
    expect(codes(plan.materials)).not.toContain('sign-design')
    expect(codes(plan.materials)).not.toContain('promise')
    expect(codes(plan.materials)).not.toContain('agent-authority')
  })

  test('bring what applies, each material once with the parts that need it', () => {
    const plan = planFor(guide, restaurant, LARGE)
    expect(plan.parts).toHaveLength(5)
    const licence = plan.materials.filter(({ code }) => code === 'business-licence')
    expect(licence.map(({ parts }) => parts.length)).toEqual([5])
    expect(codes(plan.materials)).toContain('agent-identity')
    expect(codes(plan.materials)).not.toContain('floor-plan')
    expect(
      codes(planFor(guide, restaurant, { ...LARGE, 'fire-way': 'ordinary' }).materials),
    ).toContain('floor-plan')
  })

  test('spare a visit where there is a promise', () => {
    const fire = guide.parts.find(({ code }) => code === 'fire-safety') ?? {}
    expect(needsVisit(fire, LARGE)).toBe(false)
    expect(needsVisit(fire, { ...LARGE, 'fire-way': 'ordinary' })).toBe(true)
    expect(needsVisit({}, LARGE)).toBe(false)
  })

  test.for([
    ['one is missing', { sign: 'no' }],
    ['one is none of the choices', { ...SMALL, area: 'huge' }],
    ['nobody asked', { ...SMALL, pets: 'yes' }],
    ['one does not apply', { ...SMALL, 'sign-size': 'yes' }],
    ['one that applies is missing', { ...SMALL, sign: 'yes' }],
    ['it is a name of every object', { ...SMALL, sign: 'constructor' }],
  ] as const)('are refused where %s', ([, answers]) => {
    expect(() => planFor(guide, restaurant, answers)).toThrow('guide/answers')
  })
})

describe('a guide is refused', () => {
  const part = (changes: JsonObject): JsonObject => {
    const guide = sample()
    const parts = guide['parts']
    if (!Array.isArray(parts)) throw new Error('no parts')
    return { ...guide, parts: parts.map((one, at) => (at === 1 ? { ...one, ...changes } : one)) }
  }
  const material = (changes: JsonObject): JsonObject => {
    const guide = sample()
    const materials = guide['materials']
    if (!Array.isArray(materials)) throw new Error('no materials')
    return {
      ...guide,
      materials: materials.map((one, at) => (at === 6 ? { ...one, ...changes } : one)),
    }
  }
  const field = (name: string, changes: JsonObject): JsonObject => {
    const guide = sample()
    const form = guide['form']
    if (!Array.isArray(form)) throw new Error('no form')
    return {
      ...guide,
      form: form
        .filter(isObject)
        .map((one) => (one['name'] === name ? { ...one, ...changes } : one)),
    }
  }
  const question = (code: string, when: JsonValue): JsonObject => {
    const guide = sample()
    const questions = guide['questions']
    if (!Array.isArray(questions)) throw new Error('no questions')
    return {
      ...guide,
      questions: questions
        .filter(isObject)
        .map((one) => (one['code'] === code ? { ...one, when } : one)),
    }
  }
  const renamed = (code: string): unknown =>
    JSON.parse(JSON.stringify(sample()).replaceAll('"tobacco"', `"${code}"`))
  test('not for what its questions are called', () => {
    expect(parseGuide(renamed('pets'), restaurant).questions).toHaveLength(6)
  })
  test.for<[string, () => unknown]>([
    ['of two places', () => field('address', { isPlace: true })],
    [
      'that asks by a question that comes later',
      () => question('sign', [{ question: 'tobacco', answers: ['yes'] }]),
    ],
    [
      'that asks by the question itself',
      () => question('sign', [{ question: 'sign', answers: ['yes'] }]),
    ],
    [
      'with a field by a question it does not have',
      () => field('items', { when: [{ question: 'pets', answers: ['yes'] }] }),
    ],
    [
      'that checks a part by a field that may not apply',
      () => field('address', { when: [{ question: 'sign', answers: ['yes'] }] }),
    ],
    ['with a field whose name a form loses', () => field('items', { name: 'constructor' })],
    ['with a question whose answer is lost', () => renamed('constructor')],
    ['of another matter', () => ({ ...sample(), matter: 'second-hand-house' })],
    ['with a member that nobody knows', () => ({ ...sample(), more: 1 })],
    ['without its parts', () => ({ ...sample(), parts: [] })],
    [
      'that promises more time than the law gives',
      () => part({ limit: { statutoryDays: 20, promisedDays: 21, warnDays: 1 } }),
    ],
    [
      'that warns before it begins',
      () => part({ limit: { statutoryDays: 20, promisedDays: 10, warnDays: 11 } }),
    ],
    [
      'that asks by a question it does not have',
      () => part({ when: [{ question: 'pets', answers: ['yes'] }] }),
    ],
    [
      'that asks by an answer it does not have',
      () => part({ when: [{ question: 'sign', answers: ['perhaps'] }] }),
    ],
    ['with a part twice', () => part({ code: 'business-check' })],
    [
      'that settles a licence by data',
      () => part({ check: [{ material: 'identity', claim: 'name', contains: 'x' }] }),
    ],
    ['with a licence where the catalogue has none', () => material({ sources: ['licence'] })],
    ['with a promise without words', () => material({ sources: ['promise'] })],
    ['with a way that nobody knows', () => material({ sources: ['fax'] })],
    ['with a field of a part it does not have', () => field('items', { parts: ['pets'] })],
    [
      'that checks a part by a field that the part does not read',
      () => field('address', { parts: ['food-business-licence'] }),
    ],
    ['of no object', () => 'guide'],
  ])('%s', ([, make]) => {
    expect(() => parseGuide(make(), restaurant)).toThrow('guide/format')
  })
})

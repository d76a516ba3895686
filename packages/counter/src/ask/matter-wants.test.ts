import { WANT_LIMITS } from '@onetrip/credential'
import { type Matter, parseMatterCatalogue } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { askingDocuments, BUREAU, CENTRE } from '../../../verifier/samples/asking-world.ts'
import { askableMatters, firstChoice, neededFor, wantsFor } from './matter-wants.ts'

const matters = parseMatterCatalogue(askingDocuments().catalogue)
const all = matters.map(({ code }) => code)
const centre = { id: CENTRE, name: { 'zh-CN': '中心', en: 'Centre' } }

describe('a counter may ask', () => {
  test.each([
    ['for what its certificate names and the catalogue brings to its office', all, CENTRE],
    ['for nothing where the certificate names no matter', [], CENTRE],
    ['for nothing that is brought elsewhere', all, BUREAU],
  ])('%s', (_, named, office) => {
    const asked = askableMatters({ matters: named, office: { ...centre, id: office } }, { matters })
    const wanted = matters.filter(({ offices }) => named.length > 0 && offices.includes(office))
    expect(asked).toEqual(wanted)
  })
})

test.each([
  ['open-restaurant', undefined, ['business-licence', 'identity', 'premises']],
  ['open-restaurant', 'outdoor-sign', ['business-licence', 'agent-identity']],
  ['second-hand-house', undefined, ['property-certificate', 'seller-identity']],
  ['senior-licence', undefined, ['identity']],
])(
  '%s, part %s: of each licence type the first is asked unless the clerk says more',
  (code, part, chosen) => {
    const { askable } = neededFor(matterOf(code), part)
    expect([...firstChoice(askable)]).toEqual(chosen)
  },
)

test('what is no licence is brought otherwise', () => {
  const { askable, others } = neededFor(matterOf('open-restaurant'), 'outdoor-sign')
  expect(askable.map(({ code }) => code)).toEqual(['business-licence', 'agent-identity'])
  expect(others.map(({ code }) => code)).toEqual([
    'application-form',
    'agent-authority',
    'promise',
    'sign-design',
  ])
})

test('a request holds no more materials than it may, whatever the catalogue says', () => {
  const [material] = neededFor(matterOf('senior-licence')).askable
  if (material === undefined) throw new TypeError('the matter has no licence')
  const matter = { ...matterOf('senior-licence'), parts: [] }
  const materials = Array.from({ length: WANT_LIMITS.wants + 1 }, (_, at) => ({
    ...material,
    code: `m-${at}`,
  }))
  expect(neededFor({ ...matter, materials }).askable).toHaveLength(WANT_LIMITS.wants)
})

test('what is chosen is required, with the claims that the catalogue allows, in its order', () => {
  const { askable } = neededFor(matterOf('open-restaurant'))
  const [business] = askable
  expect(wantsFor(askable, new Set(['identity', 'business-licence']))).toMatchObject([
    {
      material: 'business-licence',
      required: true,
      options: [{ type: business?.accepts[0]?.type, claims: business?.accepts[0]?.claims }],
    },
    { material: 'identity', required: true },
  ])
})

function matterOf(code: string): Matter {
  const matter = matters.find((each) => each.code === code)
  if (matter === undefined) throw new TypeError('no such matter')
  return matter
}

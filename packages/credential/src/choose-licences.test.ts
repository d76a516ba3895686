import { businessLicenceOfSample, identityOfChen } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { WANTS } from '../samples/asking.ts'
import { typeOf } from '../samples/testkit.ts'
import { chooseLicences, type HeldLicence } from './choose-licences.ts'

const business: HeldLicence = {
  id: 'business',
  type: typeOf(businessLicenceOfSample),
  claims: Object.keys(businessLicenceOfSample.facts.claims),
  isValid: true,
  validFrom: '2025-09-01',
}
const identity: HeldLicence = {
  id: 'identity',
  type: typeOf(identityOfChen),
  claims: [...Object.keys(identityOfChen.facts.claims), 'nameGlyphs'],
  isValid: true,
  validFrom: '2020-05-06',
  validTo: '2040-05-06',
}

function idsOf(held: readonly HeldLicence[]): readonly string[] {
  const [choice] = chooseLicences({ wants: WANTS.slice(1) }, held)
  return choice?.fits.map(({ licence }) => licence.id) ?? []
}

describe('choosing', () => {
  test('each want gets the licences of its type, in the order of the wants', () => {
    const choices = chooseLicences({ wants: WANTS }, [identity, business])
    expect(choices.map(({ want, fits }) => [want.material, fits[0]?.licence.id])).toEqual([
      ['business-licence', 'business'],
      ['identity', 'identity'],
    ])
    expect(choices.some(({ isMissing }) => isMissing)).toBe(false)
  })

  test('what is public by law is shown unasked, the rest stays hidden, in the definition’s order', () => {
    const [choice] = chooseLicences({ wants: WANTS }, [business])
    expect(choice?.fits[0]).toMatchObject({
      shown: ['name', 'uscc', 'legalRepresentative', 'address', 'scope'],
      hidden: ['entityType', 'registeredCapital', 'establishedOn', 'registrar', 'approvedOn'],
      absent: [],
    })
  })

  test('pictures of characters go with their text', () => {
    const type = { ...identity.type, claims: [...identity.type.claims] }
    const [glyphs] = type.claims
    if (glyphs === undefined) throw new TypeError('no claim')
    type.claims.push({ ...glyphs, name: 'nameGlyphs', key: 14, format: 'glyphs', of: 'name' })
    const [choice] = chooseLicences({ wants: WANTS.slice(1) }, [{ ...identity, type }])
    expect(choice?.fits[0]?.shown).toEqual(['name', 'idNumber', 'nameGlyphs'])
  })

  test('a claim that the licence does not state is told', () => {
    const claims = identity.claims.filter((name) => name !== 'idNumber')
    const [choice] = chooseLicences({ wants: WANTS.slice(1) }, [{ ...identity, claims }])
    expect(choice?.fits[0]).toMatchObject({ shown: ['name'], absent: ['idNumber'] })
  })

  test('the best first: valid, complete, the last to end, the newest', () => {
    const lapsed = { ...identity, id: 'lapsed', isValid: false, validFrom: '2025-01-01' }
    const partial = { ...identity, id: 'partial', claims: ['name'] }
    const { validTo: _, ...longTerm } = { ...identity, id: 'long' }
    const newer = { ...identity, id: 'newer', validFrom: '2021-01-01' }
    const held = [lapsed, partial, identity, newer, longTerm]
    expect(idsOf(held)).toEqual(['long', 'newer', 'identity', 'partial', 'lapsed'])
    expect(idsOf(held.toReversed())).toEqual(idsOf(held))
  })

  test('of equal worth the office’s order of types decides', () => {
    const wants = [
      {
        material: 'm',
        required: true,
        options: [
          { type: identity.type.typeCode, claims: [] },
          { type: business.type.typeCode, claims: [] },
        ],
      },
    ]
    const { validTo: _, ...other } = { ...identity, validFrom: business.validFrom }
    const [choice] = chooseLicences({ wants }, [business, other])
    expect(choice?.fits.map(({ licence }) => licence.id)).toEqual(['identity', 'business'])
  })

  test('only what is required is missing', () => {
    const wants = WANTS.map((want, at) => ({ ...want, required: at === 0 }))
    const choices = chooseLicences({ wants }, [])
    expect(choices.map(({ fits, isMissing }) => [fits.length, isMissing])).toEqual([
      [0, true],
      [0, false],
    ])
  })
})

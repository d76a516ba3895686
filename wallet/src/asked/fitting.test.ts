import { describe, expect, test } from 'vitest'
import { heldChoices, WANTS } from '../../../packages/verifier/samples/asking-world.ts'
import { candidateOf } from '../../samples/asked-world.ts'
import { chosenOf, firstFit, fittingFor, licencesIn } from './fitting.ts'

const names = (claims: readonly { readonly name: string }[]): readonly string[] =>
  claims.map(({ name }) => name)

describe('a wanted material', () => {
  test('shows what is asked and what is public by law; everything else stays hidden', async () => {
    const [business, identity] = await heldChoices()
    const wants = fittingFor(WANTS, [candidateOf(identity, 'id'), candidateOf(business, 'biz')])
    expect(wants.map(({ fits }) => fits.map(({ licence }) => licence.id))).toEqual([
      ['biz'],
      ['id'],
    ])
    const [first, second] = wants.map(({ fits }) => fits[0])
    expect(first && [...names(first.shown)].sort()).toEqual(
      ['address', 'legalRepresentative', 'name', 'scope', 'uscc'].sort(),
    )
    expect([...(first?.disclose ?? [])].sort()).toEqual(['address', 'legalRepresentative', 'scope'])
    expect(second && [...names(second.shown)].sort()).toEqual(['idNumber', 'name'])
    const all = second?.content.claims.length ?? 0
    expect(second?.hidden.length).toBe(all - names(second?.shown ?? []).length)
    expect(first?.absent).toEqual([])
  })

  test('is missing where nothing serves', () => {
    expect(fittingFor(WANTS, []).map(firstFit)).toEqual(WANTS.map(() => undefined))
  })

  test('is the first that fits, or the holder’s own choice, or none', async () => {
    const [, identity] = await heldChoices()
    const wants = fittingFor(WANTS, [candidateOf(identity, 'a'), candidateOf(identity, 'b')])
    const material = wants[1]?.material ?? ''
    const chosen = (own: ReadonlyMap<string, string | undefined>) =>
      [...chosenOf(wants, own)].map(([code, { licence }]) => [code, licence.id])
    expect(chosen(new Map())).toEqual([[material, 'a']])
    expect(chosen(new Map([[material, 'b']]))).toEqual([[material, 'b']])
    expect(chosen(new Map([[material, undefined]]))).toEqual([])
  })

  test('counts a licence once that serves as two', async () => {
    const [business, identity] = await heldChoices()
    const id = candidateOf(identity, 'id')
    const twice = [
      ['identity', id],
      ['agent', id],
      ['shop', candidateOf(business, 'biz')],
    ] as const
    expect(licencesIn(new Map(twice))).toBe(2)
    expect(licencesIn(new Map())).toBe(0)
  })

  test('is missing where the one that serves was restored, and its keys are elsewhere', async () => {
    const [, identity] = await heldChoices()
    const candidate = candidateOf(identity, 'id')
    const { cbor, jws } = candidate.licence.keys
    const elsewhere = { secret: { kind: 'elsewhere' } } as const
    const keys = { cbor: { ...cbor, ...elsewhere }, jws: { ...jws, ...elsewhere } }
    const restored = { ...candidate, licence: { ...candidate.licence, keys } }
    expect(fittingFor(WANTS, [restored]).flatMap(({ fits }) => fits)).toEqual([])
    expect(fittingFor(WANTS, [candidate]).flatMap(({ fits }) => fits)).toHaveLength(1)
  })

  test.each(['revoked', 'suspended', 'expired', 'not-yet-valid'] as const)(
    'is not shown by itself by a licence that is %s; one in force goes first',
    async (state) => {
      const [, identity] = await heldChoices()
      const bad = candidateOf(identity, 'bad', state)
      const [, alone] = fittingFor(WANTS, [bad])
      expect(alone?.fits.map(({ licence }) => licence.id)).toEqual(['bad'])
      expect(alone && firstFit(alone)).toBeUndefined()
      const [, both] = fittingFor(WANTS, [bad, candidateOf(identity, 'good')])
      expect(both?.fits.map(({ licence }) => licence.id)).toEqual(['good', 'bad'])
      expect(both && firstFit(both)?.licence.id).toBe('good')
    },
  )
})

import { describe, expect, test } from 'vitest'
import { foodType } from '../samples/sample-world.ts'
import { claimChoice, disclosedClaims, toggled } from './disclosure.ts'

const names = (claims: readonly { readonly name: string }[]): readonly string[] =>
  claims.map(({ name }) => name)
const all = names(foodType.claims)

describe('claimChoice', () => {
  test('what is public by law is fixed, the rest is the holder’s choice', () => {
    const choice = claimChoice(foodType, all)
    expect(names(choice.fixed)).toEqual(['name', 'uscc'])
    expect(choice.fixed.length + choice.selectable.length).toBe(all.length)
  })

  test('offers nothing that the credential does not hold', () => {
    const choice = claimChoice(foodType, ['name', 'items'])
    expect([...names(choice.fixed), ...names(choice.selectable)]).toEqual(['name', 'items'])
  })
})

describe('toggled', () => {
  const choice = claimChoice(foodType, all)

  test('adds, takes away, and leaves the given set alone', () => {
    const none: ReadonlySet<string> = new Set()
    const one = toggled(choice, none, 'items')
    expect([...one]).toEqual(['items'])
    expect([...toggled(choice, one, 'items')]).toEqual([])
    expect(none.size).toBe(0)
  })

  test.each(['name', 'unheard-of'])('%s cannot be chosen', (name) => {
    expect(toggled(choice, new Set(), name).size).toBe(0)
  })
})

test('what is disclosed stands in the order of the type', () => {
  const choice = claimChoice(foodType, all)
  const disclosed = disclosedClaims(choice, new Set(['items', 'premises']))
  expect(names(disclosed)).toEqual(['name', 'uscc', 'premises', 'items'])
})

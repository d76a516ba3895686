/**
 * T22: every artefact type at every entry point; nothing is taken for something else, and nothing is thrown but a `Fault`.
 * Nor is a statement under another `typ`, though its rightful key signs it, or under its own `typ` by a key of another use.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContextsWorld, openContextsWorld } from './contexts-world.ts'
import { EXPECTED, expectedAnswer } from './expected-answers.ts'
import { KEYED_ENTRIES, KEYS, TYPED_ENTRIES } from './other-signers.ts'
import { COSE_TYPES, retype, typeOf } from './retype.ts'

/** Statements with another one in their header. */
const NESTED = /^(?:SD-CWT, |counter re)/

let world: ContextsWorld

beforeAll(async () => {
  world = await openContextsWorld()
})
afterAll(() => world.close())

describe('T22: every artefact at every entry point', () => {
  test.each(Object.keys(EXPECTED))('%s', async (entry) => {
    const ask = world.entries[entry]
    if (ask === undefined) throw new TypeError(`no entry point ${entry}`)
    const said: Record<string, string> = {}
    const expected: Record<string, string> = {}
    for (const [name, artefact] of Object.entries(world.artefacts)) {
      said[name] = await ask(artefact)
      expected[name] = expectedAnswer(entry, name)
    }
    expect(said).toEqual(expected)
  })

  test('no entry point and no artefact is left out', () => {
    const named = Object.values(EXPECTED).flatMap(({ takes }) => takes)
    for (const entry of Object.keys(world.entries)) expect(Object.keys(EXPECTED)).toContain(entry)
    const known = new Set(Object.keys(world.artefacts))
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})

describe('T22: a statement that its own key signs under another typ', () => {
  test.each(TYPED_ENTRIES)('$typ: $entry', async (typed) => {
    const { typ, entry, says, ofShown = says, but = {} } = typed
    const form = COSE_TYPES.includes(typ) ? 'object' : 'string'
    const said: Record<string, string> = {}
    const expected: Record<string, string> = {}
    for (const [name, { by }] of Object.entries(world.kinds)) {
      const statement = world.artefacts[name] ?? ''
      if (typeof statement !== form || typeOf(statement) === typ) continue
      said[name] = await world.ask(entry, await retype(statement, { typ, signer: by }))
      expected[name] = but[name] ?? (NESTED.test(name) ? ofShown : says)
    }
    expect(said).toEqual(expected)
  })
})

describe('T22: a statement under a key of another use', () => {
  test.each(KEYED_ENTRIES)('$name: $entry', async ({ name, entry, uses, says }) => {
    for (const { use, signer } of KEYS) {
      const said = await world.ask(entry, await world.kinds[name].make(signer))
      expect(said, use).toBe(uses.includes(use) ? 'accepted' : says)
    }
  })
})

/** The verifier's vectors in Node: every file gives the verdict it expects, and every code has a file. */
import type { Trust } from '@onetrip/trust'
import { SEVERITY } from '@onetrip/verifier'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AskingVector } from './asking-verdicts.ts'
import type { DocumentVector } from './document-verdicts.ts'
import { type MadeVectors, makeVerifierVectors, vectorText } from './make-verifier-vectors.ts'
import { readVectorFolder } from './read-vector-folder.ts'
import {
  judgeVector,
  openVectorPack,
  type PackVector,
  runVerifierVectors,
  type VectorResult,
  type VerifierVector,
} from './verifier-verdicts.ts'

const EXPECTED_COUNT = 358
const MAX_MILLISECONDS = 50
const ZONES = ['UTC', 'Asia/Shanghai', 'America/St_Johns']

const vectors = readVectorFolder<VerifierVector>('verifier')
const documents = readVectorFolder<DocumentVector>('documents')
const packs = readVectorFolder<PackVector>('trust-packs')
const asking = readVectorFolder<AskingVector>('asking')
const expectedOfOthers = [...Object.values(documents), ...Object.values(asking)].map(
  (vector) => vector.expect,
)
let results: readonly VectorResult[] = []

beforeAll(async () => {
  results = await runVerifierVectors(vectors, packs)
})

describe('verifier vectors', () => {
  test('the folder holds what it should', () => {
    expect(Object.keys(vectors)).toHaveLength(EXPECTED_COUNT)
    expect(Object.keys(packs)).toEqual([
      ...[
        'asking',
        'logged',
        'main',
        'recognising',
        'sealed-licences',
        'sealing',
        'withdrawn',
        'witnessed',
      ],
    ])
  })

  test.for(Object.keys(vectors))('%s', (name) => {
    const result = results.find((candidate) => candidate.name === name)
    expect(result?.actual).toEqual(result?.expected)
  })

  test('every code a verdict can give is expected by a vector, and no other', () => {
    const expectations = [...results.map(({ expected }) => expected), ...expectedOfOthers]
    const codes = expectations.flatMap(({ failed }) => failed.map((each) => each.split(' ').at(-1)))
    expect([...new Set(codes)].sort()).toEqual(Object.keys(SEVERITY).sort())
  })

  test('every rule passes in one vector and fails in another', () => {
    const checks = results.flatMap(({ verdict }) => verdict.checks)
    const ids = [...new Set(checks.map(({ id }) => id))]
    const passing = new Set(checks.flatMap(({ id, outcome }) => (outcome === 'passed' ? [id] : [])))
    const failing = new Set(checks.flatMap(({ id, outcome }) => (outcome === 'failed' ? [id] : [])))
    // The best verdict on a copy, and on paper, is amber: these two rules never pass.
    expect(ids.filter((id) => !passing.has(id))).toEqual(['copy', 'paper'])
    expect(ids.filter((id) => !failing.has(id))).toEqual([])
  })

  test('nothing of an untrusted presentation is repeated', () => {
    for (const { verdict } of results) {
      const passed =
        verdict.checks.find(({ id }) => id === 'issuer-signature')?.outcome === 'passed'
      if (!passed) expect(verdict).toMatchObject({ licences: [] })
      if (!passed) expect(verdict.evidence).not.toHaveProperty('mode')
    }
  })

  test.for(ZONES)('the same in time zone %s', async (zone) => {
    const before = process.env['TZ']
    process.env['TZ'] = zone
    try {
      const again = await runVerifierVectors(vectors, packs)
      expect(again.map(({ actual }) => actual)).toEqual(results.map(({ expected }) => expected))
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  test('none takes long', async () => {
    const trusts = new Map<string, Trust>()
    for (const [name, pack] of Object.entries(packs)) trusts.set(name, await openVectorPack(pack))
    for (const [name, { input, now }] of Object.entries(vectors)) {
      const trust = trusts.get(input.trust)
      if (trust === undefined) throw new TypeError('no such pack')
      let best = Number.POSITIVE_INFINITY
      for (let turn = 0; turn < 3; turn++) {
        const start = performance.now()
        await judgeVector({ input, now, trust })
        best = Math.min(best, performance.now() - start)
      }
      expect([name, best < MAX_MILLISECONDS]).toEqual([name, true])
    }
  })

  test('making them again gives the same bytes', async () => {
    const made: MadeVectors = await makeVerifierVectors()
    expect(texts(made.packs)).toEqual(texts(packs))
    expect(texts(made.documents)).toEqual(texts(documents))
    expect(texts(made.asking)).toEqual(texts(asking))
    expect(texts(made.vectors)).toEqual(texts(vectors))
  })
})

function texts(files: Readonly<Record<string, Parameters<typeof vectorText>[0]>>): unknown {
  return Object.fromEntries(
    Object.keys(files)
      .sort()
      .map((name) => [name, files[name] && vectorText(files[name])]),
  )
}

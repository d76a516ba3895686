/** One verdict per vector, whichever engine runs. Chromium runs the same function by its own test. */
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../../packages/codec/src/engine.ts'
import { nobleEngine } from '../../packages/codec/src/fallback-noble.ts'
import { nodeEngine } from '../../packages/codec/src/platform-node.ts'
import { webcryptoEngine } from '../../packages/codec/src/webcrypto-engine.ts'
import { cctvVectors, type PinnedVector, wycheproofVectors } from './signature-vectors.ts'
import { signatureVerdicts } from './signature-verdicts.ts'

const engines: readonly Engine[] = [nodeEngine, webcryptoEngine, nobleEngine]

describe.skipIf(outsideVectors === undefined)('signature vectors of others', () => {
  const folder = outsideVectors ?? ''

  test('CCTV pins all three kinds of verdict', () => {
    const counts = new Map<string, number>()
    for (const { expected } of cctvVectors(folder)) {
      counts.set(expected, (counts.get(expected) ?? 0) + 1)
    }
    expect(Object.fromEntries(counts)).toEqual({
      valid: 43,
      'key/weak': 526,
      'signature/invalid': 345,
    })
  })

  for (const engine of engines) {
    test(`CCTV Ed25519, 914 cases: ${engine.name}`, async () => {
      const vectors = cctvVectors(folder)
      expect(vectors).toHaveLength(914)
      expect(await disagreements(engine, vectors)).toEqual([])
    })

    test(`Wycheproof Ed25519 and P-256, 413 cases: ${engine.name}`, async () => {
      const vectors = wycheproofVectors(folder)
      expect(vectors).toHaveLength(151 + 262)
      expect(await disagreements(engine, vectors)).toEqual([])
    })
  }
})

async function disagreements(
  engine: Engine,
  vectors: readonly PinnedVector[],
): Promise<readonly string[]> {
  const verdicts = await signatureVerdicts(engine, vectors)
  return vectors.flatMap(({ id, expected }, index) =>
    verdicts[index] === expected ? [] : [`${id}: ${verdicts[index]}, not ${expected}`],
  )
}

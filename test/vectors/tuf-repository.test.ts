/** The repository of tuf-conformance's static data: made by tuf-on-ci, followed by our client at the time it names. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outsideVectors } from '@onetrip/fixtures'
import {
  fetchTarget,
  memoryTufStore,
  openTrustedSet,
  type TufFetcher,
  updateTuf,
} from '@onetrip/trust'
import { describe, expect, test } from 'vitest'

describe.skipIf(outsideVectors === undefined)('tuf-on-ci-0.11 (static_repo)', () => {
  const folder = join(outsideVectors ?? '', 'tuf', 'tuf-on-ci-0.11')
  const read = (...path: readonly string[]): Uint8Array | undefined => {
    const file = join(folder, ...path)
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined
  }
  const fetcher: TufFetcher = {
    metadata: async (name) => read('metadata', name),
    target: async (path) => read('targets', ...path.split('/')),
  }

  test('verifies from its first root to its delegated target, and again without a network', async () => {
    const text = readFileSync(join(folder, 'faketime'), 'utf8').trim()
    const now = Date.parse(text.replace(' ', 'T')) / 1000
    const path = readFileSync(join(folder, 'targetpath'), 'utf8').trim()
    const initialRoot = read('initial_root.json')
    const store = memoryTufStore()
    const { set, faults } = await updateTuf({ store, fetcher, now, initialRoot, delegated: 'all' })
    expect(faults).toEqual([])
    expect(set.snapshot?.signed.version).toBe(2)
    expect(set.delegated.get('delegatedrole')?.signed.version).toBe(2)
    const artifact = await fetchTarget({ set, store, online: { fetcher, now } }, path)
    expect(artifact.length).toBe(34)
    const kept = await openTrustedSet({ store })
    expect(kept.faults).toEqual([])
    expect(await fetchTarget({ set: kept.set, store }, path)).toEqual(artifact)
  })

  test('has expired by 2045', async () => {
    const now = Date.UTC(2045, 0, 1) / 1000
    const { faults } = await updateTuf({
      store: memoryTufStore(),
      fetcher,
      now,
      initialRoot: read('initial_root.json'),
    })
    expect(faults).toMatchObject([{ role: 'root', code: 'trust/expired-metadata' }])
  })
})

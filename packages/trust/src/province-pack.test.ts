/** How large a province's pack is (issue C: under 1 MB), and that it opens. */
import { licenceTypes } from '@onetrip/fixtures'
import { expect, test } from 'vitest'
import { FOLLOW_NOW, INITIAL_ROOT } from '../samples/followed-repository.ts'
import { provinceRepository } from '../samples/province.ts'
import { firstRoot, samplePack } from '../samples/sample-repository.ts'
import { followTrust } from './follow-trust.ts'
import { packInMemory } from './pack.ts'
import { packFetcher } from './pack-fetcher.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

test('a pack of 6 types (one in two versions), 1,000 agencies with 3 keys and a seal each and 10 M entries, 1 % revoked, is under 1 MB', async () => {
  const files = await provinceRepository()
  const pack = samplePack(files)
  expect(pack.length).toBeLessThan(1_000_000)
  expect(firstRoot(files)).toEqual(INITIAL_ROOT)
  const trust = await followTrust({
    store: memoryTufStore(),
    fetcher: await packFetcher(packInMemory(pack)),
    initialRoot: INITIAL_ROOT,
    now: FOLLOW_NOW,
  })
  expect(trust.faults).toEqual([])
  expect(trust.agencies).toHaveLength(1000)
  expect(trust.agencies.every(({ keys }) => keys.length === 3)).toBe(true)
  expect(trust.types).toHaveLength(licenceTypes.length)
  const [register] = trust.sealRegisters
  expect(register?.length).toBeGreaterThan(400_000)
  const list = trust.agencies
    .flatMap(({ id }) => trust.statusList(id, 'https://api.onetrip.example/s/10') ?? [])
    .at(0)
  expect(list?.list.size).toBe(2 ** 20)
}, 120_000)

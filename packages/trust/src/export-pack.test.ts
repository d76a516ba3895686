/** A pack made of what is kept, and followed elsewhere. */
import { describe, expect, test } from 'vitest'
import { follow, INITIAL_ROOT, kept, repository } from '../samples/followed-repository.ts'
import { memoryFetcher } from '../samples/sample-repository.ts'
import { SAMPLE_NOW, sampleDocuments } from '../samples/sample-trust.ts'
import { exportPack } from './export-pack.ts'
import { packInMemory } from './pack.ts'
import { packFetcher } from './pack-fetcher.ts'
import { TARGET } from './target-names.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

describe('a pack of what is kept', () => {
  test('is followed like a network, wherever it is carried', async () => {
    const store = await kept()
    const bytes = await exportPack({ store, initialRoot: INITIAL_ROOT })
    const next = memoryTufStore()
    const trust = await follow(next, await packFetcher(packInMemory(bytes)))
    expect(trust).toMatchObject({ version: 1, faults: [] })
    expect(await exportPack({ store: next, initialRoot: INITIAL_ROOT })).toEqual(bytes)
  })

  test('for one who has a part leaves that out', async () => {
    const store = await kept()
    const whole = await exportPack({ store, initialRoot: INITIAL_ROOT })
    const files = await repository({ versions: { online: 2 }, signedAt: SAMPLE_NOW + 60 })
    const newer = await kept(files)
    const has = (path: string): boolean => path.startsWith('targets/')
    const base = { version: 1, has }
    const delta = await exportPack({
      store: newer,
      initialRoot: INITIAL_ROOT,
      base,
    })
    expect(delta.length).toBeLessThan(whole.length / 2)
    const trust = await follow(store, await packFetcher(packInMemory(delta)))
    expect(trust).toMatchObject({ signedAt: SAMPLE_NOW + 60, faults: [] })
  })

  test('nobody can make one of half a set', async () => {
    const store = await kept()
    const changed = {
      ...sampleDocuments(),
      [TARGET.trustList]: sampleDocuments({ offices: [] })[TARGET.trustList] ?? {},
    }
    const files = await repository({ documents: changed, versions: { targets: 2, online: 2 } })
    const targets = new Map([...files.targets].filter(([path]) => !path.includes('trust-list')))
    await follow(store, memoryFetcher({ ...files, targets }))
    const half = memoryTufStore(store.files)
    const stamp = files.metadata.get('2.snapshot.json')
    if (stamp !== undefined) await half.save(new Map([['snapshot.json', stamp]]))
    const packing = exportPack({ store: half, initialRoot: INITIAL_ROOT })
    await expect(packing).rejects.toMatchObject({ code: 'pack/not-current' })
  })
})

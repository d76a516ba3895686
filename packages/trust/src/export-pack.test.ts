/** A pack made of what is kept, and followed elsewhere. */
import { sha256, toBase64url } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { follow, INITIAL_ROOT, kept, repository, SIGNERS } from '../samples/followed-repository.ts'
import { firstRoot, memoryFetcher } from '../samples/sample-repository.ts'
import { SAMPLE_NOW, sampleDocuments, sampleSigner } from '../samples/sample-trust.ts'
import { exportPack } from './export-pack.ts'
import { ownFaults } from './follow-trust.ts'
import { packInMemory, readPackIndex } from './pack.ts'
import { packBase, packFetcherFor } from './pack-base.ts'
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

  test('for one who had a part asks for the whole where that part is gone, and leaves all as it was', async () => {
    const without = {
      ...sampleDocuments(),
      [TARGET.trustList]: sampleDocuments({ offices: [] })[TARGET.trustList] ?? {},
    }
    const first = packInMemory(await exportPack({ store: await kept(), initialRoot: INITIAL_ROOT }))
    const second = await repository({ documents: without, versions: { targets: 2, online: 2 } })
    const third = await kept(await repository({ versions: { targets: 3, online: 3 } }))
    const base = packBase(await readPackIndex(first))
    const delta = packInMemory(await exportPack({ store: third, initialRoot: INITIAL_ROOT, base }))
    const store = await kept(second)
    const options = { source: delta, initialRoot: INITIAL_ROOT }
    const trust = await follow(store, await packFetcherFor({ ...options, store }))
    expect(trust.version).toBe(2)
    expect(trust.faults).toContainEqual({ part: 'targets', code: 'pack/base-missing' })
    const whole = packInMemory(await exportPack({ store: third, initialRoot: INITIAL_ROOT }))
    const after = await follow(store, await packFetcherFor({ ...options, source: whole, store }))
    expect([after.version, after.faults]).toEqual([3, []])
  })

  test('leaves a jurisdiction out where the pack would be too large with it', async () => {
    const foreign = await repository({
      signers: { ...SIGNERS, root: [sampleSigner('marketIssueCbor')] },
    })
    const root = firstRoot(foreign)
    const jurisdiction = {
      id: 'other',
      name: { 'zh-CN': '样例省', en: 'Sample province' },
      repository: 'https://other.example/',
      rootDigest: toBase64url(sha256(root)),
      types: ['1110000099XYN9907G038'],
    }
    const files = await repository({
      documents: {
        ...sampleDocuments(),
        [TARGET.recognition]: { format: 1, jurisdictions: [jurisdiction] },
        'recognition/other.root.json': root,
      },
    })
    const store = memoryTufStore()
    await follow(store, { ...memoryFetcher(files), recognised: () => memoryFetcher(foreign) })
    const whole = await exportPack({ store, initialRoot: INITIAL_ROOT })
    const maxBytes = whole.length - 1
    const smaller = await exportPack({ store, initialRoot: INITIAL_ROOT, maxBytes })
    const take = async (pack: Uint8Array) =>
      follow(memoryTufStore(), await packFetcher(packInMemory(pack)))
    expect((await take(whole)).recognised).toHaveLength(1)
    const trust = await take(smaller)
    expect([trust.recognised, ownFaults(trust.faults)]).toEqual([[], []])
    expect(trust.faults).toContainEqual({ part: 'recognised/other', code: 'trust/unavailable' })
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

/** Seal registers among the targets: carried as they are, and stopping nothing. */
import { utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { follow, INITIAL_ROOT, kept, repository } from '../samples/followed-repository.ts'
import { memoryFetcher } from '../samples/sample-repository.ts'
import { SAMPLE_NOW, STATUS_URI, sampleStatusList } from '../samples/sample-trust.ts'
import { exportPack } from './export-pack.ts'
import { openTrust } from './open-trust.ts'
import { packInMemory, readPackIndex } from './pack.ts'
import { packBase, packFetcherFor } from './pack-base.ts'
import { packFetcher } from './pack-fetcher.ts'
import { isRegisterTarget, registerTarget, statusRoleOfTarget } from './target-names.ts'
import type { RepositoryFiles } from './tuf/repository-files.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

const REGISTER = utf8Encode('a register')
const NEXT = utf8Encode('the next register')
const first = await repository({ sealRegisters: { 2: REGISTER } })
const second = await repository({
  sealRegisters: { 2: NEXT },
  versions: { targets: 2, online: 2 },
  signedAt: SAMPLE_NOW + 60,
})

test('a register stands beside the list of its number', () => {
  expect(registerTarget(1)).toBe('status/1/1.seals')
  expect(registerTarget(19)).toBe('status/3/19.seals')
  expect(statusRoleOfTarget(registerTarget(19))).toBe('status-3')
  for (const path of ['status/17/17.seals', 'status/1/0.seals', 'status/1/1.seals.gz', '1.seals']) {
    expect(isRegisterTarget(path)).toBe(false)
  }
})

describe('a register', () => {
  test('is brought, and opened again without a network', async () => {
    const store = await kept(first)
    const trust = await openTrust({ store, initialRoot: INITIAL_ROOT })
    expect(trust.sealRegisters).toEqual([REGISTER])
    expect((await follow(store, memoryFetcher(second))).sealRegisters).toEqual([NEXT])
  })

  test('is none where the repository has none', async () => {
    expect(
      (await follow(memoryTufStore(), memoryFetcher(await repository()))).sealRegisters,
    ).toEqual([])
  })

  test('that cannot be had is named, and stops nothing, not even the list of its role', async () => {
    const store = await kept(first)
    const issuedAt = SAMPLE_NOW + 60
    const uri = STATUS_URI.market
    const statusLists = { 2: await sampleStatusList({ uri, signer: 'marketStatus', issuedAt }) }
    const files = await repository({
      statusLists,
      sealRegisters: { 2: NEXT },
      versions: { online: 2 },
      signedAt: issuedAt,
    })
    const trust = await follow(store, memoryFetcher(without(files)))
    expect(trust.sealRegisters).toEqual([])
    const fault = { part: registerTarget(2), code: 'trust/file-missing' }
    expect(trust.faults).toContainEqual(fault)
    expect(trust.statusList(trust.agencies[1]?.id ?? '', uri)?.list.issuedAt).toBe(issuedAt)
    expect((await follow(store, memoryFetcher(files))).sealRegisters).toEqual([NEXT])
  })
})

describe('a pack', () => {
  const exported = async (files: RepositoryFiles) =>
    packInMemory(await exportPack({ store: await kept(files), initialRoot: INITIAL_ROOT }))

  test('carries it', async () => {
    const trust = await follow(memoryTufStore(), await packFetcher(await exported(first)))
    expect([trust.sealRegisters, trust.faults]).toEqual([[REGISTER], []])
  })

  test('of one who has not got it is a pack all the same', async () => {
    const trust = await follow(memoryTufStore(), await packFetcher(await exported(without(first))))
    expect(trust.sealRegisters).toEqual([])
    expect(trust.statusList(trust.agencies[1]?.id ?? '', STATUS_URI.market)).toBeDefined()
  })

  test('for one who has the last one brings what changed', async () => {
    const base = packBase(await readPackIndex(await exported(first)))
    const newer = await kept(second)
    const source = packInMemory(await exportPack({ store: newer, initialRoot: INITIAL_ROOT, base }))
    const store = await kept(first)
    const options = { source, store, initialRoot: INITIAL_ROOT }
    const trust = await follow(store, await packFetcherFor(options))
    expect([trust.sealRegisters, trust.faults]).toEqual([[NEXT], []])
  })
})

function without(files: RepositoryFiles): RepositoryFiles {
  const targets = [...files.targets].filter(([path]) => !path.endsWith('.seals'))
  return { ...files, targets: new Map(targets) }
}

/** The root that was shipped decides: a store that rests on another root starts anew (TUF §5.2, DESIGN §5). */
import { describe, expect, test } from 'vitest'
import {
  FIRST,
  FOLLOW_NOW,
  follow,
  INITIAL_ROOT,
  repository,
  SIGNERS,
} from '../samples/followed-repository.ts'
import { firstRoot, memoryFetcher, type RepositorySigners } from '../samples/sample-repository.ts'
import { SAMPLE_NOW, sampleSigner } from '../samples/sample-trust.ts'
import { followTrust } from './follow-trust.ts'
import { openTrust } from './open-trust.ts'
import { draftRoot } from './tuf/draft-metadata.ts'
import { signTuf } from './tuf/sign-metadata.ts'
import { memoryTufStore, type TufStore } from './tuf/store-and-fetcher.ts'

const STRANGER: RepositorySigners = {
  root: [sampleSigner('strangerCbor')],
  targets: [sampleSigner('strangerCbor')],
  online: sampleSigner('strangerCbor'),
}

function open(store: TufStore, initialRoot: Uint8Array) {
  return openTrust({ store, initialRoot, environment: 'test' })
}

describe('a store that rests on a stranger’s root', () => {
  test.each([1, 3])('is worth nothing, its root being version %i', async (version) => {
    const root = await rootOf(STRANGER, version)
    const files = await repository({ signers: STRANGER, roots: [root] })
    const store = memoryTufStore()
    const theirs = { store, initialRoot: root, environment: 'test', now: FOLLOW_NOW }
    expect((await followTrust({ ...theirs, fetcher: memoryFetcher(files) })).faults).toEqual([])
    await expect(open(store, INITIAL_ROOT)).rejects.toMatchObject({ code: 'trust/unavailable' })
    const ours = await follow(store, memoryFetcher(FIRST))
    expect(ours.faults).toEqual([])
    expect((await open(store, INITIAL_ROOT)).agencies).toEqual(ours.agencies)
  })
})

test('each root that led to the present one opens the store', async () => {
  const second = await rootOf(SIGNERS, 2)
  const files = await repository({ roots: [firstRoot(FIRST), second] })
  const store = memoryTufStore()
  const trust = await follow(store, memoryFetcher(files))
  expect(trust.faults).toEqual([])
  for (const root of [INITIAL_ROOT, second]) {
    expect((await open(store, root)).agencies).toEqual(trust.agencies)
  }
})

test('a store from before roots were kept by version goes on under the root it rests on', async () => {
  const store = memoryTufStore()
  await follow(store, memoryFetcher(FIRST))
  await store.save(new Map([['1.root.json', null]]))
  expect((await open(store, INITIAL_ROOT)).agencies).not.toHaveLength(0)
})

function rootOf(signers: RepositorySigners, version: number): Promise<Uint8Array> {
  const keys = ([one]: RepositorySigners['root']) => {
    if (one === undefined) throw new TypeError('a role has a signer')
    return { keys: [one.publicKey], threshold: 1 }
  }
  const online = keys([signers.online])
  return signTuf(
    draftRoot({
      version,
      signedAt: SAMPLE_NOW,
      expiresAt: SAMPLE_NOW + 365 * 86_400,
      roles: {
        root: keys(signers.root),
        targets: keys(signers.targets),
        snapshot: online,
        timestamp: online,
      },
    }),
    signers.root,
  )
}

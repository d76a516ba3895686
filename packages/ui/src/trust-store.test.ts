import { type JsonObject, publicKeyFromRaw, type Signer, signerFromCryptoKey } from '@onetrip/codec'
import { packInMemory, type RepositoryFiles, TARGET } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import { firstRoot, samplePack, sampleRepository } from '../../trust/samples/sample-repository.ts'
import type { CappedFetch } from './capped-fetch.ts'
import { createTrustStore, type TrustStore } from './trust-store.ts'

const NOW = 1_796_087_400
const DAY = 86_400
const API = 'https://api.example'

let signers: { readonly root: Signer[]; readonly targets: Signer[]; readonly online: Signer }

beforeAll(async () => {
  signers = { root: [await newSigner()], targets: [await newSigner()], online: await newSigner() }
})

async function newSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign'])
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  return signerFromCryptoKey(privateKey, publicKeyFromRaw('Ed25519', raw))
}

function repository(version: number, changes: JsonObject = {}): Promise<RepositoryFiles> {
  const list = { kind: 'onetrip-trust-list', format: 2, environment: 'test', agencies: [] }
  return sampleRepository({
    signers,
    signedAt: NOW - 60,
    documents: { [TARGET.trustList]: { ...list, offices: [], ...changes } },
    versions: { targets: version, online: version },
  })
}

/** The first root is the one a face is built with; the others have its keys. */
async function storeWith(fetcher: CappedFetch, now = () => NOW): Promise<TrustStore> {
  const initialRoot = firstRoot(await repository(1))
  return createTrustStore({ apiOrigin: API, initialRoot, environment: 'test', now, fetcher })
}

function serve(files: RepositoryFiles): CappedFetch {
  return async (url) => {
    const path = url.slice(`${API}/trust/`.length)
    return path.startsWith('metadata/')
      ? files.metadata.get(path.slice('metadata/'.length))
      : files.targets.get(path.slice('targets/'.length))
  }
}

describe('a trust store without storage', () => {
  test('asks below the API origin only, and is ready', async () => {
    const asked: string[] = []
    const serving = serve(await repository(3))
    const store = await storeWith((url, limits) => {
      asked.push(url)
      return serving(url, limits)
    })
    await store.load()
    expect(asked.slice(0, 2)).toEqual([
      `${API}/trust/metadata/2.root.json`,
      `${API}/trust/metadata/timestamp.json`,
    ])
    expect(asked.every((url) => url.startsWith(`${API}/trust/`))).toBe(true)
    expect(store.state.value).toMatchObject({ phase: 'ready', fetchedAt: NOW, refreshing: false })
  })

  test('is empty without a network, and ready when it comes back', async () => {
    let online = false
    const serving = serve(await repository(3))
    const store = await storeWith(async (url, limits) => {
      if (!online) throw new TypeError('no network')
      return serving(url, limits)
    })
    await store.load()
    expect(store.state.value).toEqual({ phase: 'empty', refreshing: false, trouble: 'network' })
    online = true
    await store.refresh()
    expect(store.state.value).toMatchObject({ phase: 'ready' })
    expect(store.state.value).not.toHaveProperty('trouble')
  })

  test('keeps what it has when the network goes, an older repository comes, or another environment’s', async () => {
    let serving = serve(await repository(3))
    let now = NOW
    const store = await storeWith(
      (url, limits) => serving(url, limits),
      () => now,
    )
    await store.load()
    serving = async () => {
      throw new TypeError('no network')
    }
    now += 60
    await store.refresh()
    const asBefore = { phase: 'ready', fetchedAt: NOW }
    expect(store.state.value).toMatchObject({ ...asBefore, trouble: 'network' })
    serving = serve(await repository(2))
    await store.refresh()
    expect(store.state.value).toMatchObject({ ...asBefore, trouble: 'trust/rollback' })
    serving = serve(await repository(4, { environment: 'production' }))
    await store.refresh()
    expect(store.state.value).toMatchObject({ ...asBefore, trouble: 'trust/wrong-environment' })
    const state = store.state.value
    expect(state.phase === 'ready' && state.trust.version).toBe(3)
  })

  test('another environment’s data say nothing', async () => {
    const store = await storeWith(serve(await repository(3, { environment: 'production' })))
    await store.load()
    expect(store.state.value).toMatchObject({ phase: 'empty', trouble: 'trust/wrong-environment' })
  })

  test('takes a pack, with progress, and gives one away', async () => {
    const offline: CappedFetch = () => Promise.reject(new TypeError('no network'))
    const store = await storeWith(offline)
    await store.load()
    const pack = samplePack(await repository(3))
    const progress: number[] = []
    await store.importPack(packInMemory(pack), {
      onProgress: ({ doneBytes, totalBytes }) => {
        progress.push(doneBytes / totalBytes)
      },
    })
    expect(store.state.value).toMatchObject({ phase: 'ready', fetchedAt: NOW })
    expect(progress.at(-1)).toBe(1)
    const given = await store.exportPack()
    const next = await storeWith(offline)
    await next.importPack(packInMemory(given))
    const state = next.state.value
    expect(state.phase === 'ready' && state.trust.version).toBe(3)
  })

  test('a pack that is over changes nothing, and its time is told', async () => {
    const store = await storeWith(
      () => Promise.reject(new TypeError('no network')),
      () => NOW + 2 * DAY,
    )
    await store.importPack(packInMemory(samplePack(await repository(3))))
    expect(store.state.value).toMatchObject({ phase: 'empty', trouble: 'trust/expired-metadata' })
    await expect(store.importPack(packInMemory(new Uint8Array(9)))).rejects.toMatchObject({
      code: 'pack/format',
    })
  })
})

import { publicKeyFromRaw, type Signer, signerFromCryptoKey, utf8Encode } from '@onetrip/codec'
import { signTrustList } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CappedFetch } from './capped-fetch.ts'
import { createTrustStore, type TrustStore } from './trust-store.ts'

const NOW = 1_796_087_400
const DAY = 86_400

let signer: Signer

beforeAll(async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign'])
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  signer = signerFromCryptoKey(privateKey, publicKeyFromRaw('Ed25519', raw))
})

function listOf(version: number, environment = 'test'): Promise<string> {
  const list = {
    kind: 'onetrip-trust-list',
    format: 1,
    environment,
    version,
    signedAt: NOW - DAY,
    nextUpdate: NOW + DAY,
    unusableAfter: NOW + 7 * DAY,
    agencies: [],
    offices: [],
    types: [],
  }
  return signTrustList(list, signer)
}

function storeWith(fetcher: CappedFetch): TrustStore {
  const environment = 'test'
  const apiOrigin = 'https://api.example'
  return createTrustStore({
    apiOrigin,
    root: signer.publicKey,
    environment,
    now: () => NOW,
    fetcher,
  })
}

describe('a trust store without storage', () => {
  test('asks the API origin and is ready', async () => {
    const asked: string[] = []
    const store = storeWith(async (url) => {
      asked.push(url)
      return utf8Encode(await listOf(3))
    })
    await store.load()
    expect(asked).toEqual(['https://api.example/trust/list'])
    expect(store.state.value).toMatchObject({ phase: 'ready', fetchedAt: NOW, refreshing: false })
  })

  test('is empty without a network, and ready when it comes back', async () => {
    let online = false
    const store = storeWith(async () => {
      if (!online) throw new TypeError('no network')
      return utf8Encode(await listOf(3))
    })
    await store.load()
    expect(store.state.value).toEqual({ phase: 'empty', refreshing: false, trouble: 'network' })
    online = true
    await store.refresh()
    expect(store.state.value).toMatchObject({ phase: 'ready' })
  })

  test('keeps what it has when the network goes, an older list comes, or another environment’s', async () => {
    let answer = async (): Promise<Uint8Array> => utf8Encode(await listOf(3))
    const store = storeWith(() => answer())
    await store.load()
    answer = async () => {
      throw new TypeError('no network')
    }
    await store.refresh()
    expect(store.state.value).toMatchObject({ phase: 'ready', trouble: 'network' })
    answer = async () => utf8Encode(await listOf(2))
    await store.refresh()
    expect(store.state.value).toMatchObject({ phase: 'ready', trouble: 'trust/rollback' })
    answer = async () => utf8Encode(await listOf(4, 'demo'))
    await store.refresh()
    expect(store.state.value).toMatchObject({ phase: 'ready', trouble: 'trust/wrong-environment' })
    const state = store.state.value
    expect(state.phase === 'ready' && state.trust.version).toBe(3)
  })
})

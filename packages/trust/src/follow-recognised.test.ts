/** 互认: another jurisdiction's repository, followed beside ours. */
import { type JsonObject, sha256, toBase64url } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { follow, repository } from '../samples/followed-repository.ts'
import { firstRoot, memoryFetcher } from '../samples/sample-repository.ts'
import { sampleDocuments, sampleSigner } from '../samples/sample-trust.ts'
import { TARGET } from './target-names.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

const THUMBPRINT = toBase64url(sha256(Uint8Array.of(1)))

describe('recognition', () => {
  const name = { 'zh-CN': '样例省', en: 'Sample province' }
  const types = ['1110000099XYN9907G038']
  const entry = (root: Uint8Array): JsonObject => ({
    id: 'other',
    name,
    repository: 'https://other.example/',
    rootDigest: toBase64url(sha256(root)),
    types,
  })
  const foreignSigners = {
    root: [sampleSigner('marketIssueCbor')],
    targets: [sampleSigner('policeIssueCbor')],
    online: sampleSigner('policeStatus'),
  }

  async function both(jurisdictions: (root: Uint8Array) => readonly JsonObject[], version = 1) {
    const foreign = await repository({ signers: foreignSigners })
    const root = firstRoot(foreign)
    const own = await repository({
      documents: {
        ...sampleDocuments(),
        [TARGET.recognition]: { format: 1, jurisdictions: jurisdictions(root) },
        'recognition/other.root.json': root,
      },
      versions: { targets: version, online: version },
    })
    const fetcher = memoryFetcher(own)
    return { ...fetcher, recognised: () => memoryFetcher(foreign) }
  }

  test('another jurisdiction is followed from the root that our targets state; withdrawal ends it', async () => {
    const store = memoryTufStore()
    const trust = await follow(store, await both((root) => [entry(root)]))
    expect(trust.faults).toEqual([])
    expect(trust.recognised).toHaveLength(1)
    expect(trust.recognised[0]?.recognition).toMatchObject({ id: 'other', types })
    expect(trust.recognised[0]?.trust.agencies).toHaveLength(2)
    expect(trust.recognised[0]?.trust.recognised).toEqual([])
    const withdrawn = await follow(store, await both(() => [], 2))
    expect(withdrawn).toMatchObject({ version: 2, recognised: [], faults: [] })
  })

  test('another root stated for a jurisdiction counts at once, whatever is kept under the one before', async () => {
    const store = memoryTufStore()
    await follow(store, await both((root) => [entry(root)]))
    const stranger = await repository({
      signers: { ...foreignSigners, root: [sampleSigner('policeIssueJws')] },
    })
    const root = firstRoot(stranger)
    const own = await repository({
      documents: {
        ...sampleDocuments(),
        [TARGET.recognition]: { format: 1, jurisdictions: [entry(root)] },
        'recognition/other.root.json': root,
      },
      versions: { targets: 2, online: 2 },
    })
    const nothing = async () => undefined
    const unreachable = { metadata: nothing, target: nothing }
    const trust = await follow(store, { ...memoryFetcher(own), recognised: () => unreachable })
    expect(trust).toMatchObject({ version: 2, recognised: [] })
    expect(trust.faults).toContainEqual({ part: 'recognised/other', code: 'trust/unavailable' })
  })

  test('a root that is not the one named is none', async () => {
    const wrong = await both((root) => [{ ...entry(root), rootDigest: THUMBPRINT }])
    const trust = await follow(memoryTufStore(), wrong)
    expect(trust.recognised).toEqual([])
    expect(trust.faults).toContainEqual({ part: TARGET.recognition, code: 'trust/format' })
  })
})

import { type Fault, fault, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  SAMPLE_NOW,
  STATUS_URI,
  sampleSigner,
  sampleStatusList,
  sampleTrustList,
} from '../samples/sample-trust.ts'
import { openKeptTrust } from './kept-trust.ts'
import { signTrustList } from './signed-trust-list.ts'
import { type TrustFetcher, updateTrust } from './update-trust.ts'

const LIST_URL = 'https://api.onetrip.example/trust/list'
const root = sampleSigner('root').publicKey
const now = SAMPLE_NOW + 100

type Network = Readonly<Record<string, Uint8Array | Fault | 'down'>>

function fetcherOf(network: Network): TrustFetcher {
  return async (url) => {
    const found = network[url] ?? 'down'
    if (found === 'down') throw new TypeError('network down')
    if (found instanceof Uint8Array) return found
    throw found
  }
}

async function signedList(
  changes: Parameters<typeof sampleTrustList>[0] = {},
): Promise<Uint8Array> {
  return utf8Encode(await signTrustList(sampleTrustList(changes), sampleSigner('root')))
}

async function network(issuedAt = SAMPLE_NOW): Promise<Network> {
  return {
    [LIST_URL]: await signedList(),
    [STATUS_URI.police]: await sampleStatusList({
      uri: STATUS_URI.police,
      signer: 'policeStatus',
      issuedAt,
    }),
    [STATUS_URI.market]: await sampleStatusList({
      uri: STATUS_URI.market,
      signer: 'marketStatus',
      issuedAt,
    }),
  }
}

const whole = await network()
const first = await updateTrust({ fetcher: fetcherOf(whole), listUrl: LIST_URL, root, now })

function update(changes: Network) {
  const fetcher = fetcherOf({ ...whole, ...changes })
  return updateTrust({
    kept: first.kept,
    fetcher,
    listUrl: LIST_URL,
    root,
    environment: 'test',
    now,
  })
}

describe('updateTrust', () => {
  test('fetches all there is; what is kept opens without a network', async () => {
    expect(first.faults).toEqual([])
    expect(Object.keys(first.kept.statusLists)).toEqual([STATUS_URI.police, STATUS_URI.market])
    const trust = await openKeptTrust({ kept: first.kept, root, environment: 'test' })
    expect(trust.version).toBe(7)
    expect(trust.faults).toEqual([])
    expect(trust.statusList(STATUS_URI.market)?.list.get(5)).toBe(1)
  })

  test('a status list from far ahead moves no clock and shuts out no later one', async () => {
    const ahead = await network(now + 2 * 86_400)
    const { trust, faults } = await update({
      [STATUS_URI.market]: ahead[STATUS_URI.market] ?? 'down',
    })
    expect(faults).toEqual([{ uri: STATUS_URI.market, code: 'status/from-future' }])
    expect(trust.newestSignedTime).toBe(SAMPLE_NOW)
    const later = await network(now + 86_400)
    expect(
      (await update({ [STATUS_URI.market]: later[STATUS_URI.market] ?? 'down' })).faults,
    ).toEqual([])
  })

  test('takes newer data', async () => {
    const issuedAt = SAMPLE_NOW + 60
    const { [LIST_URL]: _, ...lists } = await network(issuedAt)
    const { trust, faults } = await update({
      ...lists,
      [LIST_URL]: await signedList({ version: 8 }),
    })
    expect(faults).toEqual([])
    expect(trust.version).toBe(8)
    expect(trust.newestSignedTime).toBe(issuedAt)
  })

  test('survives a network that is down', async () => {
    const down = {
      [LIST_URL]: 'down',
      [STATUS_URI.police]: 'down',
      [STATUS_URI.market]: 'down',
    } as const
    const { kept, trust, faults } = await update(down)
    expect(kept).toEqual(first.kept)
    expect(trust.statusList(STATUS_URI.police)).toBeDefined()
    expect(faults).toEqual([
      { code: 'trust/unavailable' },
      { uri: STATUS_URI.police, code: 'status/unavailable' },
      { uri: STATUS_URI.market, code: 'status/unavailable' },
    ])
  })

  test('TR01: keeps the newer trust list', async () => {
    const { trust, kept, faults } = await update({ [LIST_URL]: await signedList({ version: 6 }) })
    expect({ version: trust.version, faults }).toEqual({
      version: 7,
      faults: [{ code: 'trust/rollback' }],
    })
    expect(kept.trustList).toBe(first.kept.trustList)
  })

  test.each([
    { why: 'TR07: too large', answer: new Uint8Array(1_048_577), code: 'trust/too-large' },
    {
      why: 'a deadline of the fetcher',
      answer: fault('trust/unavailable'),
      code: 'trust/unavailable',
    },
    { why: 'not a list', answer: utf8Encode('hello'), code: 'jws/format' },
    { why: 'not UTF-8', answer: Uint8Array.of(0xff), code: 'text/encoding' },
  ])('$why: the old trust list is kept', async ({ answer, code }) => {
    const { trust, faults } = await update({ [LIST_URL]: answer })
    expect({ version: trust.version, faults }).toEqual({ version: 7, faults: [{ code }] })
  })

  test('ST06: keeps the newer status list and takes the rest', async () => {
    const uri = STATUS_URI.police
    const older = await sampleStatusList({ uri, signer: 'policeStatus', issuedAt: SAMPLE_NOW - 1 })
    const { trust, faults } = await update({ [uri]: older })
    expect(faults).toEqual([{ uri, code: 'status/rollback' }])
    expect(trust.statusList(uri)?.list.issuedAt).toBe(SAMPLE_NOW)
  })

  test('ST03: one list at the address of another', async () => {
    const uri = STATUS_URI.police
    const other = await sampleStatusList({ uri: STATUS_URI.market, signer: 'marketStatus' })
    const { trust, faults } = await update({ [uri]: other })
    expect(faults).toEqual([{ uri, code: 'status/subject' }])
    expect(trust.statusList(uri)).toBeDefined()
  })

  test('without anything kept the reason is thrown', async () => {
    const fetcher = fetcherOf({})
    const failed = updateTrust({ fetcher, listUrl: LIST_URL, root, now })
    await expect(failed).rejects.toThrow(expect.objectContaining({ code: 'trust/unavailable' }))
  })

  test('what was kept under another root is dropped', async () => {
    const stranger = sampleSigner('strangerCbor')
    const list = utf8Encode(await signTrustList(sampleTrustList({ version: 1 }), stranger))
    const fetcher = fetcherOf({ ...whole, [LIST_URL]: list })
    const options = { kept: first.kept, fetcher, listUrl: LIST_URL, now }
    const { trust, faults } = await updateTrust({ ...options, root: stranger.publicKey })
    expect({ version: trust.version, faults }).toEqual({
      version: 1,
      faults: [{ code: 'signature/invalid' }],
    })
  })

  test('a list no longer named is dropped', async () => {
    const { agencies } = sampleTrustList()
    const [police] = Array.isArray(agencies) ? agencies : []
    const list = await signedList({ version: 8, agencies: [police ?? null] })
    const { kept, faults } = await update({ [LIST_URL]: list })
    expect(Object.keys(kept.statusLists)).toEqual([STATUS_URI.police])
    expect(faults).toEqual([{ uri: STATUS_URI.market, code: 'status/issuer-mismatch' }])
  })

  test('TR02, ST07: data past its dates is used and told', async () => {
    const later = {
      fetcher: fetcherOf(whole),
      listUrl: LIST_URL,
      root,
      now: SAMPLE_NOW + 8 * 86_400,
    }
    const { faults } = await updateTrust(later)
    expect(faults).toEqual([
      { code: 'trust/stale' },
      { uri: STATUS_URI.police, code: 'status/expired' },
      { uri: STATUS_URI.market, code: 'status/expired' },
    ])
  })
})

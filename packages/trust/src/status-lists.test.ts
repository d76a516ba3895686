import { encodeCbor } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  SAMPLE_NOW,
  STATUS_URI,
  sampleKey,
  sampleSigner,
  sampleStatusList,
  sampleTrustList,
} from '../samples/sample-trust.ts'
import { buildPack, openPack, parsePack } from './pack.ts'
import { signTrustList } from './signed-trust-list.ts'
import { openStatusLists } from './status-lists.ts'
import { type Agency, parseTrustList, type TrustList } from './trust-list.ts'

const root = sampleSigner('root')
const list = parseTrustList(sampleTrustList())

function refused(code: string) {
  return expect.objectContaining({ code })
}

function withFirst(change: (agency: Agency) => Agency): TrustList {
  return {
    ...list,
    agencies: list.agencies.map((agency, at) => (at === 0 ? change(agency) : agency)),
  }
}

describe('openStatusLists', () => {
  test('opens a list of the agency that names it', async () => {
    const token = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
    const { statusLists, faults } = await openStatusLists(list, [token])
    expect(faults).toEqual([])
    expect(statusLists[0]?.agencyId).toBe(list.agencies[0]?.id)
    expect(statusLists[0]?.list.get(5)).toBe(1)
  })

  test.each([
    {
      why: 'another agency’s key',
      uri: STATUS_URI.police,
      signer: 'marketStatus',
      code: 'status/issuer-mismatch',
    },
    {
      why: 'an issuing key',
      uri: STATUS_URI.police,
      signer: 'policeIssueCbor',
      code: 'status/issuer-mismatch',
    },
    {
      why: 'a stranger’s key',
      uri: STATUS_URI.market,
      signer: 'strangerCbor',
      code: 'status/issuer-mismatch',
    },
    {
      why: 'an address nobody names',
      uri: 'https://x.example/s/1',
      signer: 'policeStatus',
      code: 'status/issuer-mismatch',
    },
  ] as const)('refuses $why and opens the rest', async ({ uri, signer, code }) => {
    const good = await sampleStatusList({ uri: STATUS_URI.market, signer: 'marketStatus' })
    const bad = await sampleStatusList({ uri, signer })
    const { statusLists, faults } = await openStatusLists(list, [bad, good])
    expect(statusLists.map((opened) => opened.list.uri)).toEqual([STATUS_URI.market])
    expect(faults).toEqual([{ uri, code }])
  })

  test('a key that was not good when the list was signed', async () => {
    const token = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
    const revoked = withFirst((agency) => ({
      ...agency,
      keys: agency.keys.map((key) => ({ ...key, revokedFrom: SAMPLE_NOW })),
    }))
    const { faults } = await openStatusLists(revoked, [token])
    expect(faults).toEqual([{ uri: STATUS_URI.police, code: 'key/revoked' }])
  })

  test('TR09: two keys with one kid are both tried, in either order', async () => {
    const token = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
    const twin = sampleSigner('marketStatus').publicKey
    const { kid } = sampleSigner('policeStatus').publicKey
    for (const first of [true, false]) {
      const twins = withFirst((agency) => {
        const impostor = agency.keys.slice(2).map((key) => ({ ...key, key: { ...twin, kid } }))
        return {
          ...agency,
          keys: first ? [...impostor, ...agency.keys] : [...agency.keys, ...impostor],
        }
      })
      const { statusLists, faults } = await openStatusLists(twins, [token])
      expect({ count: statusLists.length, faults }).toEqual({ count: 1, faults: [] })
    }
  })
})

describe('the offline pack', () => {
  async function samplePack(): Promise<Uint8Array> {
    const trustList = await signTrustList(sampleTrustList(), root)
    const later = { issuedAt: SAMPLE_NOW + 50 }
    return buildPack({
      trustList,
      statusLists: [
        await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus', ...later }),
        await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' }),
        await sampleStatusList({
          uri: STATUS_URI.market,
          signer: 'policeStatus',
          issuedAt: SAMPLE_NOW + 99,
        }),
        Uint8Array.of(1, 2, 3),
      ],
    })
  }

  test('opens; bad lists are told, the newest verified time is the clock’s floor', async () => {
    const trust = await openPack({ bytes: await samplePack(), root: root.publicKey })
    expect(trust.statusList(STATUS_URI.police)?.list.issuedAt).toBe(SAMPLE_NOW + 50)
    expect(trust.statusFault(STATUS_URI.police)).toBeUndefined()
    expect(trust.statusList(STATUS_URI.market)).toBeUndefined()
    expect(trust.statusFault(STATUS_URI.market)).toBe('status/issuer-mismatch')
    expect(trust.statusFault('https://x.example/s/1')).toBeUndefined()
    expect(trust.faults).toHaveLength(2)
    expect(trust.newestSignedTime).toBe(SAMPLE_NOW + 50)
  })

  test('asserts nothing about its own root', async () => {
    const opened = openPack({
      bytes: await samplePack(),
      root: sampleSigner('strangerCbor').publicKey,
    })
    await expect(opened).rejects.toThrow(refused('signature/invalid'))
  })

  test('is built to the same bytes and read back whole', async () => {
    const bytes = await samplePack()
    expect(buildPack(parsePack(bytes))).toEqual(bytes)
  })

  test.each<[string, Parameters<typeof encodeCbor>[0], string]>([
    ['an array', [1], 'trust/format'],
    [
      'another format',
      new Map<number, number | string | []>([
        [1, 2],
        [2, 'x'],
        [3, []],
      ]),
      'trust/format',
    ],
    [
      'a member too many',
      new Map<number, number | string | []>([
        [1, 1],
        [2, 'x'],
        [3, []],
        [4, 1],
      ]),
      'trust/format',
    ],
    [
      'text for a list',
      new Map<number, number | string | string[]>([
        [1, 1],
        [2, 'x'],
        [3, ['x']],
      ]),
      'trust/format',
    ],
    [
      'bytes for the trust list',
      new Map<number, number | Uint8Array | []>([
        [1, 1],
        [2, new Uint8Array()],
        [3, []],
      ]),
      'trust/format',
    ],
  ])('refuses %s', (_, value, code) => {
    expect(() => parsePack(encodeCbor(value))).toThrow(refused(code))
  })

  test('refuses what is cut short, and a pack without end', () => {
    expect(() => parsePack(new Uint8Array([0xa3, 1]))).toThrow(refused('cbor/truncated'))
    expect(() => parsePack(new Uint8Array(16_777_217))).toThrow(refused('trust/too-large'))
  })

  test('a list with a key of each kind is signed and opened', async () => {
    const keys = [sampleKey('strangerJws'), sampleKey('strangerCbor')]
    const [first, second] = list.agencies
    const agencies = [first, second].map((agency, at) => ({
      id: agency?.id ?? '',
      name: { 'zh-CN': '机关', en: 'Agency' },
      issuerUrl: `https://api.onetrip.example/${at}`,
      statusLists: at === 0 ? [STATUS_URI.police] : [],
      keys,
    }))
    const trustList = await signTrustList(sampleTrustList({ agencies }), root)
    const token = await sampleStatusList({ uri: STATUS_URI.police, signer: 'strangerJws' })
    const bytes = buildPack({ trustList, statusLists: [token] })
    const trust = await openPack({ bytes, root: root.publicKey, environment: 'test' })
    expect(trust.statusList(STATUS_URI.police)?.agencyId).toBe(first?.id)
  })
})

/** Nothing of a backup's own words is left in a consent: each field is tampered with, alone. */
import { decodeCodeText, sha256 } from '@onetrip/codec'
import {
  answerText,
  encodeAnswer,
  LIVE_AUDIENCE,
  parseVpRequest,
  presentLive,
  requestText,
  vpTokenText,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  CENTRE,
  heldChoices,
  MATTER,
  NOW,
  sampleRequest,
  TWINS,
} from '../../../packages/verifier/samples/asking-world.ts'
import {
  HOST,
  requestCertificate,
  vpPresentations,
  vpRequest,
} from '../../../packages/verifier/samples/online-asking.ts'
import { sampleConsent } from '../../samples/asked-world.ts'
import { sampleTrust } from '../../samples/sample-world.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import type { ShowingEntry } from '../history-entry.ts'
import { restoredEntry } from './restored-history.ts'

const OTHER = { 'zh-CN': '另一个', en: 'Another' }

let trust: Trust
let told: Readonly<Record<'code' | 'online', ConsentEntry>>

beforeAll(async () => {
  trust = await askingTrust()
  const { entry } = await sampleConsent()
  told = { code: await restored(entry), online: await restored(await onlineEntry(entry)) }
})

async function restored(entry: ConsentEntry, known: Trust | undefined = trust) {
  const kept = await restoredEntry(entry, { trust: known, now: NOW + 30 })
  if (kept.kind !== 'consent') throw new TypeError('no consent')
  return kept
}

/** The same consent over the network. */
async function onlineEntry(
  entry: ConsentEntry,
  binding: Parameters<typeof vpPresentations>[1] = {},
): Promise<ConsentEntry> {
  const request = await vpRequest({ certificate: await requestCertificate() })
  const { clientId, nonce } = parseVpRequest(request)
  const parts = await vpPresentations(clientId, { nonce, ...binding })
  const answer = vpTokenText(
    parts.map(({ material, presentation }) => ({ queryId: material, presentation })),
  )
  return { ...entry, request, answer }
}

describe('a consent in a backup', () => {
  test('is told by what its request and its answer prove', () => {
    for (const entry of Object.values(told)) {
      expect(entry).toMatchObject({
        at: NOW,
        office: { id: CENTRE, name: { 'zh-CN': '虚构市云栖区政务服务中心' } },
        matter: { code: MATTER, name: { 'zh-CN': '开餐馆一件事' } },
        purpose: '办理食品经营许可新办',
      })
      expect(entry.unproven).toBeUndefined()
      const names = entry.shown.map(({ claims }) => claims.map((claim) => claim['zh-CN']))
      expect(names[1]).toEqual(['姓名', '公民身份号码'])
      expect(names[0]).toContain('法定代表人')
      expect(entry.shown.map(({ material }) => material)).toEqual(['business-licence', 'identity'])
      expect(entry.shown[1]?.typeName['zh-CN']).toContain('身份')
    }
    expect(told.code.device).toEqual({ number: '03', name: '一号窗口' })
    expect(told.online.device).toEqual({ number: 'OpenID4VP', name: HOST })
  })

  const changes: Readonly<Record<string, (entry: ConsentEntry) => Partial<ConsentEntry>>> = {
    time: () => ({ at: NOW - 86_400 }),
    'id of the office': ({ office }) => ({ office: { ...office, id: '11339901XYN000014M' } }),
    'name of the office': ({ office }) => ({ office: { ...office, name: OTHER } }),
    counter: () => ({ device: { number: '99', name: '九号窗口' } }),
    matter: () => ({ matter: { code: 'loan' } }),
    'name of the matter': ({ matter }) => ({ matter: { ...matter, name: OTHER } }),
    purpose: () => ({ purpose: '贷款担保' }),
    'number of a licence': (entry) => ({ shown: eachShown(entry, { number: '1' }) }),
    'type of a licence': (entry) => ({ shown: eachShown(entry, { typeName: OTHER }) }),
    'name of a material': (entry) => ({ shown: eachShown(entry, { materialName: OTHER }) }),
    claims: (entry) => ({ shown: eachShown(entry, { claims: [OTHER] }) }),
    'claims left out': (entry) => ({ shown: eachShown(entry, { claims: [] }) }),
    'licence left out': ({ shown }) => ({ shown: shown.slice(1) }),
    'licence more': ({ shown }) => ({
      shown: [...shown, ...shown.slice(0, 1).map((each) => ({ ...each, material: 'premises' }))],
    }),
    'licences in another order': ({ shown }) => ({ shown: shown.toReversed() }),
    'word that it is not proven': () => ({ unproven: true }),
  }
  for (const way of ['code', 'online'] as const) {
    test.each(Object.entries(changes))(
      `by ${way}: another %s is not believed`,
      async (_, change) => {
        const entry = told[way]
        const kept = await restored({ ...entry, ...change(entry) })
        const idLess = ({ shown, ...rest }: ConsentEntry) => ({
          ...rest,
          // An id of the licence in that wallet, which is told to nobody.
          shown: shown.map(({ licenceId: _id, ...each }) => each),
        })
        expect(idLess(kept)).toEqual(idLess(entry))
      },
    )
  }

  const unproven: Readonly<Record<string, () => Promise<ConsentEntry>>> = {
    'with the request of other words': async () => ({
      ...told.code,
      request: requestText(await sampleRequest(NOW, await TWINS['purpose']?.())),
    }),
    'with another request': async () => {
      const random = (length: number) => sha256(Uint8Array.of(2)).slice(0, length)
      return { ...told.code, request: requestText(await sampleRequest(NOW, { random })) }
    },
    'with the answer to another': async () => ({ ...told.code, answer: told.code.request }),
    'with a request that cannot be read': async () => ({ ...told.code, request: 'OT1:' }),
    'with the answer of another way': async () => ({ ...told.code, answer: told.online.answer }),
    'with the request of another way': async () => ({ ...told.code, request: told.online.request }),
    'over the network, with the request of other words': async () => ({
      ...told.online,
      request: await vpRequest({
        certificate: await requestCertificate(),
        purpose: '核查身份',
      }),
    }),
    'over the network, with less of its answer': async () => ({
      ...told.online,
      answer: vpTokenText([{ queryId: 'identity', presentation: 'a.b.c~' }]),
    }),
    'with live codes that somebody scanned': async () => {
      const choices = await heldChoices()
      const parts = await Promise.all(
        choices.map(async (choice) => ({
          material: choice.material,
          presentation: decodeCodeText(await presentLive({ ...choice, now: NOW })),
        })),
      )
      return { ...told.code, answer: answerText(encodeAnswer(parts)) }
    },
    'over the network, with live codes that somebody scanned': () =>
      onlineEntry(told.online, { mode: 'live', audience: LIVE_AUDIENCE }),
    'over the network, with nothing as answer': async () => ({ ...told.online, answer: '{}' }),
  }
  test.each(Object.entries(unproven))('%s is kept, and said to be unproven', async (_, make) => {
    const entry = await make()
    expect(await restored(entry)).toEqual({ ...entry, unproven: true })
  })

  test('is unproven where there are no trust data, or none of its office', async () => {
    const known = await sampleTrust()
    expect((await restored(told.code, known)).unproven).toBe(true)
    expect((await restored(told.online, known)).unproven).toBe(true)
    const alone = await restoredEntry(told.code, { trust: undefined, now: NOW + 30 })
    expect(alone.unproven).toBe(true)
  })

  test('is proven again once it can be', async () => {
    const { unproven: mark, ...kept } = await restored({ ...told.code, unproven: true })
    expect([mark, kept]).toEqual([undefined, told.code])
  })
})

test.each(['live', 'copy', 'delegation'] as const)(
  'the %s of a backup is unproven, whatever it says',
  async (kind) => {
    const { 'zh-CN': zh, en } = OTHER
    const entry: ShowingEntry = {
      format: 1,
      id: 'one',
      at: NOW,
      kind,
      licenceId: 'a',
      typeName: { 'zh-CN': zh, en },
      number: '1',
      claims: [],
    }
    expect(await restoredEntry(entry, { trust, now: NOW })).toEqual({ ...entry, unproven: true })
  },
)

function eachShown(
  { shown }: ConsentEntry,
  change: Partial<ConsentEntry['shown'][number]>,
): ConsentEntry['shown'] {
  return shown.map((each) => ({ ...each, ...change }))
}

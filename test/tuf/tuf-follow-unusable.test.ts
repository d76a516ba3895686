/** What a role signs and nobody can use: another environment's data (T3), documents and lists that are none (ST06, T5). */
import { utf8Encode } from '@onetrip/codec'
import { followTrust, memoryTufStore, openTrust } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import {
  STATUS_URI,
  sampleDocuments,
  sampleStatusList,
} from '../../packages/trust/samples/sample-trust.ts'
import {
  type Attack,
  bytesOf,
  DEVICE,
  fetcherOf,
  follow,
  LATER,
  LIST,
  leavesLastGoodSet,
  listOf,
  makeNews,
  rootOf,
  serve,
  setTrustList,
  start,
} from './followed-simulator.ts'
import { DAY, NOW } from './tuf-simulator.ts'

describe('what a role signs that nobody can use', () => {
  test.each<[string, Attack, string, string]>([
    [
      'a trust list of another environment (T3)',
      (simulator) => setTrustList(simulator, { environment: 'production' }),
      'targets',
      'trust/wrong-environment',
    ],
    [
      'a trust list that is none',
      (simulator) => simulator.addTarget('targets', 'trust-list.json', bytesOf({})),
      'targets',
      'trust/format',
    ],
    [
      'no trust list',
      (simulator) => simulator.edit('targets', { targets: {} }),
      'targets',
      'trust/target-missing',
    ],
    [
      'a type definition that is none',
      (simulator) => simulator.addTarget('targets', typePath(), bytesOf({})),
      'targets',
      'type/format',
    ],
    [
      'a deny list that is none',
      (simulator) => simulator.addTarget('deny', 'deny/list.json', bytesOf({})),
      'deny',
      'trust/format',
    ],
  ])('%s', async (_name, edit, part, code) => {
    const attack: Attack = async (simulator) => {
      await edit(simulator)
      await simulator.release()
    }
    await leavesLastGoodSet(attack, part, code)
  })

  test('a deny list that is none takes back no denial', async () => {
    const { simulator, store } = await start()
    await makeNews(simulator)
    await simulator.release()
    expect((await follow(simulator, store)).isDeniedDevice(DEVICE)).toBe(true)
    simulator.addTarget('deny', 'deny/list.json', bytesOf({ format: 2 }))
    await simulator.release()
    const trust = await follow(simulator, store)
    expect(trust.isDeniedDevice(DEVICE)).toBe(true)
    expect(trust.faults).toContainEqual({ part: 'deny', code: 'trust/format' })
  })

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    [
      'of a stranger',
      () =>
        sampleStatusList({ uri: STATUS_URI.market, signer: 'strangerCbor', issuedAt: NOW + 60 }),
      'key/unknown',
    ],
    ['from the future', () => listOf(LATER + 2 * DAY), 'status/from-future'],
    ['of before (ST06)', () => listOf(NOW - 60), 'status/rollback'],
    [
      'of another address (ST03)',
      () => sampleStatusList({ uri: STATUS_URI.police, signer: 'marketStatus' }),
      'status/subject',
    ],
    ['that is none', () => utf8Encode('no list'), 'cbor/truncated'],
  ])(
    'a status list %s keeps the one before, and the next good one comes',
    async (_name, make, code) => {
      const { simulator, store } = await start()
      await makeNews(simulator)
      await simulator.release()
      await follow(simulator, store)
      simulator.addTarget('status-2', LIST, await make())
      await simulator.release()
      const trust = await follow(simulator, store)
      const market = trust.agencies[1]?.id ?? ''
      expect(trust.faults).toEqual([{ part: 'status-2', code }])
      expect(trust.statusList(market, STATUS_URI.market)?.list.issuedAt).toBe(NOW)
      simulator.addTarget('status-2', LIST, await listOf(NOW + 120))
      await simulator.release()
      const after = await follow(simulator, store)
      expect(after.faults).toEqual([])
      expect(after.statusList(market, STATUS_URI.market)?.list.issuedAt).toBe(NOW + 120)
    },
  )
})

describe('a status list that the verifier has (ST06)', () => {
  const moved = 'status/2/3.cwt'

  test.each<[string, () => Promise<Uint8Array>]>([
    ['moved to another path as it was before', () => listOf(NOW - 60)],
    ['dropped', () => sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })],
  ])('is kept when it is %s', async (_name, make) => {
    const { simulator, store } = await start()
    await makeNews(simulator)
    await simulator.release()
    await follow(simulator, store)
    simulator.edit('status-2', { targets: {} })
    simulator.addTarget('status-2', moved, await make())
    await simulator.release()
    const trust = await follow(simulator, store)
    const market = trust.agencies[1]?.id ?? ''
    expect(trust.faults).toEqual([{ part: 'status-2', code: 'status/rollback' }])
    expect(trust.statusList(market, STATUS_URI.market)?.list.issuedAt).toBe(NOW)
  })

  test('may move in two steps, published under both paths in between', async () => {
    const { simulator, store } = await start()
    await makeNews(simulator)
    await simulator.release()
    await follow(simulator, store)
    simulator.addTarget('status-2', moved, await listOf(NOW + 60))
    await simulator.release()
    expect((await follow(simulator, store)).faults).toEqual([])
    simulator.edit('status-2', { targets: {} })
    simulator.addTarget('status-2', moved, await listOf(NOW + 60))
    await simulator.release()
    expect((await follow(simulator, store)).faults).toEqual([])
  })

  test.each<[string, readonly string[]]>([
    ['timestamp and snapshot', ['timestamp', 'snapshot']],
    ['every online role', ['timestamp', 'snapshot', 'deny', 'status-2']],
  ])('is not hidden by dating back %s', async (_name, roles) => {
    const { simulator, store } = await start()
    await makeNews(simulator)
    await simulator.release()
    const { signedAt, newestSignedTime } = await follow(simulator, store)
    const back = new Date((NOW - 10 * DAY) * 1000).toISOString().replace('.000', '')
    for (const role of roles) simulator.edit(role, { 'x-signed-at': back })
    simulator.addTarget('status-2', LIST, await listOf(NOW - 9 * DAY))
    await simulator.release()
    const trust = await follow(simulator, store)
    const market = trust.agencies[1]?.id ?? ''
    expect(trust.faults).toContainEqual({ part: 'timestamp', code: 'trust/rollback' })
    expect(trust).toMatchObject({ signedAt, newestSignedTime })
    expect(trust.statusList(market, STATUS_URI.market)?.list.issuedAt).toBe(NOW)
  })

  test('may move as a newer one', async () => {
    const { simulator, store } = await start()
    await makeNews(simulator)
    await simulator.release()
    await follow(simulator, store)
    simulator.edit('status-2', { targets: {} })
    simulator.addTarget('status-2', moved, await listOf(NOW + 60))
    await simulator.release()
    const trust = await follow(simulator, store)
    const market = trust.agencies[1]?.id ?? ''
    expect(trust.faults).toEqual([])
    expect(trust.statusList(market, STATUS_URI.market)?.list.issuedAt).toBe(NOW + 60)
  })
})

test('what fails for weeks leaves no heap of old files behind', async () => {
  const { simulator, store } = await start()
  await makeNews(simulator)
  await simulator.release()
  await follow(simulator, store)
  const size = store.files.size
  simulator.delegate({ from: 'targets', name: 'status-1', members: { paths: ['status/1/*'] } })
  for (let hour = 1; hour < 5; hour += 1) {
    simulator.addTarget('status-2', LIST, await listOf(NOW + hour))
    simulator.addTarget('status-1', 'status/1/1.cwt', utf8Encode(`no list ${hour}`))
    await simulator.release()
    serve(simulator, '1.cwt', 'absent')
    await follow(simulator, store)
  }
  expect(store.files.size).toBeLessThanOrEqual(size + 2)
})

test('another environment’s data start nothing (T3)', async () => {
  const { simulator } = await start()
  const fetcher = fetcherOf(simulator)
  const initialRoot = rootOf(simulator)
  const store = memoryTufStore()
  const options = { fetcher, initialRoot, now: LATER, environment: 'production' }
  await expect(followTrust({ store, ...options })).rejects.toMatchObject({
    code: 'trust/wrong-environment',
  })
  await expect(openTrust({ store, initialRoot })).rejects.toMatchObject({
    code: 'trust/unavailable',
  })
})

function typePath(): string {
  return Object.keys(sampleDocuments()).find((path) => path.startsWith('types/')) ?? ''
}

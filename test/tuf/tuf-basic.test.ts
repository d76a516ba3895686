/** The suite's test_basic: what a client does and asks for when nothing is wrong, and at its beginning. */
import { utf8Encode } from '@onetrip/codec'
import { fetchTarget, openTrustedSet } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { NOW, TufSimulator, versionsOf } from './tuf-simulator.ts'

describe('a client of a sound repository', () => {
  test('asks for root 2, timestamp, snapshot and targets, and keeps them (basic_init_and_refresh)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(simulator.requests).toEqual([
      '2.root.json',
      'timestamp.json',
      '1.snapshot.json',
      '1.targets.json',
    ])
    expect(versionsOf(result)).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 })
    expect([...store.files.keys()].sort()).toEqual([
      'root.json',
      'snapshot.json',
      'targets.json',
      'timestamp.json',
    ])
  })

  test('opens without a network what it has kept', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate({ from: 'targets', name: 'status-1', members: { paths: ['status/1/*'] } })
    simulator.addTarget('status-1', 'status/1/1.cwt', utf8Encode('list'))
    await simulator.release()
    await simulator.update({ store, delegated: 'all' })
    const opened = await openTrustedSet({ store })
    expect(opened.faults).toEqual([])
    expect(versionsOf(opened)).toEqual({ root: 1, timestamp: 2, snapshot: 2, targets: 2 })
    expect(opened.set.delegated.get('status-1')?.signed.signedAt).toBe(NOW)
  })

  test('fetches a delegated target, keeps it by content, and needs no network for it again', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const body = utf8Encode('list')
    simulator.delegate({ from: 'targets', name: 'status-1', members: { paths: ['status/1/*'] } })
    simulator.addTarget('status-1', 'status/1/1.cwt', body)
    await simulator.release()
    const { set } = await simulator.update({ store })
    const online = { fetcher: simulator.fetcher, now: NOW }
    expect(await fetchTarget({ set, store, online }, 'status/1/1.cwt')).toEqual(body)
    const offline = await openTrustedSet({ store })
    expect(await fetchTarget({ set: offline.set, store }, 'status/1/1.cwt')).toEqual(body)
  })
})

/** The suite's test_expiration and test_delegated_expiration: what has expired never becomes trusted, what is kept stays. */
import { utf8Encode } from '@onetrip/codec'
import { fetchTarget, openTrustedSet } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { DAY, NOW, TufSimulator, versionsOf } from './tuf-simulator.ts'

const PAST = '2026-01-01T00:00:00Z'
const PAST_SECONDS = Date.UTC(2026, 0, 1) / 1000

describe('freeze', () => {
  test('an expired root is kept, but nothing follows under it (root_expired, §5.3.10)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    await simulator.publishRoot()
    simulator.edit('root', { expires: PAST })
    await simulator.publishRoot()
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toMatchObject([{ role: 'root', code: 'trust/expired-metadata' }])
    expect(versionsOf(result)).toEqual({ root: 3, timestamp: 1, snapshot: 1, targets: 1 })
  })

  test('an expired root in the middle of the chain does not matter (§5.3.6)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const { expires = '' } = simulator.signed('root')
    simulator.edit('root', { expires: PAST })
    await simulator.publishRoot()
    simulator.edit('root', { expires })
    await simulator.publishRoot()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)['root']).toBe(3)
  })

  test.each(['timestamp', 'snapshot', 'targets'])('an expired %s updates nothing', async (role) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    simulator.edit(role, { expires: PAST })
    await simulator.release()
    const result = await simulator.update({ store })
    const refused = { version: 2, expiresAt: PAST_SECONDS, signedAt: NOW }
    expect(result.faults).toEqual([{ role, code: 'trust/expired-metadata', refused }])
    expect(versionsOf(result)[role]).toBe(1)
    expect(versionsOf(await openTrustedSet({ store }))[role]).toBe(1)
  })

  test('an expired delegated role keeps its older file, and the others go on (delegated_expiration)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate({ from: 'targets', name: 'a' })
    simulator.delegate({ from: 'targets', name: 'b' })
    await simulator.release()
    await simulator.update({ store, delegated: 'all' })
    simulator.edit('a', { expires: PAST })
    await simulator.release()
    const { set, faults } = await simulator.update({ store, delegated: 'all' })
    expect(faults).toMatchObject([{ role: 'a', code: 'trust/expired-metadata' }])
    expect(set.delegated.get('a')?.signed.version).toBe(2)
    expect(set.delegated.get('b')?.signed.version).toBe(3)
  })

  test('an expired delegated role gives no target', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate({ from: 'targets', name: 'a' })
    simulator.addTarget('a', 'file', utf8Encode('file'))
    simulator.edit('a', { expires: PAST })
    await simulator.release()
    const { set } = await simulator.update({ store })
    const online = { fetcher: simulator.fetcher, now: NOW }
    await expect(fetchTarget({ set, store, online }, 'file')).rejects.toMatchObject({
      code: 'trust/expired-metadata',
    })
  })

  test('expiry is judged after the start time, which is given once: at the very second it is over', async () => {
    const simulator = await TufSimulator.start()
    const end = NOW + 30 * DAY
    const inTime = await simulator.update({ store: simulator.client(), now: end - 1 })
    expect(inTime.faults).toEqual([])
    const late = await simulator.update({ store: simulator.client(), now: end })
    expect(late.faults).toMatchObject([{ role: 'root', code: 'trust/expired-metadata' }])
  })

  test('a repository that stands still is noticed when its timestamp runs out, and the set goes on', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.edit('timestamp', { expires: '2026-11-20T00:00:00Z' })
    await simulator.publishTimestamp()
    await simulator.update({ store })
    const result = await simulator.update({ store, now: NOW + 10 * DAY })
    expect(result.faults).toMatchObject([{ role: 'timestamp', code: 'trust/expired-metadata' }])
    expect(versionsOf(result)).toMatchObject({ timestamp: 2, targets: 1 })
  })

  test('expired kept metadata is a base to update from (expired_metadata)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.edit('timestamp', { expires: '2026-11-20T00:00:00Z' })
    await simulator.publishTimestamp()
    await simulator.update({ store })
    simulator.edit('timestamp', { expires: '2027-01-01T00:00:00Z' })
    await simulator.release()
    const result = await simulator.update({ store, now: NOW + 18 * DAY })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)).toEqual({ root: 1, timestamp: 3, snapshot: 2, targets: 2 })
  })
})

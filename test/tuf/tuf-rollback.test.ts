/** The suite's test_rollback, and cases T5, TR01 and TR05: nothing goes back, except by a root that says so. */
import { describe, expect, test } from 'vitest'
import { edSigner } from './tuf-signers.ts'
import { TufSimulator, versionsOf } from './tuf-simulator.ts'

const FARTHEST = Number.MAX_SAFE_INTEGER

describe('rollback', () => {
  test('of the timestamp is trust/rollback and keeps the set (TR01, new_timestamp_version_rollback)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const old = simulator.file('timestamp')
    await simulator.publishTimestamp()
    await simulator.update({ store })
    simulator.served.set('timestamp.json', old)
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'timestamp', code: 'trust/rollback' }])
    expect(versionsOf(result)['timestamp']).toBe(2)
    expect(simulator.requests.at(-1)).toBe('timestamp.json')
  })

  test.each([true, false])(
    'of the snapshot in a newer timestamp (snapshot_rollback, hashes: %s)',
    async (hashes) => {
      const simulator = await TufSimulator.start()
      simulator.hashes = hashes
      const store = simulator.client()
      await simulator.release()
      await simulator.update({ store })
      simulator.edit('snapshot', { version: 1 })
      await simulator.publishSnapshot(false)
      await simulator.publishTimestamp()
      const result = await simulator.update({ store })
      expect(result.faults).toEqual([{ role: 'timestamp', code: 'trust/rollback' }])
      expect(versionsOf(result)).toMatchObject({ timestamp: 2, snapshot: 2 })
      expect(simulator.requests.at(-1)).toBe('timestamp.json')
    },
  )

  test.each([true, false])(
    'of the targets in a newer snapshot (targets_rollback, hashes: %s)',
    async (hashes) => {
      const simulator = await TufSimulator.start()
      simulator.hashes = hashes
      const store = simulator.client()
      await simulator.release()
      await simulator.update({ store })
      simulator.edit('targets', { version: 1 })
      await simulator.release({ roles: [] })
      const result = await simulator.update({ store })
      expect(result.faults).toEqual([{ role: 'snapshot', code: 'trust/rollback' }])
      expect(versionsOf(result)).toMatchObject({ snapshot: 2, targets: 2 })
    },
  )

  test('of a delegated role, and a role that is no longer listed (§5.5.5)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate({ from: 'targets', name: 'deny' })
    await simulator.release()
    await simulator.release()
    await simulator.update({ store, delegated: 'all' })
    simulator.edit('deny', { version: 2 })
    await simulator.release({ roles: ['targets'] })
    const older = await simulator.update({ store, delegated: 'all' })
    expect(older.faults).toEqual([{ role: 'snapshot', code: 'trust/rollback' }])
    simulator.roles.delete('deny')
    await simulator.release({ roles: ['targets'] })
    const gone = await simulator.update({ store, delegated: 'all' })
    expect(gone.faults).toEqual([{ role: 'snapshot', code: 'trust/rollback' }])
    expect(gone.set.delegated.get('deny')?.signed.version).toBe(3)
  })

  test('without a snapshot of its own kept, the versions in the timestamp still bind (simple_snapshot_rollback)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.release()
    simulator.served.set('2.snapshot.json', simulator.files.get('1.snapshot.json') ?? 'absent')
    simulator.hashes = false
    await simulator.publishTimestamp()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'snapshot', code: 'trust/version-mismatch' }])
    expect(versionsOf(result)).toMatchObject({ timestamp: 3, snapshot: undefined })
  })
})

describe('recovery from fast-forward (TR05, §5.3.11)', () => {
  test('of the timestamp, by new timestamp keys (new_timestamp_fast_forward_recovery)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.edit('timestamp', { version: FARTHEST - 1 })
    await simulator.publishTimestamp()
    expect(versionsOf(await simulator.update({ store }))['timestamp']).toBe(FARTHEST)
    simulator.setKeys('timestamp', { keys: [edSigner('timestamp after')] })
    await simulator.publishRoot()
    simulator.edit('timestamp', { version: 0 })
    await simulator.publishTimestamp()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)).toMatchObject({ root: 2, timestamp: 1 })
  })

  test('of the snapshot, by new keys of both (new_snapshot_fast_forward_recovery)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.edit('snapshot', { version: FARTHEST - 1 })
    await simulator.release()
    await simulator.update({ store })
    simulator.setKeys('snapshot', { keys: [edSigner('snapshot after')] })
    simulator.setKeys('timestamp', { keys: [edSigner('timestamp after')] })
    await simulator.publishRoot()
    simulator.edit('snapshot', { version: 0 })
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)['snapshot']).toBe(1)
  })

  test('of the targets, by new snapshot keys (new_targets_fast_forward_recovery)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.edit('targets', { version: FARTHEST - 1 })
    await simulator.release()
    await simulator.update({ store })
    simulator.setKeys('snapshot', { keys: [edSigner('snapshot after')] })
    await simulator.publishRoot()
    simulator.edit('targets', { version: 0 })
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)['targets']).toBe(1)
  })

  test('a crash right after the root is saved leaves no old timestamp behind', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    simulator.setKeys('timestamp', { keys: [edSigner('timestamp after')] })
    await simulator.publishRoot()
    simulator.served.set('timestamp.json', 'broken')
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'timestamp', code: 'trust/unavailable' }])
    const names = ['2.root.json', 'root.json', 'targets.json']
    expect([...store.files.keys()].sort()).toEqual(names)
    expect(versionsOf(result)).toMatchObject({
      timestamp: undefined,
      snapshot: undefined,
      targets: 1,
    })
  })

  test('a shipped root that is newer than the kept one recovers in the same way', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.edit('timestamp', { version: FARTHEST - 1 })
    await simulator.publishTimestamp()
    await simulator.update({ store })
    simulator.setKeys('root', { keys: [edSigner('root after')] })
    simulator.setKeys('timestamp', { keys: [edSigner('timestamp'), edSigner('timestamp after')] })
    await simulator.publishRoot()
    simulator.served.set('2.root.json', 'absent')
    simulator.edit('timestamp', { version: 0 })
    await simulator.publishTimestamp()
    const result = await simulator.update({ store, initialRoot: simulator.file('root') })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)).toMatchObject({ root: 2, timestamp: 1 })
  })
})

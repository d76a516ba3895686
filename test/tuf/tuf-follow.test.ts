/**
 * Cases T5 and TR against the client that faces, command and server use: what is refused leaves the last good set with
 * its own age, so that nobody makes old data look fresh by holding one file back.
 */
import type { JsonObject, JsonValue } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  type Attack,
  DEVICE,
  follow,
  LATER,
  leavesLastGoodSet,
  makeNews,
  serve,
  start,
} from './followed-simulator.ts'
import { edSigner } from './tuf-signers.ts'
import { DAY, NOW, rewrite } from './tuf-simulator.ts'

const FARTHEST = Number.MAX_SAFE_INTEGER

/** A release whose `role` is at a version that it had before. */
function backTo(role: string, version: number): Attack {
  return async (simulator) => {
    simulator.edit(role, { version })
    await simulator.release({
      roles: ['targets', 'deny', 'status-2'].filter((name) => name !== role),
    })
  }
}

const released =
  (after: Attack): Attack =>
  async (simulator) => {
    await simulator.release()
    await after(simulator)
  }

describe('rollback and mix-and-match', () => {
  test.each<[string, Attack, string, string]>([
    [
      'the timestamp of a version before (TR01)',
      async (simulator) => {
        simulator.edit('timestamp', { version: 0 })
        await simulator.publishTimestamp()
      },
      'timestamp',
      'trust/rollback',
    ],
    [
      'a newer timestamp over an older snapshot',
      async (simulator) => {
        simulator.edit('snapshot', { version: 1 })
        await simulator.publishSnapshot(false)
        await simulator.publishTimestamp()
      },
      'timestamp',
      'trust/rollback',
    ],
    ['a newer snapshot over older targets', backTo('targets', 1), 'snapshot', 'trust/rollback'],
    ['a newer snapshot over an older deny list', backTo('deny', 1), 'snapshot', 'trust/rollback'],
    [
      'the snapshot before under the new timestamp',
      released((simulator) => {
        serve(simulator, '3.snapshot.json', simulator.files.get('2.snapshot.json') ?? 'absent')
      }),
      'snapshot',
      'trust/hash-mismatch',
    ],
    [
      'the targets before under the new snapshot',
      released((simulator) => {
        serve(simulator, '3.targets.json', simulator.files.get('2.targets.json') ?? 'absent')
      }),
      'targets',
      'trust/hash-mismatch',
    ],
  ])('%s', async (_name, attack, part, code) => {
    await leavesLastGoodSet(attack, part, code)
  })
})

describe('one file is held back, cut or never ends (freeze, TR07, wrong files)', () => {
  const parts = [
    ['timestamp.json', 'timestamp'],
    ['snapshot.json', 'snapshot'],
    ['.targets.json', 'targets'],
    ['.deny.json', 'deny'],
    ['trust-list.json', 'targets'],
    ['deny/list.json', 'deny'],
  ] as const
  const ways = [
    ['absent', 'trust/file-missing'],
    ['broken', 'trust/unavailable'],
    ['endless', 'trust/too-large'],
  ] as const
  const cases = parts.flatMap(([name, part]) =>
    ways.map(([served, code]) => [name, served, part, code] as const),
  )

  test.each(cases)('%s is %s', async (name, served, part, code) => {
    const attack = released((simulator) => serve(simulator, name.split('/').at(-1) ?? '', served))
    const trust = await leavesLastGoodSet(attack, part, code)
    // Verified alone, denials count whatever else was refused.
    const reachesDenials = ['.targets.json', 'trust-list.json'].includes(name)
    expect(trust.isDeniedDevice(DEVICE)).toBe(reachesDenials)
  })

  test('a status list: all else is new, and the list that is kept tells its own age', async () => {
    const { simulator, store } = await start()
    await makeNews(simulator)
    await simulator.release()
    serve(simulator, '2.cwt', 'absent')
    const trust = await follow(simulator, store)
    expect(trust).toMatchObject({ version: 3, signedAt: LATER })
    expect(trust.faults).toEqual([{ part: 'status-2', code: 'trust/file-missing' }])
  })

  test.each(['targets', 'deny'])(
    '%s that are over age with the set, however fresh the timestamp',
    async (role) => {
      await leavesLastGoodSet(
        async (simulator) => {
          simulator.edit(role, {
            expires: new Date(LATER * 1000).toISOString().replace('.000', ''),
          })
          await simulator.release()
        },
        role,
        'trust/expired-metadata',
      )
    },
  )

  test('targets that go out of date are no longer current, though the timestamp names them', async () => {
    const { simulator, store } = await start()
    const later = { 'x-signed-at': '2026-12-25T00:00:00Z', expires: '2027-06-01T00:00:00Z' }
    simulator.edit('root', later)
    await simulator.publishRoot()
    for (const role of ['timestamp', 'snapshot', 'deny', 'status-2']) simulator.edit(role, later)
    await simulator.release({ roles: ['deny', 'status-2'] })
    const trust = await follow(simulator, store, NOW + 31 * DAY)
    expect(trust.faults.map(({ part, code }) => [part, code])).toEqual([
      ['targets', 'trust/expired-metadata'],
    ])
    expect(trust.signedAt).toBe(NOW)
  })

  test('a repository that stands still ages, and is noticed when its timestamp is over', async () => {
    const { simulator, store } = await start()
    simulator.edit('root', { expires: '2030-01-01T00:00:00Z' })
    await simulator.publishRoot()
    const trust = await follow(simulator, store, NOW + 31 * DAY)
    expect(trust).toMatchObject({ version: 2, signedAt: NOW })
    expect(trust.faults).toContainEqual({ part: 'timestamp', code: 'trust/expired-metadata' })
  })
})

describe('keys and thresholds (TR03)', () => {
  const [one, two] = [edSigner('targets'), edSigner('targets two')]
  const signedBy = (edit: (signatures: readonly JsonValue[]) => readonly JsonValue[]): Attack => {
    return async (simulator) => {
      simulator.setKeys('timestamp', { keys: [edSigner('timestamp'), two], threshold: 2 })
      await simulator.publishRoot()
      await simulator.release()
      const file = rewrite(simulator.file('timestamp'), ({ signatures, signed = null }) => ({
        signatures: edit(Array.isArray(signatures) ? signatures : []),
        signed,
      }))
      simulator.served.set('timestamp.json', file)
    }
  }

  test.each<[string, Attack, string, string]>([
    [
      'one of two keys',
      async (simulator) => {
        simulator.setKeys('targets', { keys: [one, two], threshold: 2, signers: [one] })
        await simulator.publishRoot()
        await simulator.release()
      },
      'targets',
      'trust/threshold',
    ],
    [
      'one signature twice',
      signedBy(([first = null]) => [first, first]),
      'timestamp',
      'trust/threshold',
    ],
    ['one signature of two', signedBy(([first = null]) => [first]), 'timestamp', 'trust/threshold'],
    [
      'one key’s signature under both identifiers',
      signedBy(([first, second]) => [
        first ?? null,
        { ...(second as JsonObject), sig: (first as JsonObject)['sig'] ?? null },
      ]),
      'timestamp',
      'trust/threshold',
    ],
    [
      'a key that stands for another role',
      async (simulator) => {
        simulator.signWith('targets', edSigner('timestamp'))
        await simulator.release()
      },
      'targets',
      'trust/threshold',
    ],
    [
      'a root of other keys',
      async (simulator) => {
        simulator.signWith('root', edSigner('stranger'))
        await simulator.publishRoot()
        await simulator.release()
      },
      'root',
      'trust/threshold',
    ],
  ])('%s', async (_name, attack, part, code) => {
    await leavesLastGoodSet(attack, part, code)
  })
})

test('fast-forward with stolen online keys, and recovery by a root that replaces them (TR05)', async () => {
  const { simulator, store } = await start()
  for (const role of ['timestamp', 'snapshot', 'deny', 'status-2']) {
    simulator.edit(role, { version: FARTHEST - 1 })
  }
  await simulator.release()
  expect((await follow(simulator, store)).faults).toEqual([])
  for (const role of ['timestamp', 'snapshot'] as const) {
    simulator.setKeys(role, { keys: [edSigner(`${role} after`)] })
  }
  await simulator.publishRoot()
  for (const role of ['timestamp', 'snapshot', 'deny', 'status-2'])
    simulator.edit(role, { version: 0 })
  await makeNews(simulator)
  await simulator.release()
  expect(await follow(simulator, store)).toMatchObject({ signedAt: LATER, offices: [], faults: [] })
})

test('half a set, as an earlier client could leave it, is made whole by the next update', async () => {
  const { simulator, store } = await start()
  await makeNews(simulator)
  await simulator.release()
  serve(simulator, '.targets.json', 'absent')
  await simulator.update({ store, now: LATER })
  expect(await follow(simulator, store)).toMatchObject({ version: 2, signedAt: LATER })
  simulator.served.clear()
  expect(await follow(simulator, store)).toMatchObject({ version: 3, offices: [], faults: [] })
})

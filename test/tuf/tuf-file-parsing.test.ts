/** Files that are not what they should be: grammar, form, sizes, hashes, versions; all refused by name (cases T5, TR07). */
import { type ErrorCode, type JsonObject, type JsonValue, utf8Encode } from '@onetrip/codec'
import { memoryTufStore, signTuf, type TufStore } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { edSigner } from './tuf-signers.ts'
import { objectIn, rewrite, type Served, TufSimulator, versionsOf } from './tuf-simulator.ts'

const text = new TextDecoder()

describe('a timestamp that is not one', () => {
  const cases: readonly (readonly [string, (bytes: Uint8Array) => Served, ErrorCode])[] = [
    ['no file', () => 'absent', 'trust/file-missing'],
    ['no network', () => 'broken', 'trust/unavailable'],
    ['endless (TR07)', () => 'endless', 'trust/too-large'],
    ['empty', () => new Uint8Array(0), 'json/format'],
    ['a captive portal’s page (NW01)', () => utf8Encode('<html></html>'), 'json/format'],
    ['a byte order mark', (bytes) => utf8Encode(`\ufeff${text.decode(bytes)}`), 'json/format'],
    ['cut short', (bytes) => bytes.slice(0, -1), 'json/format'],
    [
      'a member twice',
      (bytes) => utf8Encode(text.decode(bytes).replace('{', '{"signed":{},')),
      'json/duplicate-key',
    ],
    ['a list', () => utf8Encode('[]'), 'trust/format'],
    ['nested too deep', () => utf8Encode(`${'['.repeat(99)}${']'.repeat(99)}`), 'json/too-deep'],
    [
      'without signatures',
      (bytes) => rewrite(bytes, ({ signed = null }) => ({ signed })),
      'trust/format',
    ],
    [
      'without signed',
      (bytes) => rewrite(bytes, ({ signatures = null }) => ({ signatures })),
      'trust/format',
    ],
    [
      'signatures that are none',
      (bytes) => rewrite(bytes, (file) => ({ ...file, signatures: [1] })),
      'trust/format',
    ],
    [
      'too many signatures',
      (bytes) =>
        rewrite(bytes, (file) => ({
          ...file,
          signatures: Array.from({ length: 129 }, () => ({ keyid: 'a', sig: '' })),
        })),
      'trust/format',
    ],
    [
      'a fraction, which has no canonical form',
      (bytes) => rewrite(bytes, (file) => ({ ...file, signed: { a: 0.5 } })),
      'trust/format',
    ],
  ]
  test.each(cases)('%s', async (_name, serve, code) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    const before = new Map(store.files)
    await simulator.publishTimestamp()
    simulator.served.set('timestamp.json', serve(simulator.file('timestamp')))
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'timestamp', code }])
    expect(store.files).toEqual(before)
    expect(versionsOf(result)).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 })
  })
})

describe('signed metadata in a wrong form', () => {
  const timestamp: readonly (readonly [string, JsonObject, ErrorCode])[] = [
    ['another type', { _type: 'snapshot' }, 'trust/format'],
    ['another major version', { spec_version: '2.0.0' }, 'format/unsupported'],
    ['no specification', { spec_version: 1 }, 'trust/format'],
    ['version 0', { version: 0 }, 'trust/format'],
    ['a version in text', { version: '2' }, 'trust/format'],
    ['no expiry', { expires: null }, 'trust/format'],
    ['an expiry with a zone', { expires: '2030-01-01T00:00:00+08:00' }, 'trust/format'],
    ['an expiry on 30 February', { expires: '2030-02-30T00:00:00Z' }, 'trust/format'],
    ['no meta', { meta: [] }, 'trust/format'],
    ['meta of no snapshot', { meta: {} }, 'trust/format'],
    [
      'meta of more than the snapshot',
      { meta: { 'snapshot.json': { version: 1 }, 'targets.json': { version: 1 } } },
      'trust/format',
    ],
    ['a length of 0', { meta: { 'snapshot.json': { version: 1, length: 0 } } }, 'trust/format'],
    [
      'hashes without SHA-256',
      { meta: { 'snapshot.json': { version: 1, hashes: { sha512: 'ab' } } } },
      'trust/format',
    ],
    [
      'a hash in capitals',
      { meta: { 'snapshot.json': { version: 1, hashes: { sha256: 'AB'.repeat(32) } } } },
      'trust/format',
    ],
  ]
  test.each(timestamp)('timestamp: %s', async (_name, members, code) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const published = simulator.file('timestamp')
    simulator.edit('timestamp', { version: 2, ...members })
    await republish(simulator, 'timestamp')
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'timestamp', code }])
    simulator.files.set('timestamp.json', published)
    expect((await simulator.update({ store })).faults).toEqual([])
  })

  test('snapshot: the top-level targets must be listed', async () => {
    const simulator = await TufSimulator.start()
    simulator.edit('snapshot', { version: 2, meta: { 'other.json': { version: 1 } } })
    await republish(simulator, 'snapshot')
    const result = await simulator.update({ store: simulator.client() })
    expect(result.faults).toEqual([{ role: 'snapshot', code: 'trust/format' }])
  })

  const path = 'a'
  const good = { length: 1, hashes: { sha256: 'ab'.repeat(32) } }
  const role = { name: 'a', keyids: [], threshold: 1, terminating: true, paths: ['*'] }
  const delegations = (...roles: readonly JsonValue[]): JsonObject => ({
    delegations: { keys: {}, roles },
  })
  const targets: readonly (readonly [string, JsonObject])[] = [
    ['targets in a list', { targets: [] }],
    ['a length below 0', { targets: { [path]: { ...good, length: -1 } } }],
    ['a target without a hash', { targets: { [path]: { length: 1 } } }],
    ['custom that is no object', { targets: { [path]: { ...good, custom: 1 } } }],
    ['a path upwards', { targets: { '../a': good } }],
    ['a path from the root', { targets: { '/a': good } }],
    ['an empty path', { targets: { '': good } }],
    ['a path with a backslash', { targets: { 'a\\b': good } }],
    ['a path with a control character', { targets: { 'a\nb': good } }],
    ['one role twice', delegations(role, role)],
    ['the name of a top-level role', delegations({ ...role, name: 'root' })],
    ['the same in other letters', delegations({ ...role, name: 'Timestamp' })],
    ['an empty name', delegations({ ...role, name: '' })],
    ['a threshold of 0', delegations({ ...role, threshold: 0 })],
    ['paths beside prefixes', delegations({ ...role, path_hash_prefixes: ['00'] })],
    ['a prefix that is no hash', delegations({ ...role, paths: [], path_hash_prefixes: ['xy'] })],
    ['terminating that is no truth value', delegations({ ...role, terminating: 1 })],
    ['a role that is none', delegations(1)],
    ['no keys', { delegations: { roles: [] } }],
    [
      'a key without a scheme',
      { delegations: { keys: { a: { keytype: 'x', keyval: {} } }, roles: [] } },
    ],
  ]
  test.each(targets)('targets: %s', async (_name, members) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    simulator.edit('targets', members)
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'targets', code: 'trust/format' }])
    expect(versionsOf(result)['targets']).toBe(1)
  })

  test('root: every top-level role must be there (invalid_initial_root)', async () => {
    const simulator = await TufSimulator.start()
    const { snapshot: _left, ...roles } = objectIn(simulator.signed('root'), 'roles')
    simulator.edit('root', { roles })
    await simulator.publishRoot()
    const result = await simulator.update({ store: simulator.client() })
    expect(result.faults).toEqual([{ role: 'root', code: 'trust/format' }])
    const file = rewrite(simulator.files.get('1.root.json') ?? new Uint8Array(0), (json) => {
      const { version: _version, ...signed } = objectIn(json, 'signed')
      return { ...json, signed }
    })
    simulator.requests.length = 0
    await expect(
      simulator.update({ store: memoryTufStore(), initialRoot: file }),
    ).rejects.toMatchObject({ code: 'trust/format' })
    expect(simulator.requests).toEqual([])
  })
})

describe('files that another names', () => {
  test.each(['snapshot', 'targets'])('%s of another hash, length or size', async (role) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    await simulator.release()
    const good = simulator.file(role)
    const name = simulator.fileName(role)
    const flipped = good.slice()
    flipped[40] = (flipped[40] ?? 0) ^ 1
    const served: readonly (readonly [Served, ErrorCode])[] = [
      [flipped, 'trust/hash-mismatch'],
      [good.slice(0, -1), 'trust/length-mismatch'],
      [Uint8Array.of(...good, 32), 'trust/too-large'],
      ['endless', 'trust/too-large'],
      ['absent', 'trust/file-missing'],
      ['broken', 'trust/unavailable'],
    ]
    for (const [answer, code] of served) {
      simulator.served.set(name, answer)
      const result = await simulator.update({ store })
      expect(result.faults).toEqual([{ role, code }])
      expect(versionsOf(result)[role]).toBe(1)
    }
    simulator.served.clear()
    expect((await simulator.update({ store })).faults).toEqual([])
  })

  test.each(['snapshot', 'targets'])(
    '%s of another version (new_targets_version_mismatch)',
    async (role) => {
      const simulator = await TufSimulator.start()
      simulator.hashes = false
      const store = simulator.client()
      await simulator.update({ store })
      await simulator.release()
      simulator.served.set(
        simulator.fileName(role),
        simulator.files.get(`1.${role}.json`) ?? 'absent',
      )
      const result = await simulator.update({ store })
      expect(result.faults).toEqual([{ role, code: 'trust/version-mismatch' }])
      expect(versionsOf(result)[role]).toBe(1)
    },
  )

  test('a root of another version than its name says (§5.3.5)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.publishRoot()
    await simulator.publishRoot()
    simulator.served.set('2.root.json', simulator.files.get('3.root.json') ?? 'absent')
    const ahead = await simulator.update({ store })
    expect(ahead.faults).toEqual([{ role: 'root', code: 'trust/version-mismatch' }])
    simulator.served.set('2.root.json', simulator.files.get('1.root.json') ?? 'absent')
    const same = await simulator.update({ store })
    expect(same.faults).toEqual([])
    expect(versionsOf(same)).toMatchObject({ root: 1, targets: 1 })
    simulator.served.clear()
    await simulator.update({ store })
    simulator.served.set('4.root.json', simulator.files.get('2.root.json') ?? 'absent')
    const behind = await simulator.update({ store })
    expect(behind.faults).toEqual([{ role: 'root', code: 'trust/rollback' }])
    expect(versionsOf(behind)['root']).toBe(3)
  })

  test('an endless root, and one that cannot be had, leave the old one (TR07)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.served.set('2.root.json', 'endless')
    expect((await simulator.update({ store })).faults).toEqual([
      { role: 'root', code: 'trust/too-large' },
    ])
    simulator.served.set('2.root.json', 'broken')
    expect((await simulator.update({ store })).faults).toEqual([
      { role: 'root', code: 'trust/unavailable' },
    ])
  })

  test('files of two releases do not mix', async () => {
    const simulator = await TufSimulator.start(false)
    const store = simulator.client()
    const old = simulator.file('targets')
    await simulator.release()
    simulator.served.set('targets.json', old)
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'targets', code: 'trust/hash-mismatch' }])
  })
})

describe('an equal timestamp version', () => {
  test('changes nothing, whatever it says (timestamp_eq_versions_check, timestamp_content_changes)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    await simulator.update({ store })
    const before = store.files.get('timestamp.json')
    simulator.edit('timestamp', { meta: { 'snapshot.json': { version: 100 } } })
    await republish(simulator, 'timestamp')
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(store.files.get('timestamp.json')).toEqual(before)
    expect(simulator.requests.at(-1)).toBe('timestamp.json')
  })

  test('an update that broke off is finished by the next, though the timestamp is the same', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.served.set('1.targets.json', 'broken')
    expect((await simulator.update({ store })).faults).toEqual([
      { role: 'targets', code: 'trust/unavailable' },
    ])
    simulator.served.clear()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)['targets']).toBe(1)
  })
})

test('a crash at any save leaves a set that opens and a client that recovers', async () => {
  const simulator = await TufSimulator.start()
  simulator.delegate({ from: 'targets', name: 'deny' })
  await simulator.release()
  const base = simulator.client()
  await simulator.update({ store: base, delegated: 'all' })
  await simulator.publishRoot()
  await simulator.release()
  for (let saves = 0; saves < 5; saves++) {
    const store = memoryTufStore(base.files)
    let left = saves
    const crashing: TufStore = {
      load: store.load,
      save: async (changes) => {
        if (left-- === 0) throw new TypeError('the power went')
        await store.save(changes)
      },
    }
    await expect(
      simulator.update({ store: crashing, delegated: 'all' }),
      `${saves}`,
    ).rejects.toThrow('the power went')
    const result = await simulator.update({ store, delegated: 'all' })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)).toEqual({ root: 2, timestamp: 3, snapshot: 3, targets: 3 })
  }
})

/** Signs what a test made of a role and serves it under its name. */
async function republish(simulator: TufSimulator, role: 'timestamp' | 'snapshot'): Promise<void> {
  simulator.files.set(
    simulator.fileName(role),
    await signTuf(simulator.signed(role), [edSigner(role)]),
  )
  if (role === 'snapshot') await simulator.publishTimestamp()
}

/** The suite's test_keys and keytypes, and case TR03: a threshold is so many different keys, and nothing else. */
import { createHash } from 'node:crypto'
import { isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import { canonicalJson, openTrustedSet, tufKeyOf } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { ecSigner, edSigner } from './tuf-signers.ts'
import { objectIn, rewrite, TufSimulator, versionsOf } from './tuf-simulator.ts'

const PLAUSIBLE =
  '3045022100e691c6fa8f401a7f6cb6f2fbf5d2596bf50755acdc95d53bbac1bb7f5c2d6bfc02206a85c8ea8015a63d9903588b3bbc5bd563e043cf43fc1b9198a9112e15f2df53'

const THRESHOLD = { code: 'trust/threshold' } as const

async function snapshotOf(three: boolean): Promise<{
  readonly simulator: TufSimulator
  readonly store: ReturnType<TufSimulator['client']>
}> {
  const simulator = await TufSimulator.start()
  const store = simulator.client()
  const keys = ['a', 'b', 'c'].map(edSigner)
  simulator.setKeys('snapshot', { keys, threshold: three ? 3 : 2 })
  await simulator.publishRoot()
  await simulator.release()
  return { simulator, store }
}

function signaturesOf(file: JsonObject): readonly JsonValue[] {
  const { signatures } = file
  return Array.isArray(signatures) ? signatures : []
}

describe('thresholds', () => {
  test('three of three keys are enough', async () => {
    const { simulator, store } = await snapshotOf(true)
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)['snapshot']).toBe(2)
  })

  test('one of two, two of three are not (snapshot_does_not_meet_threshold)', async () => {
    const { simulator, store } = await snapshotOf(true)
    await simulator.update({ store })
    simulator.signWith('snapshot', edSigner('a'), edSigner('b'))
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'snapshot', ...THRESHOLD }])
    expect(versionsOf(result)['snapshot']).toBe(2)
  })

  test('a threshold above the number of keys lets the root in and nothing else (snapshot_has_too_few_keys)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.setKeys('snapshot', { keys: ['a', 'b', 'c', 'd', 'e'].map(edSigner), threshold: 6 })
    await simulator.publishRoot()
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'snapshot', ...THRESHOLD }])
    expect(versionsOf(result)).toMatchObject({ root: 2, snapshot: undefined })
  })

  test('one key under several identifiers counts once (TR03, duplicate_keys)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const { json } = tufKeyOf(edSigner('a').publicKey)
    const twin = { ...json, 'x-twin': 'the same key again' }
    const twinId = keyidOf(twin)
    simulator.setKeys('snapshot', { keys: [edSigner('a')] })
    const root = simulator.signed('root')
    const keyids = [tufKeyOf(edSigner('a').publicKey).keyid, twinId]
    simulator.edit('root', {
      keys: { ...objectIn(root, 'keys'), [twinId]: twin },
      roles: { ...objectIn(root, 'roles'), snapshot: { keyids, threshold: 2 } },
    })
    await simulator.publishRoot()
    await simulator.release()
    const signed = simulator.file('snapshot')
    simulator.hashes = false
    const twice = rewrite(signed, (file) => {
      const [first = {}] = signaturesOf(file)
      return { ...file, signatures: [first, { ...(isObject(first) ? first : {}), keyid: twinId }] }
    })
    simulator.files.set(simulator.fileName('snapshot'), twice)
    await simulator.publishTimestamp()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'snapshot', ...THRESHOLD }])
  })

  test('two signatures of one identifier refuse the file, enough of them or not (TR03, duplicate_sig_keyids)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.hashes = false
    const file = rewrite(simulator.file('snapshot'), (json) => {
      const signatures = signaturesOf(json)
      return { ...json, signatures: [...signatures, ...signatures] }
    })
    simulator.files.set(simulator.fileName('snapshot'), file)
    await simulator.publishTimestamp()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'snapshot', ...THRESHOLD }])
    expect(versionsOf(result)['snapshot']).toBeUndefined()
  })

  test('an identifier listed twice in a role refuses the root', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const { keyid } = tufKeyOf(edSigner('snapshot').publicKey)
    const roles = objectIn(simulator.signed('root'), 'roles')
    const snapshot = { keyids: [keyid, keyid], threshold: 2 }
    simulator.edit('root', { roles: { ...roles, snapshot } })
    await simulator.publishRoot()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'root', code: 'trust/format' }])
    expect(versionsOf(result)['root']).toBe(1)
  })

  test('a key that is in the root but not of the role counts for nothing (root_has_keys_but_not_snapshot)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.signWith('snapshot', edSigner('targets'), edSigner('timestamp'), edSigner('root'))
    await simulator.release()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([{ role: 'snapshot', ...THRESHOLD }])
  })

  test('an empty, malformed or wrong signature beside enough good ones does no harm (invalid_sig_in_valid_metadata)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.setKeys('timestamp', {
      keys: [edSigner('a'), edSigner('b')],
      signers: [edSigner('b')],
    })
    await simulator.publishRoot()
    const { keyid } = tufKeyOf(edSigner('a').publicKey)
    for (const sig of ['', 'zz', '00', '11'.repeat(64)]) {
      await simulator.publishTimestamp()
      const file = rewrite(simulator.file('timestamp'), (json) => {
        return { ...json, signatures: [{ keyid, sig }, ...signaturesOf(json)] }
      })
      simulator.files.set('timestamp.json', file)
      const result = await simulator.update({ store })
      expect(result.faults, sig).toEqual([])
      expect(versionsOf(result)['timestamp']).toBe(simulator.version('timestamp'))
    }
  })
})

describe('kinds of keys', () => {
  test.each(['ecdsa', 'ecdsa-sha2-nistp256'])(
    'P-256 as %s, with DER signatures (keytype_and_scheme)',
    async (keytype) => {
      const simulator = await TufSimulator.start()
      const store = simulator.client()
      const json = { ...tufKeyOf(ecSigner('a').publicKey).json, keytype }
      const keyid = keyidOf(json)
      const root = simulator.signed('root')
      const { root: roleOfRoot } = objectIn(root, 'roles')
      expect(roleOfRoot).toBeDefined()
      const { keyid: first } = tufKeyOf(edSigner('root').publicKey)
      simulator.edit('root', {
        keys: { ...objectIn(root, 'keys'), [keyid]: json },
        roles: { ...objectIn(root, 'roles'), root: { keyids: [first, keyid], threshold: 2 } },
      })
      simulator.signWith('root', edSigner('root'), ecSigner('a'))
      await simulator.publishRoot()
      const name = simulator.fileName('root')
      const { keyid: written } = tufKeyOf(ecSigner('a').publicKey)
      const renamed = (file: JsonObject): JsonValue => ({
        ...file,
        signatures: signaturesOf(file).map((signature) =>
          isObject(signature) && signature['keyid'] === written
            ? { ...signature, keyid }
            : signature,
        ),
      })
      simulator.files.set(name, rewrite(simulator.file('root'), renamed))
      const result = await simulator.update({ store })
      expect(result.faults).toEqual([])
      expect(versionsOf(result)['root']).toBe(2)
      await simulator.publishRoot()
      const wrong = rewrite(simulator.file('root'), (file) => ({
        ...file,
        signatures: signaturesOf(file).map((signature) =>
          isObject(signature) && signature['keyid'] === written
            ? { keyid, sig: PLAUSIBLE }
            : signature,
        ),
      }))
      simulator.files.set(simulator.fileName('root'), wrong)
      const refused = await simulator.update({ store })
      expect(refused.faults).toEqual([{ role: 'root', ...THRESHOLD }])
      expect(versionsOf(refused)['root']).toBe(2)
    },
  )

  test.each([
    ['an unknown type', { keytype: 'sigstore-oidc', scheme: 'Fulcio', keyval: { identity: 'x' } }],
    ['RSA', { keytype: 'rsa', scheme: 'rsassa-pss-sha256', keyval: { public: 'PEM' } }],
    [
      'a weak Ed25519 key',
      { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: `01${'00'.repeat(31)}` } },
    ],
    ['a short one', { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: '00' } }],
    [
      'a PEM that is none',
      { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256', keyval: { public: 'PEM' } },
    ],
  ])('a key of %s beside a good one is passed over', async (_name, json) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const keyid = keyidOf(json)
    const root = simulator.signed('root')
    const { keyid: good } = tufKeyOf(edSigner('timestamp').publicKey)
    simulator.edit('root', {
      keys: { ...objectIn(root, 'keys'), [keyid]: json },
      roles: { ...objectIn(root, 'roles'), timestamp: { keyids: [keyid, good], threshold: 1 } },
    })
    await simulator.publishRoot()
    await simulator.publishTimestamp()
    const file = rewrite(simulator.file('timestamp'), (signed) => {
      return { ...signed, signatures: [{ keyid, sig: '00' }, ...signaturesOf(signed)] }
    })
    simulator.files.set('timestamp.json', file)
    expect((await simulator.update({ store })).faults).toEqual([])
  })

  test('an identifier that is not the hash of its key is nobody’s (§4.3)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const { json } = tufKeyOf(edSigner('timestamp').publicKey)
    const keyid = 'ab'.repeat(32)
    const root = simulator.signed('root')
    simulator.edit('root', {
      keys: { ...objectIn(root, 'keys'), [keyid]: json },
      roles: { ...objectIn(root, 'roles'), timestamp: { keyids: [keyid], threshold: 1 } },
    })
    await simulator.publishRoot()
    const file = rewrite(simulator.file('timestamp'), (signed) => {
      const [first = {}] = signaturesOf(signed)
      return { ...signed, signatures: [{ ...(isObject(first) ? first : {}), keyid }] }
    })
    simulator.files.set('timestamp.json', file)
    expect((await simulator.update({ store })).faults).toEqual([
      { role: 'timestamp', ...THRESHOLD },
    ])
  })

  test('members of a key that are added later do not change whose it is (deprecated_keyid_hash_algorithms, custom_fields)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    const root = simulator.signed('root')
    const { keyid, json } = tufKeyOf(edSigner('snapshot').publicKey)
    const extended = { ...json, keyid_hash_algorithms: 'md5', 'extra-field': { a: 1, b: 2 } }
    simulator.edit('root', {
      'custom-field': 'value',
      keys: { ...objectIn(root, 'keys'), [keyid]: extended },
    })
    await simulator.publishRoot()
    const result = await simulator.update({ store })
    expect(result.faults).toEqual([])
    expect(versionsOf(result)).toMatchObject({ root: 2, snapshot: 1 })
  })
})

test('an initial root that its own keys did not sign starts nothing (unsigned_initial_root)', async () => {
  const simulator = await TufSimulator.start()
  const file = rewrite(simulator.file('root'), (json) => {
    const [first = {}] = signaturesOf(json)
    return { ...json, signatures: [{ ...(isObject(first) ? first : {}), sig: PLAUSIBLE }] }
  })
  const store = simulator.client()
  await store.save(new Map([['root.json', null]]))
  await expect(simulator.update({ store, initialRoot: file })).rejects.toMatchObject(THRESHOLD)
  await expect(openTrustedSet({ store, initialRoot: file })).rejects.toMatchObject(THRESHOLD)
  await expect(openTrustedSet({ store })).rejects.toMatchObject({ code: 'trust/unavailable' })
  expect(simulator.requests).toEqual([])
})

function keyidOf(json: JsonObject): string {
  return createHash('sha256').update(canonicalJson(json)).digest('hex')
}

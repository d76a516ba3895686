/** For any flipped bit, any cut and any bytes: refused or nothing changed, never thrown, and the set stays. */
import { utf8Encode } from '@onetrip/codec'
import { fetchTarget, memoryTufStore, openTrustedSet } from '@onetrip/trust'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ecSigner } from './tuf-signers.ts'
import { NOW, TufSimulator, versionsOf } from './tuf-simulator.ts'

const RUNS = 150
const BODY = utf8Encode('a status list')
const PATH = 'status/1/1.cwt'

describe.each([true, false])('any change to a published file (hashes: %s)', (hashes) => {
  const kept = memoryTufStore()
  let simulator: TufSimulator
  beforeAll(async () => {
    simulator = await TufSimulator.start()
    simulator.hashes = hashes
    const members = { paths: ['status/1/*'] }
    simulator.delegate({ from: 'targets', name: 'status-1', signer: ecSigner('status'), members })
    simulator.addTarget('status-1', PATH, BODY)
    await simulator.release()
    const store = simulator.client()
    await simulator.update({ store, delegated: 'all' })
    await kept.save(store.files)
    await simulator.publishRoot()
    await simulator.release()
  })

  /** Serves other bytes for one role; what is in use afterwards is the old file or the published one. */
  async function refuses(role: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
    const good = simulator.file(role)
    const changed = change(good)
    simulator.served.set(simulator.fileName(role), changed)
    const store = memoryTufStore(kept.files)
    const { set, faults } = await simulator.update({ store, delegated: 'all' })
    simulator.served.clear()
    const used = role === 'status-1' ? set.delegated.get(role) : partOf(set, role)
    if (used?.bytes === changed || faults.length === 0) {
      // A signature's bits may be flipped into another spelling of themselves; its signed part may not.
      expect(signedOf(changed)).toEqual(signedOf(good))
      return
    }
    expect(faults.map((fault) => fault.role)).toEqual([role])
    expect(used?.bytes).toEqual(kept.files.get(`${role}.json`))
  }

  test.each(['root', 'timestamp', 'snapshot', 'targets', 'status-1'])(
    '%s: a flipped bit',
    async (role) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
          await refuses(role, (bytes) => {
            const flipped = bytes.slice()
            const index = at % bytes.length
            flipped[index] = (flipped[index] ?? 0) ^ (1 << bit)
            return flipped
          })
        }),
        { numRuns: RUNS },
      )
    },
  )

  test.each(['root', 'timestamp', 'snapshot', 'targets', 'status-1'])(
    '%s: whatever the bytes',
    async (role) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
          await refuses(role, () => bytes)
        }),
        { numRuns: RUNS },
      )
    },
  )

  test('a target: a flipped bit', async () => {
    const store = memoryTufStore(kept.files)
    const { set } = await openTrustedSet({ store })
    const online = { fetcher: simulator.fetcher, now: NOW }
    const old = { set, store, online: { ...online, fetcher: simulator.fetcher } }
    const name = [...simulator.files.keys()].find((file) => file.endsWith('.1.cwt')) ?? ''
    for (let bit = 0; bit < BODY.length * 8; bit++) {
      const flipped = BODY.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      simulator.served.set(name, flipped)
      await expect(fetchTarget(old, PATH)).rejects.toMatchObject({ code: 'trust/hash-mismatch' })
    }
    simulator.served.clear()
  })
})

test('any flipped bit in what is kept is noticed when it is opened, or says the same', async () => {
  const simulator = await TufSimulator.start()
  const store = simulator.client()
  await simulator.update({ store })
  for (const name of ['timestamp.json', 'snapshot.json', 'targets.json', 'root.json']) {
    const good = store.files.get(name) ?? new Uint8Array(0)
    for (let at = 0; at < good.length; at += 3) {
      const flipped = good.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      const opened = openTrustedSet({ store: memoryTufStore([...store.files, [name, flipped]]) })
      if (name === 'root.json') {
        await opened.then(() => expect(signedOf(flipped)).toEqual(signedOf(good)), expectFault)
        continue
      }
      const result = await opened
      const isRefused = versionsOf(result)[name.slice(0, -5)] === undefined
      expect(isRefused ? result.faults.length : 1).toBe(1)
      if (!isRefused) expect(signedOf(flipped)).toEqual(signedOf(good))
    }
  }
})

function expectFault(error: unknown): void {
  expect(error).toMatchObject({ name: 'Fault' })
}

function partOf(
  set: Awaited<ReturnType<typeof openTrustedSet>>['set'],
  role: string,
): { readonly bytes: Uint8Array } | undefined {
  const parts = {
    root: set.root,
    timestamp: set.timestamp,
    snapshot: set.snapshot,
    targets: set.targets,
  }
  return Object.entries(parts).find(([name]) => name === role)?.[1]
}

function signedOf(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes)).signed
}

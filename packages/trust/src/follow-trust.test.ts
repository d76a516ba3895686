/** Following a repository: what takes effect, what is kept when something fails, and how it is told. */
import { type JsonObject, type Signer, sha256, toBase64url, utf8Encode } from '@onetrip/codec'
import { licenceTypes, sampleOffices } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import {
  FIRST,
  FOLLOW_NOW,
  follow,
  INITIAL_ROOT,
  kept,
  repository,
  SIGNERS,
} from '../samples/followed-repository.ts'
import { memoryFetcher } from '../samples/sample-repository.ts'
import {
  SAMPLE_NOW,
  STATUS_URI,
  sampleDocuments,
  sampleSigner,
  sampleStatusList,
} from '../samples/sample-trust.ts'
import { followTrust } from './follow-trust.ts'
import { openTrust } from './open-trust.ts'
import { statusTarget, TARGET } from './target-names.ts'
import { draftRoot } from './tuf/draft-metadata.ts'
import type { RepositoryFiles } from './tuf/repository-files.ts'
import { signTuf } from './tuf/sign-metadata.ts'
import { memoryTufStore, type TufStore } from './tuf/store-and-fetcher.ts'

const DAY = 86_400
const THUMBPRINT = toBase64url(sha256(Uint8Array.of(1)))
const OTHER = toBase64url(sha256(Uint8Array.of(2)))

describe('following a repository', () => {
  test('brings agencies, types, status lists, and the ages of the parts', async () => {
    const trust = await follow(memoryTufStore(), memoryFetcher(FIRST))
    const [police] = trust.agencies
    expect(trust.types).toHaveLength(licenceTypes.length)
    expect(trust.statusList(police?.id ?? '', STATUS_URI.police)?.list.get(5)).toBe(1)
    expect(trust.parts.map(({ name, signedAt }) => [name, signedAt])).toEqual([
      ['timestamp', SAMPLE_NOW],
      ['snapshot', SAMPLE_NOW],
      ['targets', SAMPLE_NOW],
      ['deny', SAMPLE_NOW],
    ])
    expect(trust).toMatchObject({ signedAt: SAMPLE_NOW, clockAhead: false, faults: [] })
  })

  test('needs two requests when nothing is new, and none to be opened again', async () => {
    const store = await kept()
    const asked: string[] = []
    const trust = await follow(store, memoryFetcher(FIRST, asked))
    expect(asked).toEqual(['2.root.json', 'timestamp.json'])
    const opened = await openTrust({ store, initialRoot: INITIAL_ROOT, environment: 'test' })
    expect(opened.agencies).toEqual(trust.agencies)
  })

  test('fetches nothing but what signed metadata name', async () => {
    const asked: string[] = []
    await follow(memoryTufStore(), memoryFetcher(FIRST, asked))
    const known = new Set([...FIRST.metadata.keys(), ...FIRST.targets.keys(), '2.root.json'])
    expect(asked.filter((name) => !known.has(name))).toEqual([])
  })

  test('another environment’s data are refused', async () => {
    const store = memoryTufStore()
    const fetcher = memoryFetcher(FIRST)
    await expect(
      followTrust({
        store,
        fetcher,
        initialRoot: INITIAL_ROOT,
        environment: 'production',
        now: FOLLOW_NOW,
      }),
    ).rejects.toMatchObject({ code: 'trust/wrong-environment' })
  })

  test('tells how far it is', async () => {
    const seen: number[] = []
    const store = memoryTufStore()
    await followTrust({
      store,
      fetcher: memoryFetcher(FIRST),
      initialRoot: INITIAL_ROOT,
      now: FOLLOW_NOW,
      onProgress: ({ doneBytes, totalBytes }) => seen.push(doneBytes / totalBytes),
    })
    expect(seen.length).toBeGreaterThan(5)
    expect(seen.at(-1)).toBe(1)
    expect([...seen].sort((a, b) => a - b)).toEqual(seen)
  })
})

describe('what fails leaves what was kept', () => {
  const second = () =>
    repository({ versions: { targets: 2, online: 2 }, signedAt: SAMPLE_NOW + 60 })
  const without = (files: RepositoryFiles, pattern: RegExp): RepositoryFiles => ({
    ...files,
    targets: new Map([...files.targets].filter(([path]) => !pattern.test(path))),
  })

  test('a document that cannot be had: the targets before it go on', async () => {
    const store = await kept()
    const changed = {
      ...sampleDocuments(),
      [TARGET.trustList]: sampleDocuments({ offices: [] })[TARGET.trustList] ?? {},
    }
    const files = await repository({ documents: changed, versions: { targets: 2, online: 2 } })
    const trust = await follow(store, memoryFetcher(without(files, /trust-list/)))
    expect(trust.version).toBe(1)
    expect(trust.offices).toHaveLength(sampleOffices.length)
    expect(trust.faults).toContainEqual({ part: 'targets', code: 'trust/file-missing' })
    const after = await follow(store, memoryFetcher(files))
    expect(after).toMatchObject({ version: 2, offices: [], faults: [] })
  })

  test('a status list that cannot be had: its role before it goes on, the rest is new', async () => {
    const store = await kept()
    const at = SAMPLE_NOW + 60
    const lists = {
      1: await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus', issuedAt: at }),
      2: await sampleStatusList({ uri: STATUS_URI.market, signer: 'marketStatus', issuedAt: at }),
    }
    const files = await repository({ statusLists: lists, versions: { online: 2 }, signedAt: at })
    const trust = await follow(store, memoryFetcher(without(files, /status\/2\//)))
    const times = trust.agencies.map(({ id }, index) => {
      const uri = index === 0 ? STATUS_URI.police : STATUS_URI.market
      return trust.statusList(id, uri)?.list.issuedAt
    })
    expect(times).toEqual([at, SAMPLE_NOW])
    expect(trust.signedAt).toBe(at)
    expect(trust.faults).toContainEqual({ part: 'status-2', code: 'trust/file-missing' })
  })

  test('ST06: an older list at a newer version is refused', async () => {
    const store = await kept()
    const issuedAt = SAMPLE_NOW - 60
    const older = await sampleStatusList({
      uri: STATUS_URI.market,
      signer: 'marketStatus',
      issuedAt,
    })
    const files = await repository({ statusLists: { 2: older }, versions: { online: 2 } })
    const trust = await follow(store, memoryFetcher(files))
    expect(trust.faults).toContainEqual({ part: 'status-2', code: 'status/rollback' })
    const market = trust.agencies[1]?.id ?? ''
    expect(trust.statusList(market, STATUS_URI.market)?.list.issuedAt).toBe(SAMPLE_NOW)
  })

  test('a list dated more than a day ahead of its repository does not move the clock’s floor', async () => {
    const issuedAt = SAMPLE_NOW + DAY + 1
    const ahead = await sampleStatusList({
      uri: STATUS_URI.market,
      signer: 'marketStatus',
      issuedAt,
    })
    const trust = await follow(
      memoryTufStore(),
      memoryFetcher(await repository({ statusLists: { 2: ahead } })),
    )
    expect(trust.newestSignedTime).toBe(SAMPLE_NOW)
    expect(trust.faults).toEqual([{ part: statusTarget(2, 'cwt'), code: 'status/from-future' }])
  })

  test('no network: the set goes on and ages', async () => {
    const store = await kept()
    const offline = () => Promise.reject(new TypeError('no network'))
    const nothing = { metadata: offline, target: offline }
    const trust = await follow(
      store,
      { ...nothing, recognised: () => nothing },
      FOLLOW_NOW + 40 * DAY,
    )
    expect(trust).toMatchObject({ version: 1, signedAt: SAMPLE_NOW, clockAhead: false })
    expect(trust.faults).toEqual([{ part: 'root', code: 'trust/unavailable' }])
  })

  test('killed at any save, it opens again and the next try ends well', async () => {
    const files = await second()
    for (let saves = 0; ; saves += 1) {
      const store = await kept()
      let left = saves
      const dying: TufStore = {
        load: store.load,
        save: async (changes) => {
          if (left === 0) throw new Error('killed')
          left -= 1
          await store.save(changes)
        },
      }
      const ended = await follow(dying, memoryFetcher(files)).then(
        () => true,
        () => false,
      )
      const opened = await openTrust({ store, initialRoot: INITIAL_ROOT, environment: 'test' })
      expect([1, 2]).toContain(opened.version)
      expect(opened.faults).toEqual([])
      expect((await follow(store, memoryFetcher(files))).version).toBe(2)
      if (ended) return
    }
  })
})

describe('a new root', () => {
  const nextSigners = {
    ...SIGNERS,
    online: sampleSigner('holderJws'),
    targets: [sampleSigner('policeStatus')],
  }

  /** Root 2 takes the online and the targets keys away. */
  async function rotated(): Promise<RepositoryFiles> {
    const key = { keys: [nextSigners.online.publicKey], threshold: 1 }
    const keysOf = (all: readonly Signer[]) => ({
      keys: all.map(({ publicKey }) => publicKey),
      threshold: 1,
    })
    const root = await signTuf(
      draftRoot({
        version: 2,
        signedAt: SAMPLE_NOW,
        expiresAt: SAMPLE_NOW + 365 * DAY,
        roles: {
          root: keysOf(SIGNERS.root),
          targets: keysOf(nextSigners.targets),
          snapshot: key,
          timestamp: key,
        },
      }),
      SIGNERS.root,
    )
    const roots = [INITIAL_ROOT, root]
    return repository({
      signers: nextSigners,
      roots,
      versions: { targets: 2 },
      signedAt: SAMPLE_NOW + 60,
    })
  }

  test('takes effect with what its keys signed, whatever versions the old keys had reached', async () => {
    const store = await kept(await repository({ versions: { online: 900 } }))
    const trust = await follow(store, memoryFetcher(await rotated()))
    expect(trust).toMatchObject({ version: 2, signedAt: SAMPLE_NOW + 60, faults: [] })
    expect((await openTrust({ store, initialRoot: INITIAL_ROOT })).version).toBe(2)
  })

  test.each(['timestamp.json', '1.snapshot.json', '2.targets.json'])(
    'without its %s changes nothing, and comes whole the next time',
    async (name) => {
      const store = await kept()
      const files = await rotated()
      const metadata = new Map([...files.metadata].filter(([file]) => file !== name))
      const half = await follow(store, memoryFetcher({ ...files, metadata }))
      expect(half).toMatchObject({ version: 1, signedAt: SAMPLE_NOW })
      expect(half.faults.map(({ code }) => code)).toContain('trust/file-missing')
      expect((await openTrust({ store, initialRoot: INITIAL_ROOT })).signedAt).toBe(SAMPLE_NOW)
      expect(await follow(store, memoryFetcher(files))).toMatchObject({ version: 2, faults: [] })
    },
  )
})

describe('expiry', () => {
  test('what is over is not taken, and a clock far ahead is suspected', async () => {
    const store = await kept()
    const files = await repository({ versions: { online: 2 } })
    const trust = await follow(store, memoryFetcher(files), FOLLOW_NOW + 3650 * DAY)
    expect(trust).toMatchObject({ signedAt: SAMPLE_NOW, clockAhead: true })
    expect(trust.faults[0]?.code).toBe('trust/expired-metadata')
  })
})

describe('the deny list', () => {
  const denying = (...devices: string[]): JsonObject => ({ format: 1, keys: [], devices })

  test('applies even when the targets fail', async () => {
    const store = await kept()
    const files = await repository({
      denyList: denying(THUMBPRINT),
      versions: { targets: 2, online: 2 },
      documents: { [TARGET.trustList]: { kind: 'broken' } },
    })
    const broken = new Map(files.metadata)
    broken.delete('2.targets.json')
    const trust = await follow(store, memoryFetcher({ ...files, metadata: broken }))
    expect(trust.version).toBe(1)
    expect(trust.isDeniedDevice(THUMBPRINT)).toBe(true)
  })

  test('is honoured as format 1 keeps it; what nobody can read hides nothing', async () => {
    for (const text of [
      `{"format":1,"keys":[],"devices":["${THUMBPRINT}"],"targetsVersion":1}`,
      '{"format":2}',
      '{"form',
    ]) {
      const store = await kept(await repository({ denyList: denying(OTHER) }))
      await store.save(new Map([['denials.json', utf8Encode(text)]]))
      const trust = await openTrust({ store, initialRoot: INITIAL_ROOT })
      expect(trust.isDeniedDevice(OTHER)).toBe(true)
      expect(trust.isDeniedDevice(THUMBPRINT)).toBe(text.includes(THUMBPRINT))
    }
  })

  test('only grows under the same targets; newer targets may lift', async () => {
    const store = await kept(await repository({ denyList: denying(THUMBPRINT) }))
    const lifted = await repository({ denyList: denying(), versions: { online: 2 } })
    const trust = await follow(store, memoryFetcher(lifted))
    expect(trust.isDeniedDevice(THUMBPRINT)).toBe(true)
    expect((await openTrust({ store, initialRoot: INITIAL_ROOT })).isDeniedDevice(THUMBPRINT)).toBe(
      true,
    )
    const newer = await repository({ denyList: denying(), versions: { targets: 2, online: 3 } })
    expect((await follow(store, memoryFetcher(newer))).isDeniedDevice(THUMBPRINT)).toBe(false)
  })
})

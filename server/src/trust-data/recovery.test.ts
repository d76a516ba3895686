/** TR05: online keys are stolen and versions fast-forwarded; a new root with new keys brings verifiers back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  encodeJson,
  jwkThumbprint,
  parseJson,
  type Signer,
  samePublicKey,
  utf8Encode,
} from '@onetrip/codec'
import { foodBusinessLicenceType, sampleOffices } from '@onetrip/fixtures'
import { LIST_BITS, LIST_SIZE, newStatusBits, signStatusList } from '@onetrip/status'
import {
  addSignature,
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
  followTrust,
  type KeyLife,
  memoryTufStore,
  signTuf,
  statusTarget,
  TARGET,
  type Trust,
  type TrustFetcher,
  type TufMetaFile,
  targetFilePath,
} from '@onetrip/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEnvironment } from '../../testing/test-database.ts'
import { holderSigner, MARKET, START, TYPES } from '../../testing/test-world.ts'
import { createApp } from '../app.ts'
import { loadConfig, statusListUri } from '../config.ts'
import { readStoredState } from '../metrics/stored-state.ts'
import { enforceRetention } from '../retention/enforce-retention.ts'
import { openServices, type Services } from '../services.ts'
import { publishedStatusList } from '../status-lists/publish-status-list.ts'
import { registerAgency, registerOffice, registerType } from './agencies.ts'
import { bringOffline } from './bring-offline.ts'
import { assertClockNotAhead } from './clock-doubt.ts'
import { draftNextTargets } from './draft-next-targets.ts'
import { keepPublished } from './keep-published.ts'
import { announceKey, listKeys, operatorNamed, revokeKey } from './key-lives.ts'
import { currentRoot } from './offline-roles.ts'
import { offlineState } from './offline-state.ts'
import { LISTED_ROLES, publishRepository } from './publish-repository.ts'
import { newestMetadata, newestOfEachRole } from './repository-rows.ts'
import { metadataFile, targetFile } from './serve-repository.ts'
import { onlineKeys, renewOnlineKeys } from './trust-keys.ts'

const DAY = 86_400
const FAR = 2 ** 31
const LIST = 1
const AGENCY = MARKET
const OWNER = AGENCY.toLowerCase()
const keepers = [holderSigner('Ed25519'), holderSigner('ES256')]
let folder: string
let services: Services
let now = START

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-recovery-'))
  services = await openServices({
    config: loadConfig({
      ...(await testEnvironment(folder)),
      ONETRIP_MODE: 'production',
      ONETRIP_API_ORIGIN: 'https://api.onetrip.example',
      ONETRIP_WALLET_ORIGIN: 'https://wallet.onetrip.example',
      ONETRIP_COUNTER_ORIGIN: 'https://counter.onetrip.example',
      ONETRIP_ENVIRONMENT: 'production',
      ONETRIP_KEY_PASSPHRASE: 'a passphrase for tests only',
    }),
    now: () => now,
    writeLog: () => {},
  })
})
afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

async function makeRoot(version: number): Promise<Uint8Array> {
  const online = await onlineKeys(services)
  const all = { keys: keepers.map(({ publicKey }) => publicKey), threshold: 2 }
  const draft = draftRoot({
    version,
    signedAt: START,
    expiresAt: START + 365 * DAY,
    roles: {
      root: all,
      targets: all,
      snapshot: { keys: [online.snapshot], threshold: 1 },
      timestamp: { keys: [online.timestamp], threshold: 1 },
    },
  })
  return signTuf(draft, keepers)
}

/** Brings the next targets, with a root of this version where there is to be one. */
async function bring(version: number, { withRoot = true } = {}): Promise<Uint8Array> {
  const root = await makeRoot(version)
  const { bytes, documents } = await draftNextTargets(services)
  let targets = bytes
  for (const keeper of keepers) targets = await addSignature(targets, keeper)
  await bringOffline(services, { files: withRoot ? [targets, root] : [targets], documents })
  return root
}

function fetcher(forged: ReadonlyMap<string, Uint8Array> = new Map()): TrustFetcher {
  const orMissing = (work: Promise<{ readonly body: Uint8Array }>) =>
    work.then(
      ({ body }) => body,
      () => undefined,
    )
  const nothing = async () => undefined
  return {
    metadata: async (name) => forged.get(name) ?? orMissing(metadataFile(services, name)),
    target: async (path) => forged.get(path) ?? orMissing(targetFile(services, path)),
    recognised: () => ({ metadata: nothing, target: nothing }),
  }
}

const stolen = (name: string): Signer => services.keys.signer(name)
const FAR_TIMES = { version: FAR, signedAt: START + 300 * DAY, expiresAt: START + 900 * DAY }

/** What a thief signs who holds all online keys and an agency's: versions and times out of everybody's reach. */
async function fastForward(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const heads = await newestOfEachRole(services.storage, LISTED_ROLES)
  const roles = new Map<string, TufMetaFile>(
    [...heads].map(([role, { version, length, sha256 }]) => [role, { version, length, sha256 }]),
  )
  const targets = new Map([
    ['deny', { path: TARGET.denyList, bytes: await denyEverybody() }],
    ['status-1', { path: statusTarget(LIST, 'cwt'), bytes: await listOfFuture() }],
  ])
  for (const [role, { path, bytes }] of targets) {
    const target = describeTarget(bytes)
    const draft = draftTargets({ ...FAR_TIMES, targets: new Map([[path, target]]) })
    const file = await signTuf(draft, [stolen(`trust-${role.replace('-1', '')}`)])
    files.set(`${FAR}.${role}.json`, file).set(targetFilePath(path, target.sha256), bytes)
    roles.set(role, describeMetadata(file))
  }
  const snapshot = await signTuf(draftSnapshot({ ...FAR_TIMES, roles }), [stolen('trust-snapshot')])
  const timestamp = await signTuf(
    draftTimestamp({ ...FAR_TIMES, snapshot: describeMetadata(snapshot) }),
    [stolen('trust-timestamp')],
  )
  return files.set(`${FAR}.snapshot.json`, snapshot).set('timestamp.json', timestamp)
}

/** Denies the agency's issuing key from the beginning of time. */
async function denyEverybody(): Promise<Uint8Array> {
  const thumbprint = jwkThumbprint(stolen(`${OWNER}-issue-cbor-1`).publicKey)
  const denied = { format: 1, keys: [{ thumbprint, from: 0 }], devices: [] }
  return utf8Encode(encodeJson(denied))
}

/** The agency's list, dated so far ahead that no later one would ever be newer. */
async function listOfFuture(): Promise<Uint8Array> {
  const content = {
    uri: statusListUri(services.config, LIST),
    bits: LIST_BITS,
    statuses: newStatusBits(LIST_SIZE, LIST_BITS),
    issuedAt: FAR_TIMES.signedAt,
    expiresAt: FAR_TIMES.expiresAt,
    ttlSeconds: 300,
  } as const
  const cwt = stolen(`${OWNER}-status-cbor-1`)
  return (await signStatusList(content, { cwt, jwt: stolen(`${OWNER}-status-jws-1`) })).cwt
}

/** A status list as the agency's first licences open one. */
async function openList(): Promise<void> {
  const uri = statusListUri(services.config, LIST)
  const list = { id: LIST, agency_id: AGENCY, uri, size: LIST_SIZE, used: 0, revision: 1 }
  await services.storage.insertInto('status_list').values(list).execute()
}

test('a fast-forwarded verifier is back with the next root: each role, its clock floor and its denials (TR05)', async () => {
  const [office] = sampleOffices
  if (office === undefined) throw new TypeError('the cast has offices')
  await registerOffice(services, office)
  await registerType(services, JSON.parse(JSON.stringify(foodBusinessLicenceType)))
  const agency = { id: AGENCY, name: office.name, typeCodes: [TYPES.food] }
  await registerAgency(services, agency)
  await openList()
  const initialRoot = await bring(1)
  const store = memoryTufStore()
  const follow = (from: TrustFetcher) =>
    followTrust({ store, fetcher: from, initialRoot, now: START })
  expect((await follow(fetcher())).faults).toEqual([])

  const poisoned = await follow(fetcher(await fastForward()))
  expect(poisoned.faults).toEqual([])
  expect(poisoned.newestSignedTime).toBe(START + 300 * DAY)
  expect(issuerKey(poisoned)).toMatchObject({ revokedFrom: 0 })
  expect(issuedAt(poisoned)).toBe(START + 300 * DAY)
  expect(poisoned.parts.find(({ name }) => name === 'deny')?.version).toBe(FAR)
  const stuck = await follow(fetcher())
  expect(stuck.faults.map(({ code }) => code)).toContain('trust/rollback')

  const inForce = { signsItself: false, root: 1, targets: 1, ending: [] }
  const still = { ...inForce, changed: [], changedCount: 0, olderKeys: [] }
  expect(await offlineState(services)).toEqual(still)
  await renewOnlineKeys(services)
  const next = { owner: AGENCY, purpose: 'status-cbor', notBefore: START } as const
  await announceKey(services, next)
  const actor = await operatorNamed(services, '陈样例')
  const theft = { keyId: `${OWNER}-status-cbor-1`, from: START, actor, isEmergency: false }
  await revokeKey(services, theft)
  expect(await offlineState(services)).toEqual({
    ...inForce,
    changed: [TARGET.trustList],
    changedCount: 1,
    olderKeys: ['snapshot', 'timestamp', 'status', 'deny', 'log'],
  })
  // New keys sign only from the root and targets that name them.
  expect((await follow(fetcher())).faults.map(({ code }) => code)).toContain('trust/rollback')
  await bring(2)
  expect(await offlineState(services)).toEqual({ ...still, root: 2, targets: 2 })
  const recovered = await follow(fetcher())
  expect(recovered.faults).toEqual([])
  expect(recovered.newestSignedTime).toBe(START)
  expect(recovered.version).toBe(2)
  expect(recovered.parts.map(({ version }) => version).every((version) => version < 10)).toBe(true)
  expect(issuerKey(recovered)).not.toHaveProperty('revokedFrom')
  expect(issuedAt(recovered)).toBe(START)
  // What was stolen signs nothing any more.
  const again = await follow(fetcher(await fastForward()))
  expect(again.faults.map(({ code }) => code)).toContain('trust/threshold')
  expect(again.newestSignedTime).toBe(START)
  const kept = parseJson(await metadataFile(services, 'timestamp.json').then(({ body }) => body))
  expect(kept).toMatchObject({ signed: { _type: 'timestamp' } })
}, 120_000)

test('keys of deny and status roles are renewed by targets alone, and verifiers follow on', async () => {
  const initialRoot = await currentRoot(services)
  const store = memoryTufStore()
  const follow = () => followTrust({ store, fetcher: fetcher(), initialRoot, now: START })
  const before = await follow()
  await renewOnlineKeys(services)
  await bring(3, { withRoot: false })
  const after = await follow()
  expect([before.faults, after.faults]).toEqual([[], []])
  expect(after.version).toBe(3)
  const deny = after.parts.find(({ name }) => name === 'deny')?.version ?? 0
  expect(deny).toBe((before.parts.find(({ name }) => name === 'deny')?.version ?? 0) + 1)
}, 120_000)

test('lists of a status key that is denied count for nothing at once, and are back with targets that name the next', async () => {
  const initialRoot = await currentRoot(services)
  const store = memoryTufStore()
  const follow = () => followTrust({ store, fetcher: fetcher(), initialRoot, now })
  expect(issuedAt(await follow())).toBe(START)
  const actor = await operatorNamed(services, '陈样例')
  const theft = { keyId: `${OWNER}-status-cbor-2`, from: START, actor, isEmergency: true }
  await revokeKey(services, theft)
  const denied = await follow()
  expect(denied.faults).toEqual([{ part: statusTarget(LIST, 'cwt'), code: 'key/revoked' }])
  expect(issuedAt(denied)).toBeUndefined()
  await announceKey(services, { owner: AGENCY, purpose: 'status-cbor', notBefore: START })
  await bring(4, { withRoot: false })
  // What failed is tried again after a short while.
  now = START + 15
  const back = await follow()
  expect(back.faults).toEqual([])
  expect(issuedAt(back)).toBe(now)
}, 120_000)

test('a clock far ahead publishes nothing and opens for nobody, until it is right or its day is confirmed', async () => {
  const right = now
  const confirmed = (day: number): Services => {
    const clockConfirmedDay = Math.floor(day / DAY) * DAY
    return { ...services, config: { ...services.config, clockConfirmedDay } }
  }
  const published = async (by: Services) => [
    (await publishRepository(by)).version,
    (await publishedStatusList(by, LIST, 'cwt')).hash,
  ]
  const before = await published(services)
  now = right + 400 * DAY
  expect(await published(services)).toEqual(before)
  expect(services.publicationFaults.all()).toEqual([
    { list: 'repository', code: 'clock/ahead' },
    { list: LIST, code: 'clock/ahead' },
  ])
  const faults = [{ list: 'repository', code: 'clock/ahead' }]
  expect(await readiness()).toEqual([503, { status: 'not-ready', faults }])
  // What would be due by it stays: there is no way back from that.
  await expect(enforceRetention(services)).rejects.toMatchObject({ code: 'clock/ahead' })
  const fresh = () => openServices({ config: services.config, now: () => now, writeLog: () => {} })
  await expect(fresh()).rejects.toMatchObject({ code: 'clock/ahead' })
  // What was confirmed long ago confirms nothing.
  await expect(assertClockNotAhead(confirmed(now - 2 * DAY))).rejects.toMatchObject({
    code: 'clock/ahead',
  })
  for (const day of [now - DAY, now, now + DAY]) await assertClockNotAhead(confirmed(day))
  now = right + 7 * DAY
  await assertClockNotAhead(services)
  now = right + 301
  const [version = 0, hash] = await published(services)
  expect(version).toBe(Number(before[0]) + 1)
  expect(hash).not.toBe(before[1])
  expect(await readiness()).toEqual([200, { status: 'ready' }])
}, 120_000)

test('a running server publishes each hour, though nobody asks', async () => {
  const keeper = keepPublished(services)
  const versionOf = async () => (await newestMetadata(services.storage, 'timestamp'))?.version
  const { version } = await publishRepository(services)
  now += 3599
  await sleep(1100)
  expect(await versionOf()).toBe(version)
  now += 1
  while ((await versionOf()) === version) await sleep(50)
  await keeper.close()
}, 20_000)

test('a server whose clock once stood far ahead is repaired by new keys, and verifiers with it', async () => {
  const initialRoot = await currentRoot(services)
  const store = memoryTufStore()
  const follow = () => followTrust({ store, fetcher: fetcher(), initialRoot, now })
  const right = now + 60
  now = right + 20 * DAY
  // By itself it publishes nothing then; somebody has confirmed the wrong day.
  const clockConfirmedDay = Math.floor(now / DAY) * DAY
  const { config } = services
  services = { ...services, config: { ...config, clockConfirmedDay } }
  const ahead = await follow()
  expect([ahead.faults, ahead.newestSignedTime, issuedAt(ahead)]).toEqual([[], now, now])
  now = right
  services = { ...services, config }
  expect((await follow()).newestSignedTime).toBe(right + 20 * DAY)
  const doubt = { code: 'clock/rolled-back', seconds: 20 * DAY } as const
  expect(await readiness()).toEqual([200, { status: 'ready', clock: doubt }])
  expect((await readStoredState(services)).clockDoubt).toEqual(doubt)
  await renewOnlineKeys(services)
  const actor = await operatorNamed(services, '陈样例')
  for (const purpose of ['status-cbor', 'status-jws'] as const) {
    const keys = await listKeys(services)
    for (const key of keys.filter((one) => one.purpose === purpose && one.state === 'active')) {
      await announceKey(services, { owner: AGENCY, purpose, notBefore: right })
      await revokeKey(services, { keyId: key.id, from: right, actor, isEmergency: false })
    }
  }
  await bring(3)
  now = right + 30
  const repaired = await follow()
  expect(repaired.faults).toEqual([])
  expect(repaired.newestSignedTime).toBe(now)
  expect(issuedAt(repaired)).toBe(now)
  expect(await readiness()).toEqual([200, { status: 'ready' }])
  // No file in force is taken for replaced by what the wrong clock added.
  const added = services.storage.selectFrom('tuf_target').select('path').where('added_at', '>', now)
  expect(await added.execute()).toEqual([])
}, 120_000)

async function readiness(): Promise<readonly [number, unknown]> {
  const answer = await createApp(services).request('/readyz')
  return [answer.status, await answer.json()]
}

function issuerKey(trust: Trust): KeyLife | undefined {
  const key = stolen(`${OWNER}-issue-cbor-1`).publicKey
  return trust.agencyById(AGENCY)?.keys.find((entry) => samePublicKey(entry.key, key))
}

function issuedAt(trust: Trust): number | undefined {
  return trust.statusList(AGENCY, statusListUri(services.config, LIST))?.list.issuedAt
}

/** TR05: online keys are stolen and versions fast-forwarded; a new root with new keys brings verifiers back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseJson, type Signer } from '@onetrip/codec'
import { sampleOffices } from '@onetrip/fixtures'
import {
  addSignature,
  describeMetadata,
  draftRoot,
  draftSnapshot,
  draftTimestamp,
  followTrust,
  memoryTufStore,
  signTuf,
  type TrustFetcher,
} from '@onetrip/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holderSigner, START } from '../../testing/test-world.ts'
import { loadConfig } from '../config.ts'
import { openServices, type Services } from '../services.ts'
import { registerOffice } from './agencies.ts'
import { bringOffline } from './bring-offline.ts'
import { draftNextTargets } from './draft-next-targets.ts'
import { LISTED_ROLES } from './publish-repository.ts'
import { newestOfEachRole } from './repository-rows.ts'
import { metadataFile, targetFile } from './serve-repository.ts'
import { onlineKeys, renewOnlineKeys } from './trust-keys.ts'

const DAY = 86_400
const FAR = 2_000_000_000
const keepers = [holderSigner('Ed25519'), holderSigner('ES256')]
let folder: string
let services: Services

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-recovery-'))
  services = await openServices({
    config: loadConfig({
      ONETRIP_DATA_DIR: folder,
      ONETRIP_MODE: 'production',
      ONETRIP_API_ORIGIN: 'https://api.onetrip.example',
      ONETRIP_WALLET_ORIGIN: 'https://wallet.onetrip.example',
      ONETRIP_COUNTER_ORIGIN: 'https://counter.onetrip.example',
      ONETRIP_ENVIRONMENT: 'production',
      ONETRIP_KEY_PASSPHRASE: 'a passphrase for tests only',
    }),
    now: () => START,
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

async function bring(version: number): Promise<Uint8Array> {
  const root = await makeRoot(version)
  const { bytes, documents } = await draftNextTargets(services)
  let targets = bytes
  for (const keeper of keepers) targets = await addSignature(targets, keeper)
  await bringOffline(services, { files: [targets, root], documents })
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
    target: (path) => orMissing(targetFile(services, path)),
    recognised: () => ({ metadata: nothing, target: nothing }),
  }
}

/** What a thief signs who holds snapshot and timestamp: versions and times out of everybody's reach. */
async function fastForward(): Promise<ReadonlyMap<string, Uint8Array>> {
  const stolen = (name: string): Signer => services.keys.signer(name)
  const heads = await newestOfEachRole(services.storage, LISTED_ROLES)
  const roles = new Map(
    [...heads].map(([role, { version, length, sha256 }]) => [role, { version, length, sha256 }]),
  )
  const times = { version: FAR, signedAt: START + 300 * DAY, expiresAt: START + 900 * DAY }
  const snapshot = await signTuf(draftSnapshot({ ...times, roles }), [stolen('trust-snapshot')])
  const timestamp = await signTuf(
    draftTimestamp({ ...times, snapshot: describeMetadata(snapshot) }),
    [stolen('trust-timestamp')],
  )
  return new Map([
    [`${FAR}.snapshot.json`, snapshot],
    ['timestamp.json', timestamp],
  ])
}

test('a fast-forwarded verifier is back with the next root, its clock floor with it (TR05)', async () => {
  const [office] = sampleOffices
  if (office === undefined) throw new TypeError('the cast has offices')
  await registerOffice(services, office)
  const initialRoot = await bring(1)
  const store = memoryTufStore()
  const follow = (from: TrustFetcher) =>
    followTrust({ store, fetcher: from, initialRoot, now: START })
  expect((await follow(fetcher())).faults).toEqual([])

  const poisoned = await follow(fetcher(await fastForward()))
  expect(poisoned.newestSignedTime).toBe(START + 300 * DAY)
  const stuck = await follow(fetcher())
  expect(stuck.faults.map(({ code }) => code)).toContain('trust/rollback')

  await renewOnlineKeys(services)
  // New keys sign only from the root and targets that name them.
  expect((await follow(fetcher())).faults.map(({ code }) => code)).toContain('trust/rollback')
  await bring(2)
  // Denials come first, by the delegation of the targets before: their new key is not known there yet.
  const first = await follow(fetcher())
  expect(first.faults.filter(({ part }) => part !== 'deny')).toEqual([])
  expect(first.newestSignedTime).toBe(START)
  const recovered = await follow(fetcher())
  expect(recovered.faults).toEqual([])
  expect(recovered.newestSignedTime).toBe(START)
  expect(recovered.version).toBe(2)
  expect(recovered.parts.map(({ version }) => version).every((version) => version < 10)).toBe(true)
  // What was stolen signs nothing any more.
  const again = await follow(fetcher(await fastForward()))
  expect(again.faults.map(({ code }) => code)).toContain('trust/threshold')
  expect(again.newestSignedTime).toBe(START)
  const kept = parseJson(await metadataFile(services, 'timestamp.json').then(({ body }) => body))
  expect(kept).toMatchObject({ signed: { _type: 'timestamp' } })
}, 120_000)

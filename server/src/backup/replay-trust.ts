/**
 * The trust repository goes on where it was published last: its newest metadata, so that no version is given out twice, and what it denies. All of
 * it is verified from the backup's own root, as every verifier would.
 */
import { fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import {
  followTrust,
  memoryTufStore,
  packFetcherFor,
  packInMemory,
  parseDenyList,
  TARGET,
  type Trust,
} from '@onetrip/trust'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { firstRoot } from '../trust-data/offline-roles.ts'
import { LISTED_ROLES } from '../trust-data/publish-repository.ts'
import { addTarget, metadataRow, newestMetadata } from '../trust-data/repository-rows.ts'
import type { PublishedSource } from './published-source.ts'

/** Metadata beside the roots, as a client keeps them; what else it keeps is its own. */
const METADATA: readonly string[] = ['timestamp', 'snapshot', ...LISTED_ROLES]
const LIMITS = { maxBytes: 64 * 2 ** 20, maxItems: 4_000_000 } as const
const MAX_ROOTS = 1_024

/** What was published, verified. */
export interface PublishedTrust {
  readonly trust: Trust
  /** As a client keeps them: `root.json`, `ROLE.json`, `sha256-HEX`. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Roots after the backup's first, in order. */
  readonly roots: readonly Uint8Array[]
}

/** Reads the published pack. Throws `restore/trust-behind` where there is none, and what `followTrust` throws. */
export async function publishedTrustData(
  services: Services,
  source: PublishedSource,
): Promise<PublishedTrust> {
  const pack = await source.read('trust/pack')
  if (pack === undefined) throw fault('restore/trust-behind')
  const initialRoot = await firstRoot(services)
  const store = memoryTufStore()
  const { environment } = services.config
  const root = { initialRoot, environment }
  const fetcher = await packFetcherFor({ ...root, source: packInMemory(pack), store })
  const trust = await followTrust({ ...root, store, fetcher, now: 0 })
  const roots: Uint8Array[] = []
  const first = versionOf(initialRoot)
  for (let version = first + 1; version < first + MAX_ROOTS; version += 1) {
    const next = await fetcher.metadata(`${version}.root.json`, { maxBytes: LIMITS.maxBytes })
    if (next === undefined) break
    roots.push(next)
  }
  return { trust, files: store.files, roots }
}

/** Keeps metadata that is newer than the backup's, with the targets that it names. Answers how many roles went on. */
export async function replayMetadata(
  services: Services,
  transaction: StorageTransaction,
  { files, roots }: PublishedTrust,
): Promise<number> {
  const named = METADATA.flatMap((role) => {
    const bytes = files.get(`${role}.json`)
    return bytes === undefined ? [] : [{ role, bytes }]
  })
  let count = 0
  for (const { role, bytes } of [...roots.map((bytes) => ({ role: 'root', bytes })), ...named]) {
    const signed = signedIn(bytes)
    const before = await newestMetadata(transaction, role)
    const version = Number(signed['version'])
    if (before !== undefined && before.version >= version) continue
    const head = {
      role,
      version,
      // Made of nothing that this database knows: it is written anew.
      made_of: '',
      signed_at: secondsOf(signed['x-signed-at']),
      expires_at: secondsOf(signed['expires']),
    }
    await transaction.insertInto('tuf_metadata').values(metadataRow(head, bytes)).execute()
    await keepTargets(services, transaction, { signed, files })
    count += 1
  }
  return count
}

/** What was denied stays denied. Answers how many denials the backup lacked. */
export async function replayDenials(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly files: PublishedTrust['files']; readonly actorId: string },
): Promise<number> {
  const bytes = denyListIn(of.files)
  if (bytes === undefined) return 0
  const { keys, devices } = parseDenyList(parseJson(bytes, LIMITS))
  const now = services.now()
  const rows = [
    ...keys.map(({ thumbprint, from }) => ({ kind: 'key' as const, thumbprint, from_time: from })),
    ...devices.map((thumbprint) => ({ kind: 'device' as const, thumbprint, from_time: now })),
  ]
  let count = 0
  for (const row of rows) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('denied')
      .values({ ...row, actor_id: of.actorId, denied_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) continue
    count += 1
    const { thumbprint, from_time: since } = row
    await recordAct(services, transaction, {
      act: `deny/${row.kind}`,
      actor: of.actorId,
      facts: { thumbprint, from: since, counter: await counterId(transaction, row) },
    })
    if (row.kind !== 'device') continue
    await transaction
      .updateTable('counter')
      .set({ state: 'denied', denied_at: now })
      .where('thumbprint', '=', row.thumbprint)
      .where('state', '!=', 'denied')
      .execute()
  }
  return count
}

async function counterId(
  transaction: StorageTransaction,
  { kind, thumbprint }: { readonly kind: string; readonly thumbprint: string },
): Promise<string | undefined> {
  if (kind !== 'device') return undefined
  const counter = await transaction
    .selectFrom('counter')
    .select('id')
    .where('thumbprint', '=', thumbprint)
    .executeTakeFirst()
  return counter?.id
}

async function keepTargets(
  services: Services,
  transaction: StorageTransaction,
  { signed, files }: { readonly signed: JsonObject; readonly files: PublishedTrust['files'] },
): Promise<void> {
  for (const [path, sha256] of targetsOf(signed)) {
    const bytes = files.get(`sha256-${sha256}`)
    if (bytes !== undefined) {
      await addTarget(transaction, { path, bytes, addedAt: services.now() })
    }
  }
}

function denyListIn(files: PublishedTrust['files']): Uint8Array | undefined {
  const role = files.get('deny.json')
  const sha256 = role === undefined ? undefined : targetsOf(signedIn(role)).get(TARGET.denyList)
  return sha256 === undefined ? undefined : files.get(`sha256-${sha256}`)
}

/** Digests of a role's targets by path, hexadecimal. */
function targetsOf(signed: JsonObject): ReadonlyMap<string, string> {
  const targets = signed['targets']
  const found = new Map<string, string>()
  for (const [path, target] of Object.entries(isObject(targets) ? targets : {})) {
    const hashes = isObject(target) ? target['hashes'] : undefined
    const sha256 = isObject(hashes) ? hashes['sha256'] : undefined
    if (typeof sha256 === 'string') found.set(path, sha256)
  }
  return found
}

function versionOf(bytes: Uint8Array): number {
  return Number(signedIn(bytes)['version'])
}

/** It has been verified: what it says may be read. */
function signedIn(bytes: Uint8Array): JsonObject {
  const json = parseJson(bytes, LIMITS)
  const signed = isObject(json) ? json['signed'] : undefined
  if (!isObject(signed)) throw fault('trust/format')
  return signed
}

function secondsOf(time: unknown): number {
  return typeof time === 'string' ? Math.floor(Date.parse(time) / 1000) : 0
}

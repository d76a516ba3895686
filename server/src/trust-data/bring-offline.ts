/**
 * Root and targets as people signed them elsewhere, brought to the server: verified by the client's own functions, under
 * the roots that are here, and kept only where this server can sign everything that hangs below them.
 */
import { fault, type PublicKey, parseJson, sha256, toBase64url, toHex } from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import {
  DENY_ROLE,
  isDocumentTarget,
  isTypeTarget,
  LOG_ROLE,
  openNextRoot,
  openRoot,
  openTargets,
  parseMatterCatalogue,
  parseRecognitionList,
  readDraft,
  TARGET,
  type TopRole,
  type TufFile,
  type TufRoot,
  type TufTarget,
  type TufTargets,
  topRoleKeys,
} from '@onetrip/trust'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { keysIn, markListed, trustListIn } from './listed-keys.ts'
import { delegationsTo } from './offline-roles.ts'
import { addTarget, bodyOf, metadataRow, newestMetadata } from './repository-rows.ts'
import { adoptOnlineKey, type OnlineKeySource, type OnlineRole, onlineKeys } from './trust-keys.ts'

/** A trust list of some thousand agencies. */
const LIMITS = { maxBytes: 8_388_608, maxItems: 1_048_576 } as const

/** What was brought. */
export interface BroughtFiles {
  /** Root and targets files, in any order. */
  readonly files: readonly Uint8Array[]
  /** The documents that targets name, by path; what the server has already may be left out. */
  readonly documents: ReadonlyMap<string, Uint8Array>
}

/** A file that is in force from here on. */
export interface KeptFile {
  readonly role: 'root' | 'targets'
  readonly version: number
}

/**
 * Takes all files or none; what is here already is passed over, so repeating changes nothing. Answers what is kept anew.
 * Throws `trust/threshold`, `trust/rollback`, `trust/version-mismatch`, `trust/expired-metadata`, `trust/format`,
 * `trust/wrong-environment`; `key/unknown` for online keys that are not this server's; `trust/target-missing`,
 * `trust/length-mismatch` and `trust/hash-mismatch` for documents.
 */
export async function bringOffline(
  services: Services,
  { files, documents }: BroughtFiles,
): Promise<readonly KeptFile[]> {
  const drafts = files.map(readDraft).sort(byRoleAndVersion)
  const kept = await transact(services.storage, async (transaction) => {
    const done: KeptFile[] = []
    for (const { role, bytes } of drafts) {
      const keep = role === 'root' ? keepRoot : keepTargets
      const version = await keep({ services, transaction, bytes, documents })
      if (version === undefined) continue
      done.push({ role, version })
      const facts = { role, version, digest: toBase64url(sha256(bytes)) }
      await recordAct(services, transaction, { act: 'trust/bring', facts })
    }
    if (done.length > 0) await settle(services, transaction)
    return done
  })
  for (const { role, version } of kept) services.log('trust/brought', { role, version })
  return kept
}

interface Keeping {
  readonly services: Services
  readonly transaction: StorageTransaction
  readonly bytes: Uint8Array
  readonly documents: ReadonlyMap<string, Uint8Array>
}

type Draft = ReturnType<typeof readDraft>

/** Roots first, each after the one before it. */
function byRoleAndVersion(one: Draft, other: Draft): number {
  if (one.role !== other.role) return one.role === 'root' ? -1 : 1
  return one.signed.version - other.signed.version
}

async function keepRoot({ transaction, bytes }: Keeping): Promise<number | undefined> {
  const { version } = readDraft(bytes).signed
  if (await isKept(transaction, { role: 'root', version, bytes })) return undefined
  const newest = await newestMetadata(transaction, 'root')
  const before = newest === undefined ? undefined : await openRoot(bodyOf(newest))
  if (version !== (before?.signed.version ?? 0) + 1) throw fault('trust/version-mismatch')
  const root = await (before === undefined ? openRoot(bytes) : openNextRoot(bytes, before.signed))
  if (!root.signed.consistentSnapshot) throw fault('trust/format')
  await insert(transaction, 'root', root)
  return version
}

async function keepTargets(keeping: Keeping): Promise<number | undefined> {
  const { services, transaction, bytes } = keeping
  const { version } = readDraft(bytes).signed
  if (await isKept(transaction, { role: 'targets', version, bytes })) return undefined
  const root = await currentRootFile(transaction)
  const targets = await openTargets(bytes, topRoleKeys(root.signed, 'targets'))
  if (targets.signed.expiresAt <= services.now()) throw fault('trust/expired-metadata')
  const documents = await findDocuments(keeping, targets.signed)
  const keys = checkDocuments(documents, services.config.environment)
  await insert(transaction, 'targets', targets)
  const addedAt = services.now()
  for (const [path, body] of documents) {
    await addTarget(transaction, { path, bytes: body, addedAt })
  }
  await markListed(transaction, keys, addedAt)
  return version
}

/** Whether this very file is here; another one of its version, or an older one, is refused: `trust/rollback`. */
async function isKept(
  transaction: StorageTransaction,
  file: {
    readonly role: 'root' | 'targets'
    readonly version: number
    readonly bytes: Uint8Array
  },
): Promise<boolean> {
  const { role, version, bytes } = file
  const newest = await newestMetadata(transaction, role)
  if (newest === undefined || version > newest.version) return false
  const same = await transaction
    .selectFrom('tuf_metadata')
    .select('version')
    .where('role', '=', role)
    .where('version', '=', version)
    .where('sha256', '=', toHex(sha256(bytes)))
    .executeTakeFirst()
  if (same === undefined) throw fault('trust/rollback')
  return true
}

async function insert(
  transaction: StorageTransaction,
  role: 'root' | 'targets',
  { bytes, signed }: TufFile<TufRoot | TufTargets>,
): Promise<void> {
  const { version, signedAt, expiresAt } = signed
  if (signedAt === undefined) throw fault('trust/format')
  const head = { role, version, made_of: '', signed_at: signedAt, expires_at: expiresAt }
  await transaction.insertInto('tuf_metadata').values(metadataRow(head, bytes)).execute()
}

async function currentRootFile(transaction: StorageTransaction): Promise<TufFile<TufRoot>> {
  const row = await newestMetadata(transaction, 'root')
  if (row === undefined) throw fault('trust/unavailable', 'a root comes first')
  return openRoot(bodyOf(row))
}

/** Each document as targets describe it. */
async function findDocuments(
  { transaction, documents }: Keeping,
  { targets }: TufTargets,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  for (const [path, target] of targets) {
    if (!isDocumentTarget(path) && path !== TARGET.names) throw fault('trust/format')
    const bytes = documents.get(path) ?? (await knownDocument(transaction, path, target))
    if (bytes === undefined) throw fault('trust/target-missing', path)
    if (bytes.length !== target.length) throw fault('trust/length-mismatch', path)
    if (toHex(sha256(bytes)) !== target.sha256) throw fault('trust/hash-mismatch', path)
    found.set(path, bytes)
  }
  return found
}

async function knownDocument(
  transaction: StorageTransaction,
  path: string,
  { sha256: digest }: TufTarget,
): Promise<Uint8Array | undefined> {
  const row = await transaction
    .selectFrom('tuf_target')
    .select('body')
    .where('path', '=', path)
    .where('sha256', '=', digest)
    .executeTakeFirst()
  return row === undefined ? undefined : bodyOf(row)
}

/** Reads the documents as a verifier is going to; answers the keys that the trust list names. */
function checkDocuments(
  documents: ReadonlyMap<string, Uint8Array>,
  environment: string,
): readonly PublicKey[] {
  const json = (path: string) => parseJson(documents.get(path) ?? new Uint8Array(0), LIMITS)
  if (!documents.has(TARGET.trustList)) throw fault('trust/target-missing', TARGET.trustList)
  const list = trustListIn(documents.get(TARGET.trustList) ?? new Uint8Array(0))
  if (list.environment !== environment) throw fault('trust/wrong-environment')
  for (const path of documents.keys()) if (isTypeTarget(path)) parseTypeDefinition(json(path))
  if (documents.has(TARGET.catalogue)) parseMatterCatalogue(json(TARGET.catalogue))
  if (documents.has(TARGET.recognition)) parseRecognitionList(json(TARGET.recognition))
  return keysIn(list)
}

/** What is in force together has to fit: root over targets, both over the keys of this server. */
async function settle(services: Services, transaction: StorageTransaction): Promise<void> {
  const root = await currentRootFile(transaction)
  if (root.signed.expiresAt <= services.now()) throw fault('trust/expired-metadata')
  const named: { role: OnlineRole; key: PublicKey }[] = [
    { role: 'snapshot', key: onlyKeyOf(root.signed, 'snapshot') },
    { role: 'timestamp', key: onlyKeyOf(root.signed, 'timestamp') },
  ]
  const row = await newestMetadata(transaction, 'targets')
  if (row !== undefined) {
    const targets = await openTargets(bodyOf(row), topRoleKeys(root.signed, 'targets'))
    named.push(...(await delegatedKeys({ ...services, storage: transaction }, targets.signed)))
  }
  const changed: OnlineRole[] = []
  for (const { role, key } of named) {
    if (await adoptOnlineKey(services, transaction, { role, key })) changed.push(role)
  }
  await signAnew(transaction, { changed, now: services.now() })
}

function onlyKeyOf({ roles, keys }: TufRoot, role: TopRole): PublicKey {
  const { keyids, threshold } = roles[role]
  const key = keys.get(keyids[0] ?? '')?.publicKey()
  if (key === undefined || keyids.length !== 1 || threshold !== 1) {
    throw fault('key/unknown', `${role} is signed by one key of this server`)
  }
  return key
}

/** The keys of deny, log and status roles; the delegations have to be the ones that this server signs for. */
async function delegatedKeys(
  source: OnlineKeySource,
  targets: TufTargets,
): Promise<{ role: OnlineRole; key: PublicKey }[]> {
  const expected = delegationsTo(await onlineKeys(source))
  const { delegations } = targets
  if (delegations.length !== expected.length) throw fault('trust/format')
  const roles = new Map<string, { role: OnlineRole; key: PublicKey }>()
  for (const [at, { name, paths = [] }] of expected.entries()) {
    const delegation = delegations[at]
    const isAsExpected =
      delegation?.name === name &&
      delegation.terminating &&
      delegation.pathHashPrefixes.length === 0 &&
      delegation.paths.join() === paths.join()
    if (!isAsExpected) throw fault('trust/format')
    const key = targets.keys.get(delegation.keyids[0] ?? '')?.publicKey()
    if (key === undefined || delegation.keyids.length !== 1 || delegation.threshold !== 1) {
      throw fault('key/unknown', `${name} is signed by one key of this server`)
    }
    // One key serves all status roles.
    const role = name === DENY_ROLE || name === LOG_ROLE ? name : 'status'
    const keyid = delegation.keyids[0] ?? ''
    roles.set(`${role} ${keyid}`, { role, key })
  }
  if (roles.size !== 3) throw fault('key/unknown', 'status roles are signed by one key')
  return [...roles.values()]
}

/**
 * A role whose key changed signs again, by this clock as it is now, and the timestamp tells of it at once: verifiers begin
 * anew with a role's new key, so that a clock that once stood far ahead is forgotten with the old one.
 */
async function signAnew(
  transaction: StorageTransaction,
  { changed, now }: { readonly changed: readonly OnlineRole[]; readonly now: number },
): Promise<void> {
  const over = async (pattern: string): Promise<void> => {
    await transaction
      .updateTable('tuf_metadata')
      .set({ expires_at: 0, signed_at: 0 })
      .where('role', 'like', pattern)
      .execute()
  }
  for (const role of changed) await over(role === 'status' ? 'status-%' : role)
  // Else what such a clock added would one day count as what replaced the files in force.
  await transaction
    .updateTable('tuf_target')
    .set({ added_at: now - 1 })
    .where('added_at', '>', now)
    .execute()
  await transaction
    .updateTable('trust_revision')
    .set((columns) => ({ revision: columns('revision', '+', 1) }))
    .execute()
}

/** Root and targets: signed by people elsewhere and brought here; in a demonstration the server plays those people. */
import { createHash } from 'node:crypto'
import { fault, type PublicKey } from '@onetrip/codec'
import {
  DENY_ROLE,
  type DraftDelegation,
  describeTarget,
  draftRoot,
  draftTargets,
  STATUS_ROLES,
  signTuf,
  TARGET,
  type TufDraft,
} from '@onetrip/trust'
import type { Services } from '../services.ts'
import { isUniqueViolation, transact } from '../storage/database.ts'
import { keysIn, markListed, trustListIn } from './listed-keys.ts'
import {
  addTarget,
  bodyOf,
  type MetadataHead,
  metadataRow,
  newestMetadata,
} from './repository-rows.ts'
import { type TrustDocuments, trustDocuments } from './trust-documents.ts'
import { DEMO_THRESHOLD, demoSigners, type OnlineRole, onlineKeys } from './trust-keys.ts'

const DAY_SECONDS = 86_400
const ROOT_LIFE_SECONDS = 365 * DAY_SECONDS
const TARGETS_LIFE_SECONDS = 90 * DAY_SECONDS

/** Drafts the targets over the documents, with the delegations to the online roles. */
export function draftTargetsRole(options: {
  readonly documents: TrustDocuments
  readonly online: Readonly<Record<OnlineRole, PublicKey>>
  readonly version: number
  /** Unix seconds. */
  readonly signedAt: number
}): TufDraft {
  const { documents, online, version, signedAt } = options
  return draftTargets({
    version,
    signedAt,
    expiresAt: signedAt + TARGETS_LIFE_SECONDS,
    targets: new Map([...documents].map(([path, bytes]) => [path, describeTarget(bytes)])),
    delegations: delegationsTo(online),
  })
}

/** Sees to it that a demonstration has a root; a server in production waits for the one that is brought to it. */
export async function ensureDemoRoot(services: Services): Promise<void> {
  if (services.config.mode !== 'demo') return
  if ((await newestMetadata(services.storage, 'root')) !== undefined) return
  const signers = demoSigners(services, 'root')
  const online = await onlineKeys(services)
  const one = (key: PublicKey) => ({ keys: [key], threshold: 1 })
  const signedAt = services.now()
  const expiresAt = signedAt + ROOT_LIFE_SECONDS
  const draft = draftRoot({
    version: 1,
    signedAt,
    expiresAt,
    roles: {
      root: { keys: signers.map(({ publicKey }) => publicKey), threshold: DEMO_THRESHOLD },
      targets: {
        keys: demoSigners(services, 'targets').map(({ publicKey }) => publicKey),
        threshold: DEMO_THRESHOLD,
      },
      snapshot: one(online.snapshot),
      timestamp: one(online.timestamp),
    },
  })
  const bytes = await signTuf(draft, signers.slice(0, DEMO_THRESHOLD))
  const head = { role: 'root', version: 1, made_of: '', signed_at: signedAt, expires_at: expiresAt }
  await keepRow(services, metadataRow(head, bytes), new Map())
}

/** The newest root, as faces are built with it. Throws `trust/unavailable` while there is none. */
export async function currentRoot(services: Services): Promise<Uint8Array> {
  const row = await newestMetadata(services.storage, 'root')
  if (row === undefined) throw fault('trust/unavailable')
  return bodyOf(row)
}

/** Whether root and targets are here, so that verifiers can be served. */
export async function isPublishable(services: Services): Promise<boolean> {
  if ((await newestMetadata(services.storage, 'root')) === undefined) return false
  return (await currentTargets(services)) !== undefined
}

/**
 * The targets in force. In a demonstration they follow the database; elsewhere they are the ones that were signed and
 * brought, whatever the database says since. Undefined while there are none.
 */
export async function currentTargets(services: Services): Promise<MetadataHead | undefined> {
  const newest = await newestMetadata(services.storage, 'targets')
  if (services.config.mode !== 'demo') return newest
  const documents = await trustDocuments(services)
  const madeOf = digestOf(documents)
  const now = services.now()
  const isInDate = newest !== undefined && newest.expires_at - now > TARGETS_LIFE_SECONDS / 2
  if (isInDate && newest.made_of === madeOf) return newest
  const version = (newest?.version ?? 0) + 1
  const signedAt = Math.max(now, newest?.signed_at ?? 0)
  const draft = draftTargetsRole({
    documents,
    online: await onlineKeys(services),
    version,
    signedAt,
  })
  const bytes = await signTuf(draft, demoSigners(services, 'targets').slice(0, DEMO_THRESHOLD))
  const expiresAt = signedAt + TARGETS_LIFE_SECONDS
  const row = metadataRow(
    { role: 'targets', version, made_of: madeOf, signed_at: signedAt, expires_at: expiresAt },
    bytes,
  )
  await keepRow(services, row, documents)
  return newestMetadata(services.storage, 'targets')
}

/** The delegations from targets to the online roles. */
export function delegationsTo(online: Readonly<Record<OnlineRole, PublicKey>>): DraftDelegation[] {
  const status = Array.from(
    { length: STATUS_ROLES },
    (_, at): DraftDelegation => ({
      name: `status-${at + 1}`,
      keys: [online.status],
      threshold: 1,
      terminating: true,
      paths: [`status/${at + 1}/*`, ...(at === 0 ? [TARGET.statusNames] : [])],
    }),
  )
  const deny = { name: DENY_ROLE, keys: [online.deny], threshold: 1, terminating: true }
  return [{ ...deny, paths: [`${DENY_ROLE}/*`] }, ...status]
}

function digestOf(documents: TrustDocuments): string {
  const hash = createHash('sha256')
  for (const [path, bytes] of documents) hash.update(`${path} ${bytes.length}\n`).update(bytes)
  return hash.digest('base64url')
}

/** Another process may have kept this version in the meantime; then its row is the one that counts. */
async function keepRow(
  services: Services,
  row: ReturnType<typeof metadataRow>,
  documents: TrustDocuments,
): Promise<void> {
  try {
    await transact(services.storage, async (transaction) => {
      await transaction.insertInto('tuf_metadata').values(row).execute()
      const list = documents.get(TARGET.trustList)
      if (list !== undefined)
        await markListed(transaction, keysIn(trustListIn(list)), row.signed_at)
      for (const [path, bytes] of documents) {
        await addTarget(transaction, { path, bytes, addedAt: row.signed_at })
      }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
  }
}

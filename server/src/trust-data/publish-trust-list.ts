/**
 * The signed trust list, built from the database: a new version with every change and every hour.
 * The newest version is kept, so that versions only rise whatever process signs, and 30 days of those before it.
 */
import { createHash } from 'node:crypto'
import { type JsonObject, type JsonValue, parseJson, utf8Decode, utf8Encode } from '@onetrip/codec'
import { buildPack, signTrustList } from '@onetrip/trust'
import { agencyIssuerUrl } from '../config.ts'
import { officeKeyEntries } from '../enrolment/office-keys.ts'
import { type Services, TRUST_ROOT } from '../services.ts'
import { publishedStatusList } from '../status-lists/publish-status-list.ts'
import { isUniqueViolation, transact } from '../storage/database.ts'
import type { SigningKeyTable } from '../storage/schema.ts'
import type { Published } from './published.ts'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 86_400
const SIGN_AGAIN_AFTER_SECONDS = HOUR_SECONDS
const NEXT_UPDATE_SECONDS = DAY_SECONDS
const UNUSABLE_AFTER_SECONDS = 14 * DAY_SECONDS
const KEEP_HISTORY_SECONDS = 30 * DAY_SECONDS
const MEMORY_NAME = 'trust/list'
const MAX_ATTEMPTS = 8
const TYPE_DOCUMENT_LIMITS = { maxBytes: 262_144 } as const

/** The current signed trust list, a compact JWS; built again only when what it is made of has changed. */
export async function publishedTrustList(services: Services): Promise<Published> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    // Read before the content: what is kept under a revision is never older than it.
    const { revision, served } = await trustState(services)
    const kept =
      served !== undefined && isRecent(services, served.signed_at)
        ? services.published.find(MEMORY_NAME, trustStamp(revision, served.version))
        : undefined
    if (kept !== undefined) return kept
    const keep = (version: number, token: string): Published =>
      services.published.keep(MEMORY_NAME, trustStamp(revision, version), utf8Encode(token))
    const content = await trustContent(services)
    const contentHash = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
    const newest = await services.storage
      .selectFrom('published_trust')
      .select(['version', 'content_hash', 'signed_at', 'token'])
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (newest?.content_hash === contentHash && isRecent(services, newest.signed_at)) {
      return keep(newest.version, newest.token)
    }
    const version = (newest?.version ?? 0) + 1
    const signedAt = Math.max(services.now(), newest?.signed_at ?? 0)
    const token = await signTrustList(
      { ...content, version, ...validity(signedAt) },
      services.keys.signer(TRUST_ROOT),
    )
    const row = { version, content_hash: contentHash, signed_at: signedAt, token }
    if (await keepVersion(services, row)) return keep(version, token)
  }
  throw new Error('trust list: other processes sign all the time')
}

/** Trust list and all its status lists (CWT) in one file, as a counter imports it. */
export async function publishedPack(services: Services): Promise<Published> {
  const trustList = await publishedTrustList(services)
  const rows = await services.storage.selectFrom('status_list').select('id').orderBy('id').execute()
  const lists: Published[] = []
  for (const row of rows) lists.push(await publishedStatusList(services, row.id, 'cwt'))
  const stamp = [trustList, ...lists].map(({ tag }) => tag).join()
  const kept = services.published.find('trust/pack', stamp)
  if (kept !== undefined) return kept
  const pack = buildPack({
    trustList: utf8Decode(trustList.body),
    statusLists: lists.map(({ body }) => body),
  })
  return services.published.keep('trust/pack', stamp, pack)
}

async function trustState(services: Services): Promise<{
  readonly revision: number
  readonly served: { readonly version: number; readonly signed_at: number } | undefined
}> {
  const { revision } = await services.storage
    .selectFrom('trust_revision')
    .select('revision')
    .executeTakeFirstOrThrow()
  const served = await services.storage
    .selectFrom('published_trust')
    .select(['version', 'signed_at'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { revision, served }
}

function trustStamp(revision: number, version: number): string {
  return `${revision}/${version}`
}

function isRecent(services: Services, signedAt: number): boolean {
  return services.now() - signedAt < SIGN_AGAIN_AFTER_SECONDS
}

/** Returns false when another process has signed this version in the meantime. */
async function keepVersion(
  services: Services,
  row: {
    readonly version: number
    readonly content_hash: string
    readonly signed_at: number
    readonly token: string
  },
): Promise<boolean> {
  try {
    await transact(services.storage, async (transaction) => {
      await transaction.insertInto('published_trust').values(row).execute()
      await transaction
        .deleteFrom('published_trust')
        .where('version', '<', row.version)
        .where('signed_at', '<', row.signed_at - KEEP_HISTORY_SECONDS)
        .execute()
    })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

function validity(signedAt: number): JsonObject {
  return {
    signedAt,
    nextUpdate: signedAt + NEXT_UPDATE_SECONDS,
    unusableAfter: signedAt + UNUSABLE_AFTER_SECONDS,
  }
}

async function trustContent(services: Services): Promise<JsonObject> {
  const { storage, config } = services
  const agencies = await storage.selectFrom('agency').selectAll().orderBy('id').execute()
  const offices = await storage.selectFrom('office').selectAll().orderBy('id').execute()
  const types = await storage
    .selectFrom('licence_type')
    .select('document')
    .orderBy('type_code')
    .orderBy('version')
    .execute()
  const officeKeys = await officeKeyEntries(storage)
  const agencyEntries: JsonValue[] = []
  for (const agency of agencies) {
    agencyEntries.push({
      id: agency.id,
      name: parseJson(agency.name),
      issuerUrl: agencyIssuerUrl(config, agency.id),
      ...(await agencyLists(services, agency.id)),
    })
  }
  return {
    kind: 'onetrip-trust-list',
    format: 1,
    environment: config.environment,
    agencies: agencyEntries,
    offices: offices.map((office) => ({
      id: office.id,
      name: parseJson(office.name),
      keys: officeKeys.get(office.id) ?? [],
    })),
    types: types.map((type) => parseJson(type.document, TYPE_DOCUMENT_LIMITS)),
  }
}

async function agencyLists(services: Services, agencyId: string): Promise<JsonObject> {
  const { storage } = services
  const keys = await storage
    .selectFrom('signing_key')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('id')
    .execute()
  const types = await storage
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .orderBy('type_code')
    .execute()
  const lists = await storage
    .selectFrom('status_list')
    .select('uri')
    .where('agency_id', '=', agencyId)
    .orderBy('id')
    .execute()
  const typeCodes = types.map((type) => type.type_code)
  return {
    statusLists: lists.map((list) => list.uri),
    keys: keys.map((key) => keyEntry(key, typeCodes)),
  }
}

function keyEntry(key: SigningKeyTable, typeCodes: readonly string[]): JsonObject {
  const issues = key.purpose === 'issue-cbor' || key.purpose === 'issue-jws'
  return {
    jwk: parseJson(key.public_jwk),
    use: issues ? 'issue' : 'status',
    ...(issues ? { types: typeCodes } : {}),
    notBefore: key.not_before,
    notAfter: key.not_after,
    ...(key.revoked_from === null ? {} : { revokedFrom: key.revoked_from }),
  }
}

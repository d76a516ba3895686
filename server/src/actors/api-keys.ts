/** API keys: 256 random bits, kept as SHA-256, belonging to a named person or system and scoped. */

import { createHash } from 'node:crypto'
import { fault, toBase64url } from '@onetrip/codec'
import * as v from 'valibot'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'

const SECRET_BYTES = 32
const PREFIX = 'otk_'
const SECRET = /^otk_[A-Za-z0-9_-]{43}$/

/** What a key may do. */
export const ROLES = [
  'issue',
  'change-status',
  'read',
  'enrol',
  /** Asks holders for licences over the network, in the name of its offices. */
  'ask',
  /** Applies for its organisation's seals, suspends, changes and cancels them, and reads their records. */
  'own-seals',
  /** Makes and registers seals for its seal makers. */
  'make-seals',
  /** Asks for a seal on files, and fetches what was sealed. */
  'request-seal',
  /** Approves or refuses what others asked for. */
  'keep-seals',
  /** Reads what everybody did: the record of all organisations. */
  'audit',
] as const
/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number]

/** Who acts, for which agency, and what the key allows. */
export interface Actor {
  readonly actorId: string
  readonly agencyId: string
  /** Type codes the key is for. */
  readonly types: readonly string[]
  readonly roles: readonly Role[]
  /** Offices whose counters the key may enrol and deny, and in whose name it may ask. */
  readonly offices: readonly string[]
  /** Seal makers for which the key may make seals. */
  readonly sealMakers: readonly string[]
}

/** What a key is made with. */
export interface ApiKeyRequest {
  readonly agencyId: string
  readonly holder: { readonly name: string; readonly kind: 'person' | 'system' }
  readonly types: readonly string[]
  readonly roles: readonly Role[]
  /** Left out it is none. */
  readonly offices?: readonly string[]
  /** Left out it is none. */
  readonly sealMakers?: readonly string[]
}

const TEXTS = v.array(v.string())
const ROLE_LIST = v.array(v.picklist(ROLES))

/**
 * Makes a key and returns its secret, which is not kept and cannot be shown again. Two keys of one name are one person's:
 * namesakes need something that tells them apart. Throws `issuer/unknown` for an agency, `counter/office-unknown` for an
 * office, `seal/maker-unknown` for a seal maker that is not registered.
 */
export async function createApiKey(services: Services, request: ApiKeyRequest): Promise<string> {
  const secret = PREFIX + toBase64url(services.random(SECRET_BYTES))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    const agency = await transaction
      .selectFrom('agency')
      .select('id')
      .where('id', '=', request.agencyId)
      .executeTakeFirst()
    if (agency === undefined) throw fault('issuer/unknown')
    for (const officeId of request.offices ?? []) await assertOffice(transaction, officeId)
    for (const makerId of request.sealMakers ?? []) await assertSealMaker(transaction, makerId)
    const actorId = await ensureActor(services, transaction, request.holder)
    const id = services.newId()
    await recordAct(services, transaction, {
      act: 'api-key/create',
      agency: request.agencyId,
      facts: {
        key: id,
        holder: actorId,
        roles: request.roles.join(' '),
        types: request.types.join(' '),
      },
    })
    await transaction
      .insertInto('api_key')
      .values({
        id,
        hash: hashSecret(secret),
        actor_id: actorId,
        agency_id: request.agencyId,
        types: JSON.stringify(request.types),
        roles: JSON.stringify(request.roles),
        offices: JSON.stringify(request.offices ?? []),
        seal_makers: JSON.stringify(request.sealMakers ?? []),
        created_at: now,
        revoked_at: null,
      })
      .execute()
  })
  return secret
}

/** The actor of an `Authorization` header; throws `auth/required` for every header that is not a live key. */
export async function authenticate(
  services: Services,
  authorization: string | undefined,
): Promise<Actor> {
  const secret = bearerSecret(authorization)
  if (secret === undefined || !SECRET.test(secret)) throw fault('auth/required')
  const row = await services.storage
    .selectFrom('api_key')
    .select(['actor_id', 'agency_id', 'types', 'roles', 'offices', 'seal_makers'])
    .where('hash', '=', hashSecret(secret))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw fault('auth/required')
  return {
    actorId: row.actor_id,
    agencyId: row.agency_id,
    types: v.parse(TEXTS, JSON.parse(row.types)),
    roles: v.parse(ROLE_LIST, JSON.parse(row.roles)),
    offices: v.parse(TEXTS, JSON.parse(row.offices)),
    sealMakers: v.parse(TEXTS, JSON.parse(row.seal_makers)),
  }
}

/** Throws `auth/forbidden` unless the key allows `role`, for `typeCode` where one is named. */
export function assertAllowed(
  actor: Pick<Actor, 'roles' | 'types'>,
  role: Role,
  typeCode?: string,
): void {
  const allowed = actor.roles.includes(role)
  if (!allowed || (typeCode !== undefined && !actor.types.includes(typeCode))) {
    throw fault('auth/forbidden')
  }
}

/** Throws `counter/office-unknown` unless the office is registered. */
export async function assertOffice(reader: StorageReader, officeId: string): Promise<void> {
  const office = await reader
    .selectFrom('office')
    .select('id')
    .where('id', '=', officeId)
    .executeTakeFirst()
  if (office === undefined) throw fault('counter/office-unknown')
}

/** Throws `seal/maker-unknown` unless the seal maker is registered. */
export async function assertSealMaker(reader: StorageReader, makerId: string): Promise<void> {
  const maker = await reader
    .selectFrom('seal_maker')
    .select('id')
    .where('id', '=', makerId)
    .executeTakeFirst()
  if (maker === undefined) throw fault('seal/maker-unknown')
}

/** The actor of this name and kind; made where there is none. */
export async function ensureActor(
  services: Services,
  transaction: StorageTransaction,
  { name, kind }: ApiKeyRequest['holder'],
): Promise<string> {
  const known = await transaction
    .selectFrom('actor')
    .select('id')
    .where('name', '=', name)
    .where('kind', '=', kind)
    .orderBy('id')
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const id = services.newId()
  await transaction.insertInto('actor').values({ id, name, kind }).execute()
  return id
}

/** The credentials of the Bearer scheme (RFC 6750 §2.1), the scheme in any case; undefined for any other. */
export function bearerSecret(authorization: string | undefined): string | undefined {
  const match = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')
  return match?.[1]
}

/** SHA-256 of a secret of full entropy, base64url: enough at rest for 256 random bits. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64url')
}

/** API keys: 256 random bits, kept as SHA-256, belonging to a named person or system and scoped. */

import { createHash } from 'node:crypto'
import { fault, toBase64url } from '@onetrip/codec'
import * as v from 'valibot'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, keyGrant } from '../rights/actor.ts'
import { ROLES, type Role } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import type { ApiKeyTable } from '../storage/schema.ts'
import { registeredNames } from '../trust-data/office-names.ts'

const SECRET_BYTES = 32
const PREFIX = 'otk_'
const SECRET = /^otk_[A-Za-z0-9_-]{43}$/

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
    await assertAgency(transaction, request.agencyId)
    for (const officeId of request.offices ?? []) await assertOffice(transaction, officeId)
    for (const makerId of request.sealMakers ?? []) await assertSealMaker(transaction, makerId)
    const actorId = await ensureActor(services, transaction, request.holder)
    const id = services.newId()
    const row: ApiKeyTable = {
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
    }
    const holder = { ...request.holder, id: actorId }
    await recordAct(services, transaction, {
      act: 'api-key/create',
      agency: request.agencyId,
      facts: {
        key: id,
        holder: actorId,
        roles: request.roles.join(' '),
        types: request.types.join(' '),
        row: rowHold(services, [heldText('api_key', row), heldText('actor', holder)]),
      },
    })
    await transaction.insertInto('api_key').values(row).execute()
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
    grants: [
      keyGrant(v.parse(ROLE_LIST, JSON.parse(row.roles)), v.parse(TEXTS, JSON.parse(row.types))),
    ],
    offices: v.parse(TEXTS, JSON.parse(row.offices)),
    sealMakers: v.parse(TEXTS, JSON.parse(row.seal_makers)),
  }
}

/** Throws `issuer/unknown` unless it is a registered agency, and says which other organisation it is. */
async function assertAgency(reader: StorageReader, agencyId: string): Promise<void> {
  const agency = await reader
    .selectFrom('agency')
    .select('id')
    .where('id', '=', agencyId)
    .executeTakeFirst()
  if (agency !== undefined) return
  const isOffice = (await registeredNames(reader, [agencyId])).has(agencyId)
  const why = isOffice
    ? 'it is registered as an office, and a key acts for an agency: name the agency and this office among its offices, or let its staff sign in'
    : 'no agency of this number is registered on this server'
  throw fault('issuer/unknown', why)
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

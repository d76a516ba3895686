/**
 * The life of agencies', offices' and seal makers' keys: announced (listed before it signs), active, retired (signs no more, listed until
 * what it signed has ended), revoked from a time on.
 */

import { fault, jwkThumbprint } from '@onetrip/codec'
import { denyKey } from '../enrolment/deny-list.ts'
import { OFFICE_PURPOSES, type OfficePurpose, officeKeyRow } from '../enrolment/office-keys.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { KEY_PURPOSES, type KeyPurpose } from './agencies.ts'
import { type KeyAlgorithm, newKeyRow } from './key-row.ts'
import { SEAL_PURPOSES, type SealPurpose, sealMakerKeyRow } from './seal-makers.ts'
import { isKnown } from './signing-key.ts'

/** What a key is for; `enrol` and `ask` are an office's, `seal-…` a seal maker's. */
export type LivingPurpose = KeyPurpose | OfficePurpose | SealPurpose

/** All of them. */
export const LIVING_PURPOSES: readonly LivingPurpose[] = [
  'issue-cbor',
  'issue-jws',
  'status-cbor',
  'status-jws',
  'enrol',
  'ask',
  'seal-cbor',
  'seal-jws',
  'seal-status-cbor',
  'seal-status-jws',
]

const ALGORITHMS: Readonly<Record<LivingPurpose, KeyAlgorithm>> = {
  ...KEY_PURPOSES,
  ...OFFICE_PURPOSES,
  ...SEAL_PURPOSES,
}

/** A key as administrators see it; times are Unix seconds. */
export interface LivingKey {
  readonly id: string
  /** USCC of its agency, office or seal maker. */
  readonly owner: string
  readonly purpose: LivingPurpose
  readonly state: 'announced' | 'active' | 'retired' | 'ended' | 'revoked'
  /** Since when verifiers are told of it. */
  readonly listedAt: number | null
  readonly notBefore: number
  readonly notAfter: number
  readonly retiredAt: number | null
  readonly revokedFrom: number | null
  /** RFC 7638. */
  readonly thumbprint: string
}

/** All keys of agencies, offices and seal makers. */
export function listKeys(services: Services): Promise<readonly LivingKey[]> {
  return readKeys(services, services.storage)
}

async function readKeys(
  { now }: Pick<Services, 'now'>,
  reader: StorageReader,
): Promise<readonly LivingKey[]> {
  const agencies = await reader.selectFrom('signing_key').selectAll().orderBy('id').execute()
  const offices = await reader.selectFrom('office_key').selectAll().orderBy('id').execute()
  const makers = await reader.selectFrom('seal_maker_key').selectAll().orderBy('id').execute()
  const listed = await reader.selectFrom('listed_key').selectAll().execute()
  const listedAt = new Map(listed.map((row) => [row.kid, row.listed_at]))
  const rows = [
    ...agencies.map((row) => ({ ...row, owner: row.agency_id })),
    ...offices.map((row) => ({ ...row, owner: row.office_id, purpose: row.use })),
    ...makers.map((row) => ({ ...row, owner: row.seal_maker_id })),
  ]
  return rows.map((row) => ({
    id: row.id,
    owner: row.owner,
    purpose: row.purpose,
    state: stateOf(row, now()),
    listedAt: listedAt.get(row.kid) ?? null,
    notBefore: row.not_before,
    notAfter: row.not_after,
    retiredAt: row.retired_at,
    revokedFrom: row.revoked_from,
    thumbprint: jwkThumbprint(publicKeyOfJwkText(row.public_jwk)),
  }))
}

/** Makes the next key of an owner; it signs from `notBefore`, once it is listed. Throws `issuer/unknown`. */
export async function announceKey(
  services: Services,
  wanted: {
    readonly owner: string
    readonly purpose: LivingPurpose
    readonly notBefore: number
  },
): Promise<string> {
  const { owner, purpose, notBefore } = wanted
  const earlier = (await listKeys(services)).filter(
    (key) => key.owner === owner && key.purpose === purpose,
  )
  if (earlier.length === 0) throw fault('issuer/unknown')
  const id = `${owner.toLowerCase()}-${purpose}-${earlier.length + 1}`
  await announceNamed(services, { id, owner, purpose, notBefore })
  return id
}

/** Makes the key of this id, which nobody has; whoever comes second is refused by the database. */
export async function announceNamed(
  services: Services,
  wanted: {
    readonly id: string
    readonly owner: string
    readonly purpose: LivingPurpose
    readonly notBefore: number
    /** Who announces it; absent for a command. */
    readonly actor?: Pick<Actor, 'actorId'>
  },
): Promise<void> {
  const { id, owner, purpose, notBefore, actor } = wanted
  const algorithm = ALGORITHMS[purpose]
  const row = await newKeyRow(services, { id, purpose, algorithm, notBefore })
  const sealRow = isSealPurpose(purpose)
    ? await sealMakerKeyRow(services, await loadOwner(services, owner, 'seal_maker'), {
        ...row,
        purpose,
      })
    : undefined
  const officeRow = isOfficePurpose(purpose)
    ? await officeKeyRow(services, await loadOwner(services, owner, 'office'), { ...row, purpose })
    : undefined
  await transact(services.storage, async (transaction) => {
    if (officeRow !== undefined) {
      await transaction.insertInto('office_key').values(officeRow).execute()
    } else if (sealRow !== undefined) {
      await transaction.insertInto('seal_maker_key').values(sealRow).execute()
    } else if (!isSealPurpose(purpose) && !isOfficePurpose(purpose)) {
      const values = { ...row, agency_id: owner, purpose }
      await transaction.insertInto('signing_key').values(values).execute()
    }
    await recordAct(services, transaction, {
      act: 'key/announce',
      agency: owner,
      ...(actor === undefined ? {} : { actor: actor.actorId }),
      facts: { key: id, notBefore, row: rowHold(services, [heldText('signing_key', row)]) },
    })
  })
}

/**
 * From `at` on the key signs no more. Throws `key/unknown`; `own-key/no-other` when no other key of its owner would sign then that
 * all know who know this one, or that every verifier knows; `input/invalid` for a time that has passed.
 */
export async function retireKey(
  services: Services,
  options: {
    readonly keyId: string
    readonly at: number
    /** Who retires it; absent for a command. */
    readonly actor?: Pick<Actor, 'actorId'>
  },
): Promise<void> {
  const { keyId, at, actor } = options
  if (at < services.now()) throw fault('input/invalid', 'what a key signed is ended by revoking it')
  await transact(services.storage, async (transaction) => {
    // Read here, or two that are retired at once would each be the other's reason.
    const keys = await readKeys(services, transaction)
    const key = find(keys, keyId)
    if (!hasOther(keys, key, at)) {
      throw fault('own-key/no-other', 'none would sign then that is listed as long, or for 30 days')
    }
    await update(services, transaction, { key, change: { retired_at: at }, actor })
  })
}

function hasOther(keys: readonly LivingKey[], key: LivingKey, at: number): boolean {
  return keys.some(
    (other) =>
      other.id !== key.id &&
      other.owner === key.owner &&
      other.purpose === key.purpose &&
      other.listedAt !== null &&
      (other.listedAt <= (key.listedAt ?? Infinity) ||
        isKnown({ listed_at: other.listedAt }, at)) &&
      other.notBefore <= at &&
      other.notAfter > at &&
      other.revokedFrom === null &&
      (other.retiredAt === null || other.retiredAt > at),
  )
}

/**
 * What the key signed from `from` on counts for nothing. In an emergency the deny list says so at once, which needs no
 * signature of people; the trust list says so with the next targets. Throws `key/unknown`, `deny-list/full`.
 */
export async function revokeKey(
  services: Services,
  options: {
    readonly keyId: string
    readonly from: number
    readonly actor: Actor
    readonly isEmergency: boolean
  },
): Promise<void> {
  const { keyId, from, actor, isEmergency } = options
  const key = find(await listKeys(services), keyId)
  const { thumbprint, revokedFrom } = key
  if (isEmergency) await denyKey(services, { actor, thumbprint, from })
  const change = { revoked_from: Math.min(from, revokedFrom ?? from) }
  await transact(services.storage, (transaction) =>
    update(services, transaction, { key, change, actor }),
  )
  services.log('key/revoked', { key: keyId, actor: actor.actorId })
}

/** A named person who acts by command. */
export async function operatorNamed(services: Services, name: string): Promise<Actor> {
  const actorId = services.newId()
  await transact(services.storage, (transaction) =>
    transaction.insertInto('actor').values({ id: actorId, name, kind: 'person' }).execute(),
  )
  return { actorId, agencyId: '', grants: [], offices: [], sealMakers: [] }
}

function stateOf(
  row: {
    readonly not_before: number
    readonly not_after: number
    readonly retired_at: number | null
    readonly revoked_from: number | null
  },
  now: number,
): LivingKey['state'] {
  if (row.revoked_from !== null) return 'revoked'
  if (row.retired_at !== null && row.retired_at <= now) return 'retired'
  if (row.not_before > now) return 'announced'
  return row.not_after <= now ? 'ended' : 'active'
}

function find(keys: readonly LivingKey[], keyId: string): LivingKey {
  const key = keys.find(({ id }) => id === keyId)
  if (key === undefined) throw fault('key/unknown')
  return key
}

async function update(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly key: LivingKey
    readonly change: { readonly retired_at: number } | { readonly revoked_from: number }
    readonly actor: Pick<Actor, 'actorId'> | undefined
  },
): Promise<void> {
  const { change, actor } = of
  const { id, owner, purpose } = of.key
  await transaction.updateTable(tableOf(purpose)).set(change).where('id', '=', id).execute()
  await recordAct(services, transaction, {
    act: 'retired_at' in change ? 'key/retire' : 'key/revoke',
    agency: owner,
    ...(actor === undefined ? {} : { actor: actor.actorId }),
    facts: { key: id, at: 'retired_at' in change ? change.retired_at : change.revoked_from },
  })
}

async function loadOwner(
  { storage }: Services,
  id: string,
  table: 'office' | 'seal_maker',
): Promise<{ readonly id: string; readonly name: string }> {
  const query = storage.selectFrom(table).select(['id', 'name']).where('id', '=', id)
  return query.executeTakeFirstOrThrow()
}

function tableOf(purpose: LivingPurpose): 'office_key' | 'seal_maker_key' | 'signing_key' {
  if (isOfficePurpose(purpose)) return 'office_key'
  return isSealPurpose(purpose) ? 'seal_maker_key' : 'signing_key'
}

function isSealPurpose(purpose: LivingPurpose): purpose is SealPurpose {
  return purpose in SEAL_PURPOSES
}

function isOfficePurpose(purpose: LivingPurpose): purpose is OfficePurpose {
  return purpose in OFFICE_PURPOSES
}

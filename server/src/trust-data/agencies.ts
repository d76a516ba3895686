/** Agencies, their keys and the licence types they may issue; offices; type definitions. */
import {
  encodeJson,
  fault,
  isObject,
  type JsonValue,
  parseJson,
  sha256Base64url,
} from '@onetrip/codec'
import { isUscc, parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import { firstOfficeKeys } from '../enrolment/office-keys.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { firstKeyRow } from './key-row.ts'
import { register } from './register.ts'
import { currentSigner, type OwnSigner } from './signing-key.ts'

/** A name in both languages. */
export interface LocalName {
  readonly 'zh-CN': string
  readonly en: string
}

/** The Chinese one of a stored name. */
export function chineseName(stored: string): string {
  const name = parseJson(stored)
  const zh = isObject(name) ? name['zh-CN'] : undefined
  if (typeof zh !== 'string') throw new TypeError('a stored name lacks zh-CN')
  return zh
}

/** What an agency's key is for; one algorithm each. */
export const KEY_PURPOSES = {
  'issue-cbor': 'Ed25519',
  'issue-jws': 'ES256',
  'status-cbor': 'Ed25519',
  'status-jws': 'ES256',
} as const

/** One of {@link KEY_PURPOSES}. */
export type KeyPurpose = keyof typeof KEY_PURPOSES

/** Adds an agency (`id` is its USCC) and makes its keys; a known one gains types and names only. */
export async function registerAgency(
  services: Services,
  agency: { readonly id: string; readonly name: LocalName; readonly typeCodes: readonly string[] },
): Promise<void> {
  // One bad entry would make the whole trust list unreadable.
  if (!isUscc(agency.id)) throw fault('input/invalid', 'an agency needs a valid USCC')
  for (const typeCode of agency.typeCodes) await loadType(services.storage, typeCode)
  const now = services.now()
  const keys = await Promise.all(
    KEY_PURPOSE_NAMES.map(async (purpose) => {
      const key = { owner: agency.id, purpose, algorithm: KEY_PURPOSES[purpose] }
      return { ...(await firstKeyRow(services, key)), agency_id: agency.id, purpose }
    }),
  )
  const name = JSON.stringify(agency.name)
  const facts = { name: agency.name['zh-CN'], types: agency.typeCodes.join(' ') }
  const act = { act: 'agency/register', agency: agency.id, facts }
  await register(services, act, async (transaction) => {
    await transaction
      .insertInto('agency')
      .values({ id: agency.id, name, created_at: now })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ name }).where('agency.name', '!=', name),
      )
      .execute()
    for (const typeCode of agency.typeCodes) {
      await transaction
        .insertInto('agency_type')
        .values({ agency_id: agency.id, type_code: typeCode })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    for (const key of keys) {
      await transaction
        .insertInto('signing_key')
        .values(key)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
  })
}

/** Adds or renames an office, and makes the keys with which it certifies its counters and what asks in its name. */
export async function registerOffice(
  services: Services,
  office: { readonly id: string; readonly name: LocalName },
): Promise<void> {
  if (!isUscc(office.id)) throw fault('input/invalid', 'an office needs a valid USCC')
  const name = JSON.stringify(office.name)
  const keys = await firstOfficeKeys(services, { id: office.id, name })
  const facts = { name: office.name['zh-CN'] }
  const act = { act: 'office/register', agency: office.id, facts }
  await register(services, act, async (transaction) => {
    await transaction
      .insertInto('office')
      .values({ id: office.id, name })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ name }).where('office.name', '!=', name),
      )
      .execute()
    for (const key of keys) {
      await transaction
        .insertInto('office_key')
        .values(key)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
  })
}

/** Publishes a type definition; a published version never changes. Throws the codes of its parser. */
export async function registerType(services: Services, document: JsonValue): Promise<void> {
  const type = parseTypeDefinition(document)
  const text = encodeJson(document)
  const digest = sha256Base64url(text)
  const facts = { type: type.typeCode, version: type.version, digest }
  await register(services, { act: 'type/register', facts }, (transaction) =>
    transaction
      .insertInto('licence_type')
      .values({
        type_code: type.typeCode,
        version: type.version,
        vct: type.vct,
        document: text,
      })
      .onConflict((conflict) => conflict.columns(['type_code', 'version']).doNothing())
      .execute(),
  )
}

/** The published JSON of a type version; undefined when there is none. */
export async function findTypeDocument(
  reader: StorageReader,
  typeCode: string,
  version: number,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('licence_type')
    .select('document')
    .where('type_code', '=', typeCode)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.document
}

/** A type definition in the version named, or the newest; throws `type/unknown`. */
export async function loadType(
  reader: StorageReader,
  typeCode: string,
  version?: number,
): Promise<TypeDefinition> {
  if (version !== undefined) {
    const document = await findTypeDocument(reader, typeCode, version)
    if (document === undefined) throw fault('type/unknown')
    return parseTypeDefinition(parseJson(document))
  }
  const newest = await reader
    .selectFrom('licence_type')
    .select('document')
    .where('type_code', '=', typeCode)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest === undefined) throw fault('type/unknown')
  return parseTypeDefinition(parseJson(newest.document))
}

/** Throws `issuer/type-not-allowed` unless the agency may issue the type. */
export async function assertAgencyMayIssue(
  reader: StorageReader,
  agencyId: string,
  typeCode: string,
): Promise<void> {
  const row = await reader
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .where('type_code', '=', typeCode)
    .executeTakeFirst()
  if (row === undefined) throw fault('issuer/type-not-allowed')
}

/** The key an agency signs with now: the newest in force. Throws `key/unknown`. */
export async function agencySigner(
  services: Services,
  agencyId: string,
  purpose: KeyPurpose,
): Promise<OwnSigner> {
  const rows = await services.storage
    .selectFrom('signing_key')
    .leftJoin('listed_key', 'listed_key.kid', 'signing_key.kid')
    .select(['id', 'not_before', 'not_after', 'revoked_from', 'retired_at', 'listed_at'])
    .where('agency_id', '=', agencyId)
    .where('purpose', '=', purpose)
    .execute()
  return currentSigner(services, rows)
}

const KEY_PURPOSE_NAMES: readonly KeyPurpose[] = [
  'issue-cbor',
  'issue-jws',
  'status-cbor',
  'status-jws',
]

/** What the offline role `targets` signs for, built from the database: trust list, type definitions, catalogue, recognition. */
import { encodeJson, type JsonObject, parseJson, utf8Encode } from '@onetrip/codec'
import { TARGET, typeTarget } from '@onetrip/trust'
import { agencyIssuerUrl } from '../config.ts'
import { lengthAt } from '../record/anchors.ts'
import type { Services } from '../services.ts'
import type { SigningKeyTable } from '../storage/schema.ts'
import { keyEntry, listedUntil } from './key-listing.ts'
import { ownLogEntry } from './own-log.ts'
import { sealKeyUse } from './seal-makers.ts'
import { timeStamperEntries } from './time-stampers.ts'

/** The documents by target path. */
export type TrustDocuments = ReadonlyMap<string, Uint8Array>

/** The documents, and how long they are what the database says. */
export interface BuiltDocuments {
  readonly documents: TrustDocuments
  /** Unix seconds, the last one: then a key leaves the trust list by itself. `Infinity` where none does. */
  readonly goodUntil: number
}

/** Builds the documents from the database as it is; the number of its reads does not grow with agencies. */
export async function trustDocuments(services: Services): Promise<BuiltDocuments> {
  const { list, goodUntil } = await trustList(services)
  const documents = new Map<string, Uint8Array>([
    [TARGET.trustList, utf8Encode(encodeJson(list))],
    ...(await typeDocuments(services)),
    ...(await keptDocuments(services)),
  ])
  const names = [...documents.keys(), TARGET.names].sort()
  return { documents: documents.set(TARGET.names, utf8Encode(encodeJson(names))), goodUntil }
}

/** Type definitions as they were registered. */
async function typeDocuments({ storage }: Services): Promise<[string, Uint8Array][]> {
  const types = await storage
    .selectFrom('licence_type')
    .select(['type_code', 'version', 'document'])
    .orderBy('type_code')
    .orderBy('version')
    .execute()
  return types.map(({ type_code: typeCode, version, document }) => [
    typeTarget({ typeCode, version }),
    utf8Encode(document),
  ])
}

/** Catalogue, recognition list and recognised roots as they were registered. */
async function keptDocuments({ storage }: Services): Promise<[string, Uint8Array][]> {
  const rows = await storage.selectFrom('trust_document').selectAll().orderBy('path').execute()
  return rows.map(({ path, body }) => [path, utf8Encode(body)])
}

async function trustList(
  services: Services,
): Promise<{ readonly list: JsonObject; readonly goodUntil: number }> {
  const { storage, config } = services
  const agencies = await storage.selectFrom('agency').selectAll().orderBy('id').execute()
  const offices = await storage.selectFrom('office').selectAll().orderBy('id').execute()
  const makers = await storage.selectFrom('seal_maker').selectAll().orderBy('id').execute()
  const timeStampers = await timeStamperEntries(services)
  const now = services.now()
  const byOwner = (keys: readonly ListedKey[]) =>
    Map.groupBy(
      keys.filter(({ until }) => now <= until),
      ({ owner }) => owner,
    )
  const ofAgencies = byOwner(await agencyKeys(services))
  const ofOffices = byOwner(await officeKeys(services))
  const ofMakers = byOwner(await sealMakerKeys(services))
  const list = {
    kind: 'onetrip-trust-list',
    format: 2,
    environment: config.environment,
    agencies: agencies.map(({ id, name }) => ({
      id,
      name: parseJson(name),
      issuerUrl: agencyIssuerUrl(config, id),
      keys: entriesIn(ofAgencies.get(id)),
    })),
    offices: offices.map(({ id, name }) => ({
      id,
      name: parseJson(name),
      keys: entriesIn(ofOffices.get(id)),
    })),
    sealMakers: makers.map(({ id, name }) => ({
      id,
      name: parseJson(name),
      keys: entriesIn(ofMakers.get(id)),
    })),
    // Without any the list stays as people signed it.
    ...(timeStampers.length === 0 ? {} : { timeStampers }),
    logs: [await ownLogEntry(services)],
  }
  const listed = [ofAgencies, ofOffices, ofMakers].flatMap((of) => [...of.values()].flat())
  return { list, goodUntil: listed.reduce((end, { until }) => Math.min(end, until), Infinity) }
}

interface ListedKey {
  readonly owner: string
  readonly entry: JsonObject
  /** Unix seconds, the last one. */
  readonly until: number
}

function entriesIn(keys: readonly ListedKey[] = []): readonly JsonObject[] {
  return keys.map(({ entry }) => entry)
}

async function agencyKeys(services: Services): Promise<readonly ListedKey[]> {
  const { storage } = services
  const rows = await storage.selectFrom('signing_key').selectAll().orderBy('id').execute()
  const types = await storage.selectFrom('agency_type').selectAll().orderBy('type_code').execute()
  const typesOf = Map.groupBy(types, ({ agency_id: id }) => id)
  const logged = await loggedBelow(services, rows)
  return rows.flatMap((row) => {
    const { agency_id: id, purpose } = row
    const until = listedUntil(row, purpose)
    if (until === undefined) return []
    const codes = (typesOf.get(id) ?? []).map(({ type_code: code }) => code)
    const scope = isIssuing(row) ? { use: 'issue', types: codes } : { use: 'status' }
    return [{ owner: id, entry: { ...keyEntry(row, scope), ...logged.get(row.id) }, until }]
  })
}

type SigningKey = Pick<SigningKeyTable, 'id' | 'purpose' | 'revoked_from'>

function isIssuing({ purpose }: SigningKey): boolean {
  return purpose === 'issue-cbor' || purpose === 'issue-jws'
}

/** What a revoked key signed and was in the log when its theft began is spared; that never changes once the time is over. */
async function loggedBelow(
  services: Services,
  rows: readonly SigningKey[],
): Promise<ReadonlyMap<string, JsonObject>> {
  const below = new Map<string, JsonObject>()
  for (const row of rows.filter(isIssuing)) {
    const { id, revoked_from: from } = row
    if (from === null || from >= services.now()) continue
    below.set(id, { loggedBelow: await lengthAt(services, from) })
  }
  return below
}

async function officeKeys({ storage }: Services): Promise<readonly ListedKey[]> {
  const rows = await storage.selectFrom('office_key').selectAll().orderBy('id').execute()
  return rows.flatMap((row) => {
    const until = listedUntil(row, row.use)
    if (until === undefined) return []
    const { certificate } = row
    const scope = { use: row.use, ...(certificate === null ? {} : { certificate }) }
    return [{ owner: row.office_id, entry: keyEntry(row, scope), until }]
  })
}

async function sealMakerKeys({ storage }: Services): Promise<readonly ListedKey[]> {
  const rows = await storage.selectFrom('seal_maker_key').selectAll().orderBy('id').execute()
  return rows.flatMap((row) => {
    const until = listedUntil(row, row.purpose)
    if (until === undefined) return []
    const { certificate } = row
    const scope = {
      use: sealKeyUse(row.purpose),
      ...(certificate === null ? {} : { certificate }),
    }
    return [{ owner: row.seal_maker_id, entry: keyEntry(row, scope), until }]
  })
}

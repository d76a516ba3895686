/** What the offline role `targets` signs for, built from the database: trust list, type definitions, catalogue, recognition. */
import { encodeJson, type JsonObject, type JsonValue, parseJson, utf8Encode } from '@onetrip/codec'
import { TARGET, typeTarget } from '@onetrip/trust'
import { agencyIssuerUrl } from '../config.ts'
import { officeKeyEntries } from '../enrolment/office-keys.ts'
import type { Services } from '../services.ts'
import type { SigningKeyTable } from '../storage/schema.ts'

/** How long what a key signed may be in force after it. */
const MOST_SECONDS = { credential: 400 * 86_400, list: 7 * 86_400 } as const

/** The documents by target path. */
export type TrustDocuments = ReadonlyMap<string, Uint8Array>

/** Builds the documents from the database as it is. */
export async function trustDocuments(services: Services): Promise<TrustDocuments> {
  const documents = new Map<string, Uint8Array>([
    [TARGET.trustList, utf8Encode(encodeJson(await trustList(services)))],
    ...(await typeDocuments(services)),
    ...(await keptDocuments(services)),
  ])
  const names = [...documents.keys(), TARGET.names].sort()
  return documents.set(TARGET.names, utf8Encode(encodeJson(names)))
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

async function trustList(services: Services): Promise<JsonObject> {
  const { storage, config } = services
  const agencies = await storage.selectFrom('agency').selectAll().orderBy('id').execute()
  const offices = await storage.selectFrom('office').selectAll().orderBy('id').execute()
  const officeKeys = await officeKeyEntries(storage)
  const agencyEntries: JsonValue[] = []
  for (const agency of agencies) {
    agencyEntries.push({
      id: agency.id,
      name: parseJson(agency.name),
      issuerUrl: agencyIssuerUrl(config, agency.id),
      keys: await agencyKeys(services, agency.id),
    })
  }
  return {
    kind: 'onetrip-trust-list',
    format: 2,
    environment: config.environment,
    agencies: agencyEntries,
    offices: offices.map((office) => ({
      id: office.id,
      name: parseJson(office.name),
      keys: officeKeys.get(office.id) ?? [],
    })),
  }
}

async function agencyKeys(
  { storage, now }: Services,
  agencyId: string,
): Promise<readonly JsonObject[]> {
  const rows = await storage
    .selectFrom('signing_key')
    .selectAll()
    .select((row) =>
      row
        .selectFrom('credential')
        .select((one) => one.fn.max('created_at').as('last'))
        .whereRef('credential.key_id', '=', 'signing_key.id')
        .as('last_signed'),
    )
    .where('agency_id', '=', agencyId)
    .orderBy('id')
    .execute()
  const keys = rows.filter((row) => isNeeded(row, now()))
  const types = await storage
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .orderBy('type_code')
    .execute()
  const typeCodes = types.map((type) => type.type_code)
  return keys.map((key) => keyEntry(key, typeCodes))
}

function keyEntry(key: SigningKeyTable, typeCodes: readonly string[]): JsonObject {
  const issues = key.purpose === 'issue-cbor' || key.purpose === 'issue-jws'
  return {
    jwk: parseJson(key.public_jwk),
    use: issues ? 'issue' : 'status',
    ...(issues ? { types: typeCodes } : {}),
    notBefore: key.not_before,
    notAfter: Math.min(key.not_after, key.retired_at ?? key.not_after),
    ...(key.revoked_from === null ? {} : { revokedFrom: key.revoked_from }),
  }
}

/** A retired key is listed until what it signed has ended; one that signed nothing ends at once. */
function isNeeded(
  key: SigningKeyTable & { readonly last_signed: number | null },
  now: number,
): boolean {
  const { retired_at: retiredAt, purpose, last_signed: last } = key
  if (retiredAt === null || retiredAt > now) return true
  if (purpose === 'status-cbor' || purpose === 'status-jws') {
    return now <= retiredAt + MOST_SECONDS.list
  }
  return last !== null && now <= retiredAt + MOST_SECONDS.credential
}

/**
 * All that is kept of a citizen, for themselves (个人信息保护法 第四十五条): what the agencies' registers say of them, their cases with their files,
 * their sessions, what the record has of them, and how long each is kept. Names of officers are not theirs.
 */
import { encodeZip } from '@onetrip/archive'
import { encodeJson, type JsonObject, type JsonValue, utf8Encode } from '@onetrip/codec'
import { describeCase } from '../cases/describe-case.ts'
import { readUpload } from '../cases/uploads.ts'
import { claimsOf } from '../licences/load-licence.ts'
import { RETENTION } from '../retention/retention-table.ts'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import type { Citizen } from './citizen.ts'
import { personName, recordCitizen } from './citizen-acts.ts'

/** Files beyond this stay where they are, and are fetched one by one. */
const MAX_FILE_BYTES = 256 * 2 ** 20
const MAX_ACTS = 1_000
const ENDS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** A ZIP file with `data.json`, and the files that the citizen laid in; that it was given out is recorded. */
export async function exportMyData(services: Services, citizen: Citizen): Promise<Uint8Array> {
  const { storage } = services
  const { subject, holderReference, level } = citizen
  const { cases, files } = await casesOf(services, citizen)
  const data: JsonObject = {
    at: services.now(),
    person: { subject, holderReference, level },
    licences: [...(await licencesOf(storage, holderReference))],
    cases: [...cases],
    sessions: [...(await sessionsOf(storage, subject))],
    record: [...(await actsOf(services, subject))],
    retention: Object.entries(RETENTION).map(([store, row]) => ({ store, ...row })),
  }
  await transact(storage, (transaction) =>
    recordCitizen(services, transaction, { act: 'citizen/data', subject, facts: {} }),
  )
  return encodeZip([{ name: 'data.json', bytes: utf8Encode(encodeJson(data)) }, ...files])
}

async function licencesOf(
  reader: StorageReader,
  holderReference: string,
): Promise<readonly JsonObject[]> {
  const rows = await reader
    .selectFrom('licence')
    .selectAll()
    .where('holder_reference', '=', holderReference)
    .orderBy('id')
    .execute()
  return Promise.all(rows.map((row) => licenceOf(reader, row)))
}

async function licenceOf(reader: StorageReader, row: LicenceTable): Promise<JsonObject> {
  const history = await reader
    .selectFrom('status_change')
    .select([
      'from_status as from',
      'to_status as to',
      'reason',
      'kind',
      'ground',
      'changed_at as at',
    ])
    .where('licence_id', '=', row.id)
    .orderBy('sequence')
    .execute()
  const credentials = await reader
    .selectFrom('credential')
    .select(['form', 'state', 'holder_key', 'issued_at', 'withdrawn_at'])
    .where('licence_id', '=', row.id)
    .orderBy('id')
    .execute()
  return {
    id: row.id,
    identifier: row.identifier,
    agency: row.agency_id,
    type: row.type_code,
    serial: row.serial,
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    status: row.status,
    createdAt: row.created_at,
    claims: { ...claimsOf(row) },
    history: history.map((change) => ({ ...change })),
    credentials: credentials.map((credential) => ({ ...credential })),
  }
}

interface MyFile {
  readonly name: string
  readonly bytes: Uint8Array
}

async function casesOf(
  services: Services,
  citizen: Citizen,
): Promise<{ readonly cases: readonly JsonValue[]; readonly files: readonly MyFile[] }> {
  const { storage } = services
  const by = { kind: 'citizen', citizen } as const
  const rows = await storage
    .selectFrom('case_file')
    .select('id')
    .where('applicant', '=', citizen.holderReference)
    .orderBy('id')
    .execute()
  const cases: JsonObject[] = []
  const files: MyFile[] = []
  let room = MAX_FILE_BYTES
  for (const { id: caseId } of rows) {
    const uploads = await storage
      .selectFrom('case_upload')
      .select(['id', 'material', 'length', 'media_type', 'name', 'at', 'replaced'])
      .where('case_id', '=', caseId)
      .orderBy('id')
      .execute()
    const listed: JsonObject[] = []
    for (const { media_type: mediaType, ...upload } of uploads) {
      const isHere = upload.length <= room
      const file = `files/${caseId}/${upload.id}.${ENDS[mediaType] ?? 'bin'}`
      if (isHere) {
        const { bytes } = await readUpload(services, { by, caseId, uploadId: upload.id })
        files.push({ name: file, bytes })
        room -= upload.length
      }
      listed.push({ ...upload, mediaType, file: isHere ? file : null })
    }
    const described = await describeCase(services, { by, caseId })
    cases.push({
      ...described,
      uploads: listed,
      feedback: [...(await feedbackOf(storage, caseId))],
    })
  }
  return { cases, files }
}

async function feedbackOf(reader: StorageReader, caseId: string): Promise<readonly JsonObject[]> {
  const rows = await reader
    .selectFrom('case_feedback')
    .select(['part', 'level', 'words', 'at', 'answer', 'answered_at as answeredAt'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row }))
}

async function sessionsOf(reader: StorageReader, subject: string): Promise<readonly JsonObject[]> {
  const rows = await reader
    .selectFrom('session')
    .select(['carrier', 'signed_in_at as signedInAt', 'used_at as usedAt', 'ends_at as endsAt'])
    .where('subject', '=', subject)
    .orderBy('signed_in_at')
    .execute()
  return rows.map((row) => ({ ...row }))
}

/** What the record has under the person's name there, the newest last. */
async function actsOf(services: Services, subject: string): Promise<readonly JsonObject[]> {
  const rows = await services.storage
    .selectFrom('log_word')
    .innerJoin('log_entry', 'log_entry.idx', 'log_word.idx')
    .select(['log_entry.idx as index', 'at', 'entry'])
    .where('word', '=', personName(services, subject))
    .orderBy('log_entry.idx', 'desc')
    .limit(MAX_ACTS)
    .execute()
  return rows.reverse().map((row) => ({ ...row }))
}

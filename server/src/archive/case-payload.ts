/** What a case's package keeps: what came in, how it was handled, what came of it, and how all of it was judged when it was packed. */
import type { BagFiles, CredentialItem, SealedItem } from '@onetrip/archive'
import { encodeJson, fromBase64url, type JsonObject, sha256, utf8Encode } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import { verifyDocument, verifyIssued } from '@onetrip/verifier'
import type { CaseActor, OpenedCase } from '../cases/case-rows.ts'
import { DECISION_MEDIA_TYPE } from '../cases/decision-text.ts'
import { describeCase } from '../cases/describe-case.ts'
import { sealOf } from '../cases/sealed-decision.ts'
import { readUpload } from '../cases/uploads.ts'
import type { Services } from '../services.ts'
import type { CasePartTable, CaseUploadTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import type { CredentialTable } from '../storage/schema.ts'
import { reportText } from './report-text.ts'

/** Ends of names by media type. */
const ENDS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}
/** In which of its forms a licence is kept. */
const FORMS = ['sd-cwt', 'sd-jwt', 'paper'] as const
/** An mdoc (ISO/IEC 18013-5) is kept as it was signed and judged by no verdict: the log's entry of its issuing commits to what was signed. */
const KEPT_FORMS = [...FORMS, 'mdoc'] as const

/** A file that came in, and where it is kept. */
export interface KeptUpload {
  readonly path: string
  readonly row: CaseUploadTable
}

/** What is kept, and what of it is judged. */
export interface CasePayload {
  readonly files: BagFiles
  readonly items: readonly (SealedItem | CredentialItem)[]
  readonly uploads: readonly KeptUpload[]
  /** Records that entries of the log are about. */
  readonly records: readonly string[]
}

/** Gathers it. Throws as `openCase`. */
export async function casePayload(
  services: Services,
  of: { readonly by: CaseActor; readonly opened: OpenedCase; readonly trust: Trust },
): Promise<CasePayload> {
  const { by, opened, trust } = of
  const caseId = opened.row.id
  const files = new Map<string, Uint8Array>()
  files.set('data/process/case.json', jsonFile(await describeCase(services, { by, caseId })))
  files.set('data/process/feedback.json', jsonFile(await feedbackOf(services.storage, caseId)))
  const uploads = await keepUploads(services, { by, caseId, files })
  const items: (SealedItem | CredentialItem)[] = []
  const records = [caseId]
  for (const part of opened.parts) {
    items.push(...(await keepPart(services, { part, trust, files })))
    records.push(...[part.use_id, part.licence_id].filter((id) => id !== null))
  }
  return { files, items, uploads, records }
}

async function keepUploads(
  services: Services,
  of: { readonly by: CaseActor; readonly caseId: string; readonly files: Map<string, Uint8Array> },
): Promise<readonly KeptUpload[]> {
  const { by, caseId, files } = of
  const rows = await services.storage
    .selectFrom('case_upload')
    .select(['id', 'material'])
    .where('case_id', '=', caseId)
    // Those that others took the place of, too: a part may have been decided by one of them.
    .orderBy('id')
    .execute()
  const kept: KeptUpload[] = []
  for (const { id, material } of rows) {
    const { row, bytes } = await readUpload(services, { by, caseId, uploadId: id })
    const path = `data/materials/${material}/${id}.${ENDS[row.media_type] ?? 'bin'}`
    files.set(path, bytes)
    kept.push({ path, row })
  }
  return kept
}

async function keepPart(
  services: Services,
  of: {
    readonly part: CasePartTable
    readonly trust: Trust
    readonly files: Map<string, Uint8Array>
  },
): Promise<readonly (SealedItem | CredentialItem)[]> {
  const { part, trust, files } = of
  const { code, document, licence_id: licenceId } = part
  const folder = `data/result/${code}`
  const items: (SealedItem | CredentialItem)[] = []
  if (document !== null) {
    const bytes = utf8Encode(document)
    files.set(`${folder}/decision.txt`, bytes)
    const kept = await sealOf(services.storage, part)
    if (kept !== undefined) {
      const seal = fromBase64url(kept)
      const item = {
        kind: 'sealed',
        file: `${folder}/decision.txt`,
        seal: `${folder}/decision.txt.seal`,
        mediaType: DECISION_MEDIA_TYPE,
        report: `data/reports/${code}/decision.json`,
      } as const
      const file = { sha256: sha256(bytes), length: bytes.length, mediaType: item.mediaType }
      const verdict = await verifyDocument(
        { file, sealFile: seal },
        { trust, now: services.now(), accept: ['document'] },
      )
      files.set(item.seal, seal)
      files.set(item.report, reportText(verdict))
      items.push(item)
    }
  }
  if (licenceId === null) return items
  return [...items, ...(await keepLicence(services, { licenceId, name: code, trust, files }))]
}

/** Keeps a licence's credentials, one of each form, with a verdict on each. */
export async function keepLicence(
  services: Services,
  of: {
    readonly licenceId: string
    /** Of the folders for it. */
    readonly name: string
    readonly trust: Trust
    readonly files: Map<string, Uint8Array>
  },
): Promise<readonly CredentialItem[]> {
  const { licenceId, name, trust, files } = of
  const items: CredentialItem[] = []
  for (const { form, credential } of await credentialsOf(services.storage, licenceId)) {
    if (form === 'mdoc' && credential !== null) {
      files.set(`data/result/${name}/licence.mdoc`, fromBase64url(credential))
    }
    const kept = FORMS.find((one) => one === form)
    if (kept === undefined || credential === null) continue
    const item = {
      kind: 'credential',
      file: `data/result/${name}/licence.${kept}`,
      form: kept,
      report: `data/reports/${name}/licence-${kept}.json`,
    } as const
    const signed = kept === 'sd-jwt' ? credential : fromBase64url(credential)
    const verdict = await verifyIssued({ credential: signed, trust, now: services.now() })
    files.set(item.file, typeof signed === 'string' ? utf8Encode(signed) : signed)
    files.set(item.report, reportText(verdict))
    items.push(item)
  }
  return items
}

/** The newest of each form that nobody took back; where all were, the newest of all. */
async function credentialsOf(
  reader: StorageReader,
  licenceId: string,
): Promise<readonly Pick<CredentialTable, 'form' | 'credential'>[]> {
  const rows = await reader
    .selectFrom('credential')
    .select(['form', 'credential', 'withdrawn_at'])
    .where('licence_id', '=', licenceId)
    .where('state', '=', 'issued')
    .where('form', 'in', KEPT_FORMS)
    .orderBy('id', 'desc')
    .execute()
  const there = rows.filter(({ withdrawn_at: withdrawnAt }) => withdrawnAt === null)
  const found = KEPT_FORMS.map((form) => there.find((row) => row.form === form))
  const kept = found.filter((row) => row !== undefined)
  return kept.length > 0 ? kept : rows.slice(0, 1)
}

async function feedbackOf(reader: StorageReader, caseId: string): Promise<JsonObject> {
  const rows = await reader
    .selectFrom('case_feedback')
    .select(['part', 'level', 'words', 'at', 'state', 'answer', 'answered_at'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return { feedback: rows.map((row) => ({ ...row })) }
}

function jsonFile(json: JsonObject): Uint8Array {
  return utf8Encode(encodeJson(json))
}

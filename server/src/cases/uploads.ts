/** Files that are laid in as materials: kind and content checked, sealed at rest, never changed, given out as files only. */
import { fault, fromBase64url, sha256, toBase64url } from '@onetrip/codec'
import * as v from 'valibot'
import { openRecord, sealRecord } from '../keys/sealed-box.ts'
import { runInProcess } from '../run-in-process.ts'
import type { Services } from '../services.ts'
import type { CaseUploadTable } from '../storage/case-schema.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { type CaseActor, isAtWindow, type OpenedCase, openCase, partsFor } from './case-rows.ts'
import { changeCase } from './draft-case.ts'
import { dueMaterial, keepMaterial } from './materials.ts'
import {
  MAX_CASE_BYTES,
  MAX_UPLOAD_BYTES,
  MAX_UPLOADS,
  UPLOAD_TYPES,
  type UploadType,
} from './upload-limits.ts'

const WORKER = new URL('./upload-worker.ts', import.meta.url)
const FINDING = v.picklist(['clean', 'active-content', 'unreadable'])
const TYPE_NAMES: readonly UploadType[] = ['application/pdf', 'image/jpeg', 'image/png']

/** A file as it came. */
export interface ReceivedFile {
  readonly bytes: Uint8Array
  /** As the sender says. */
  readonly mediaType: string
  readonly name: string
}

/**
 * The kind of a file that may be taken in. Throws `upload/too-large`, `upload/media-type` for another kind or one that is not what it
 * says, `upload/active-content`, `upload/unreadable`.
 */
export async function checkUpload({ bytes, mediaType }: ReceivedFile): Promise<UploadType> {
  if (bytes.length > MAX_UPLOAD_BYTES) throw fault('upload/too-large')
  const type = TYPE_NAMES.find((one) => one === mediaType)
  if (type === undefined) throw fault('upload/media-type')
  const begins = UPLOAD_TYPES[type].every((byte, index) => bytes[index] === byte)
  if (!begins) throw fault('upload/media-type')
  const answer = await runInProcess(WORKER, { bytes, mediaType: type }, { staysOn: true })
  const read = v.safeParse(FINDING, answer?.message)
  if (!read.success || read.output === 'unreadable') throw fault('upload/unreadable')
  if (read.output === 'active-content') throw fault('upload/active-content')
  return type
}

/**
 * Takes a file in as a material, in place of one that was there; answers the next version and the file's id. Throws as {@link checkUpload},
 * `case/material`, `upload/too-many`, and what `changeCase` throws.
 */
export async function addUpload(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly version: number
    readonly material: string
    readonly file: ReceivedFile
  },
): Promise<{ readonly version: number; readonly id: string }> {
  const { by, material, file } = of
  // Whom the case does not concern has nothing looked at.
  await openCase(services.storage, of)
  const mediaType = await checkUpload(file)
  const id = services.newId()
  const digest = toBase64url(sha256(file.bytes))
  const version = await changeCase(
    services,
    { ...of, act: 'case/upload' },
    async (opened, transaction) => {
      dueMaterial(opened, material, 'upload')
      await assertRoom(transaction, opened, { material, bytes: file.bytes.length })
      await transaction
        .updateTable('case_upload')
        .set({ replaced: 1 })
        .where('case_id', '=', opened.row.id)
        .where('material', '=', material)
        .execute()
      await insertUpload(services, transaction, {
        row: {
          id,
          case_id: opened.row.id,
          material,
          sha256: digest,
          length: file.bytes.length,
          media_type: mediaType,
          name: file.name,
          at: services.now(),
          replaced: 0,
        },
        bytes: file.bytes,
      })
      await keepMaterial(services, transaction, {
        opened,
        by,
        row: {
          code: material,
          way: 'upload',
          evidence: { upload: id, sha256: digest, mediaType, length: file.bytes.length },
          due_day: null,
        },
      })
      return { facts: { material, digest, length: file.bytes.length } }
    },
  )
  return { version, id }
}

/** A file for whoever its case concerns, a department only what its parts need. Throws `case/not-found`, `upload/not-found`. */
export async function readUpload(
  services: Services,
  of: { readonly by: CaseActor; readonly caseId: string; readonly uploadId: string },
): Promise<{ readonly row: CaseUploadTable; readonly bytes: Uint8Array }> {
  const { by, uploadId } = of
  const opened = await openCase(services.storage, of)
  const row = await services.storage
    .selectFrom('case_upload')
    .selectAll()
    .where('id', '=', uploadId)
    .where('case_id', '=', opened.row.id)
    .executeTakeFirst()
  if (row === undefined || !maySee(by, opened, row.material)) throw fault('upload/not-found')
  const kept = await services.storage
    .selectFrom('case_upload_body')
    .select('body')
    .where('upload_id', '=', uploadId)
    .executeTakeFirst()
  // It was forgotten after its time.
  if (kept === undefined) throw fault('upload/not-found')
  const bytes = openRecord(sealingKey(services), `upload/${uploadId}`, fromBase64url(kept.body))
  return { row, bytes }
}

/** Whether a material is somebody's business: of a department, what its parts need. */
export function maySee(by: CaseActor, opened: OpenedCase, material: string): boolean {
  if (by.kind === 'citizen' || isAtWindow(by, opened.row)) return true
  const needed = opened.plan.materials.find(({ code }) => code === material)?.parts ?? []
  return partsFor(by, opened).some(({ code }) => needed.includes(code))
}

async function assertRoom(
  transaction: StorageTransaction,
  { row }: OpenedCase,
  added: { readonly material: string; readonly bytes: number },
): Promise<void> {
  const files = await transaction
    .selectFrom('case_upload')
    .select(['length', 'replaced', 'material'])
    .where('case_id', '=', row.id)
    .execute()
  const counting = files.filter(
    ({ replaced, material }) => replaced === 0 && material !== added.material,
  )
  const bytes = files.reduce((sum, { length }) => sum + length, added.bytes)
  if (counting.length >= MAX_UPLOADS || bytes > MAX_CASE_BYTES) throw fault('upload/too-many')
}

async function insertUpload(
  services: Services,
  transaction: StorageTransaction,
  { row, bytes }: { readonly row: CaseUploadTable; readonly bytes: Uint8Array },
): Promise<void> {
  await transaction.insertInto('case_upload').values(row).execute()
  const body = toBase64url(sealRecord(sealingKey(services), `upload/${row.id}`, bytes))
  await transaction.insertInto('case_upload_body').values({ upload_id: row.id, body }).execute()
}

function sealingKey({ keys }: Pick<Services, 'keys'>): Uint8Array {
  return keys.secret('case-upload')
}

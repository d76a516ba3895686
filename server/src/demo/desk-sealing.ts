/** The desk as the people of an agency who have to do with its seals: its owner, who asks for their use, and who keeps them. */
import { concatBytes, fault } from '@onetrip/codec'
import { findPage, mediaTypeOf, openForSealing, pageCount, SEAL_MEDIA_TYPE } from '@onetrip/seal'
import { parseInput } from '../http/read-request.ts'
import { findKeyword } from '../pdf-pages/find-keyword.ts'
import { makeImpression } from '../seals/make-impression.ts'
import { decideUse, PDF_MEDIA_TYPE, requestUse } from '../seals/request-use.ts'
import { type SealStep, takeStep } from '../seals/seal-life.ts'
import { sealPdf } from '../seals/seal-pdf.ts'
import { type Decision, type Place, USE_REQUEST } from '../seals/seal-request.ts'
import type { Services } from '../services.ts'
import { demoPerson } from './demo-actor.ts'
import type { DeskFiles } from './desk-files.ts'

const REASON = '发证窗口操作 demo desk'
/** Of the middle of a seal from the right and the lower edge of the last page, in points. */
const FROM_CORNER = 115

/** What the form says. */
export interface DeskRequest {
  readonly sealId: string
  readonly purpose: string
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  /** On which word of a PDF; empty for the corner of its last page. */
  readonly keyword: string
}

/** A sealed PDF, or a `.seal`. */
export interface SealedFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** Takes a step in a seal's life as its owner, and as the second person whom the end of a suspension needs. Throws as `takeStep`. */
export async function stepAtDesk(
  services: Services,
  sealId: string,
  step: SealStep,
): Promise<void> {
  const agencyId = await ownerOf(services, sealId)
  for (const who of step === 'resume' ? (['owner', 'deputy'] as const) : (['owner'] as const)) {
    const actor = await demoPerson(services, agencyId, who)
    await takeStep(services, { actor, sealId, step, reason: REASON })
  }
}

/**
 * Asks for a seal on a file, which is kept until it is fetched. Throws as `requestUse`, `input/invalid`, and at once what would
 * hinder the sealing of a PDF: `pdf/*`.
 */
export async function requestAtDesk(
  services: Services,
  files: DeskFiles,
  { sealId, purpose, file, keyword }: DeskRequest,
): Promise<void> {
  const { name, bytes } = file
  const actor = await demoPerson(services, await ownerOf(services, sealId), 'clerk')
  const mediaType = mediaTypeOf(name)
  const place = mediaType === PDF_MEDIA_TYPE ? { place: await placeIn(bytes, keyword) } : {}
  const sha256 = await files.keep(bytes)
  const asked = { sha256, length: bytes.length, mediaType, name, ...place }
  const request = parseInput(USE_REQUEST, { purpose, files: [asked] })
  await requestUse(services, { actor, sealId, request, repeatable: undefined })
}

/** Approves or refuses as the keeper, another person. Throws as `decideUse`. */
export async function decideAtDesk(
  services: Services,
  useId: string,
  decision: Decision['decision'],
): Promise<void> {
  const { agencyId, digests } = await loadUse(services, useId)
  const actor = await demoPerson(services, agencyId, 'keeper')
  await decideUse(services, { actor, useId, decision: { decision, files: digests } })
}

/**
 * The approved file with its seal, or its `.seal`; fetched again, it is the same. Throws as `sealPdf` and `makeImpression`, and
 * `seal/missing` for a PDF that the desk has no more.
 */
export async function fetchAtDesk(
  services: Services,
  files: DeskFiles,
  useId: string,
): Promise<SealedFile> {
  const { agencyId, sha256, name, isInFile } = await loadUse(services, useId)
  const actor = await demoPerson(services, agencyId, 'clerk')
  const order = { actor, useId, sha256 }
  if (!isInFile) {
    const bytes = await makeImpression(services, order)
    return { name: `${name}.seal`, mediaType: SEAL_MEDIA_TYPE, bytes }
  }
  const pdf = files.find(sha256)
  if (pdf === undefined) throw fault('seal/missing')
  return {
    name: name.replace(/(\.pdf)?$/i, '-sealed.pdf'),
    mediaType: PDF_MEDIA_TYPE,
    bytes: concatBytes(pdf, await sealPdf(services, { ...order, pdf })),
  }
}

async function placeIn(bytes: Uint8Array, keyword: string): Promise<Place> {
  const pdf = openForSealing(bytes)
  if (keyword !== '') {
    await findKeyword({ bytes, keyword })
    return { keyword }
  }
  const page = pageCount(pdf)
  const { right, bottom } = findPage(pdf, page - 1).box
  return { page, x: Math.floor(right) - FROM_CORNER, y: Math.ceil(bottom) + FROM_CORNER }
}

async function ownerOf({ storage }: Services, sealId: string): Promise<string> {
  const row = await storage
    .selectFrom('seal')
    .select('owner_id')
    .where('id', '=', sealId)
    .executeTakeFirst()
  if (row === undefined) throw fault('seal/not-found')
  return row.owner_id
}

async function loadUse({ storage }: Services, useId: string) {
  const rows = await storage
    .selectFrom('seal_use_file')
    .innerJoin('seal_use', 'seal_use.id', 'use_id')
    .innerJoin('seal', 'seal.id', 'seal_id')
    .select(['owner_id', 'sha256', 'place', 'seal_use_file.name'])
    .where('use_id', '=', useId)
    .orderBy('sequence')
    .execute()
  const [first] = rows
  if (first === undefined) throw fault('approval/not-found')
  return {
    agencyId: first.owner_id,
    digests: rows.map(({ sha256 }) => sha256),
    sha256: first.sha256,
    name: first.name ?? 'file',
    isInFile: first.place !== null,
  }
}

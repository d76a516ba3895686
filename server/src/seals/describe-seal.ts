/** Seals and their uses as those see them who have to do with them, and the record that an owner keeps. */
import { fromBase64url, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import { parseSeal } from '@onetrip/seal'
import { BYTE_ORDER_MARK, csvLine } from '../http/csv-text.ts'
import { type Actor, allowedMatters, hasRight } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { SealTable, SealUseFileTable } from '../storage/seal-schema.ts'
import { loadUse } from './request-use.ts'
import { loadSeal, OWNERS_RIGHTS } from './seal-rows.ts'

const MAX_LISTED = 1000
const COLUMNS = [
  'id',
  'purpose',
  'decision',
  'requestedBy',
  'requestedAt',
  'keeper',
  'decidedAt',
  'sha256',
  'length',
  'mediaType',
  'name',
  'state',
  'sealedAt',
  'stampedAt',
  'stampFault',
] as const
/** Without the picture, which is as large as everything else together. */
const ENTRY_COLUMNS = [
  'id',
  'seal_maker_id',
  'owner_id',
  'owner_name',
  'name',
  'kind',
  'state',
  'created_at',
  'number',
  'replaces',
  'licences',
  'valid_from',
  'valid_to',
  'cose',
  'jws',
] as const
/** Without what was signed, which may be a hundred kilobytes for each file. */
const FILE_COLUMNS = [
  'use_id',
  'sha256',
  'length',
  'media_type',
  'seal_use_file.name',
  'place',
  'seal_use_file.state',
  'sealed_at',
  'stamped_at',
  'stamp_fault',
] as const

type SealEntry = Pick<SealTable, (typeof ENTRY_COLUMNS)[number]>
/** By which uses are found. */
type UseColumn = 'seal_use.id' | 'seal_use.seal_id'

type FileEntry = Omit<SealUseFileTable, 'sequence' | 'draft' | 'result'>

/** Seals of the actor's organisation, and of the makers it makes seals for; the newest first. */
export async function listSeals(
  { storage }: Services,
  actor: Actor,
): Promise<readonly JsonObject[]> {
  const makers = hasRight(actor, 'make-seals') ? actor.sealMakers : []
  const owner = OWNERS_RIGHTS.some((right) => hasRight(actor, right)) ? actor.agencyId : ''
  const rows = await storage
    .selectFrom('seal')
    .select(ENTRY_COLUMNS)
    .where((column) =>
      column.or([column('owner_id', '=', owner), column('seal_maker_id', 'in', [...makers, ''])]),
    )
    .orderBy('created_at', 'desc')
    .limit(MAX_LISTED)
    .execute()
  return rows.map(sealEntry)
}

/** A seal with the steps of its life. Throws `seal/not-found`. */
export async function describeSeal(
  services: Services,
  actor: Actor,
  sealId: string,
): Promise<JsonObject> {
  const seal = await loadSeal(services.storage, actor, sealId)
  const steps = await services.storage
    .selectFrom('seal_event')
    .innerJoin('actor', 'actor.id', 'seal_event.actor_id')
    .select(['act', 'reason', 'at', 'actor.name as by'])
    .where('seal_id', '=', sealId)
    .orderBy('sequence')
    .execute()
  return { ...sealEntry(seal), steps: steps.map((step) => ({ ...step })) }
}

/** Every use of a seal that was asked for, the newest first. Throws `seal/not-found`. */
export async function sealRecord(
  services: Services,
  actor: Actor,
  sealId: string,
): Promise<readonly JsonObject[]> {
  await loadSeal(services.storage, actor, sealId)
  return describeUses(services, actor, { seal_id: sealId })
}

/** One use. Throws `approval/not-found`. */
export async function describeUse(
  services: Services,
  actor: Actor,
  useId: string,
): Promise<JsonObject> {
  await loadUse(services.storage, actor, useId)
  const [described] = await describeUses(services, actor, { id: useId })
  return described ?? {}
}

/** The record as a table, a line for each file. */
export function recordTable(record: readonly JsonObject[]): string {
  const lines = record.flatMap((use): readonly JsonObject[] => {
    const files = Array.isArray(use['files']) ? use['files'] : []
    return files.filter(isObject).map((file) => ({ ...use, decision: use['state'] ?? '', ...file }))
  })
  return BYTE_ORDER_MARK + [COLUMNS, ...lines.map(cellsOf)].map(csvLine).join('')
}

function cellsOf(line: JsonObject): readonly (string | number)[] {
  return COLUMNS.map((name) => {
    const value = line[name] ?? ''
    return typeof value === 'number' ? value : String(value)
  })
}

function sealEntry(seal: SealEntry): JsonObject {
  return {
    id: seal.id,
    maker: seal.seal_maker_id,
    owner: { uscc: seal.owner_id, name: seal.owner_name },
    name: seal.name,
    kind: seal.kind,
    state: seal.state,
    createdAt: seal.created_at,
    ...(seal.number === null ? {} : { number: seal.number }),
    ...(seal.replaces === null ? {} : { replaces: seal.replaces }),
    ...(seal.licences === 1 ? { licences: true } : {}),
    ...(seal.valid_from === null ? {} : { validFrom: seal.valid_from }),
    ...(seal.valid_to === null ? {} : { validTo: seal.valid_to }),
    ...(seal.cose === null ? {} : { cose: seal.cose, size: sizeOf(seal.cose) }),
    ...(seal.jws === null ? {} : { jws: seal.jws }),
  }
}

/** How large a seal stands on a page, as its maker signed it. */
function sizeOf(cose: string): JsonObject {
  const { widthMm, heightMm } = parseSeal(fromBase64url(cose)).facts.image
  return { widthMm, heightMm }
}

/** The uses of a seal, or one of them, with their files. */
async function describeUses(
  { storage }: Services,
  actor: Actor,
  which: { readonly seal_id: string } | { readonly id: string },
): Promise<readonly JsonObject[]> {
  const column: UseColumn = 'id' in which ? 'seal_use.id' : 'seal_use.seal_id'
  const value = 'id' in which ? which.id : which.seal_id
  const uses = await storage
    .selectFrom('seal_use')
    .innerJoin('actor as requester', 'requester.id', 'seal_use.requester_id')
    .leftJoin('actor as keeper', 'keeper.id', 'seal_use.keeper_id')
    .selectAll('seal_use')
    .select(['requester.name as requester', 'keeper.name as keeper'])
    .where(column, '=', value)
    .orderBy('requested_at', 'desc')
    .orderBy('seal_use.id', 'desc')
    .execute()
  const files = await storage
    .selectFrom('seal_use_file')
    .innerJoin('seal_use', 'seal_use.id', 'seal_use_file.use_id')
    .select(FILE_COLUMNS)
    .where(column, '=', value)
    .orderBy('sequence')
    .execute()
  const filesOf = Map.groupBy(files, ({ use_id: id }) => id)
  const cases = await casesOfUses({ storage }, { actor, column, value })
  return uses.map((use) => ({
    id: use.id,
    seal: use.seal_id,
    purpose: use.purpose,
    state: use.state,
    requestedBy: use.requester,
    requestedAt: use.requested_at,
    goodUntil: use.good_until,
    ...(use.keeper === null ? {} : { keeper: use.keeper }),
    ...(use.decided_at === null ? {} : { decidedAt: use.decided_at }),
    ...(use.reason === null ? {} : { reason: use.reason }),
    ...(cases.has(use.id) ? { case: cases.get(use.id) ?? '' } : {}),
    files: (filesOf.get(use.id) ?? []).map(fileEntry),
  }))
}

/** The cases whose decisions these uses of a seal are for, by use: for whoever may open them. */
async function casesOfUses(
  { storage }: Pick<Services, 'storage'>,
  of: { readonly actor: Actor; readonly column: UseColumn; readonly value: string },
): Promise<ReadonlyMap<string, string>> {
  const { actor, column, value } = of
  if (!hasRight(actor, 'read-cases')) return new Map()
  const rows = await storage
    .selectFrom('seal_use')
    .innerJoin('case_part', 'case_part.use_id', 'seal_use.id')
    .innerJoin('case_file', 'case_file.id', 'case_part.case_id')
    .select(['seal_use.id', 'case_id', 'matter'])
    .where(column, '=', value)
    .where('case_part.office_id', '=', actor.agencyId)
    .execute()
  const matters = allowedMatters(actor, 'read-cases')
  const open = rows.filter(({ matter }) => matters === 'all' || matters.includes(matter))
  return new Map(open.map(({ id, case_id: caseId }) => [id, caseId]))
}

function fileEntry(file: FileEntry): JsonObject {
  return {
    sha256: file.sha256,
    length: file.length,
    mediaType: file.media_type,
    ...(file.name === null ? {} : { name: file.name }),
    ...(file.place === null ? {} : { place: parseJson(file.place) }),
    state: file.state,
    ...(file.sealed_at === null ? {} : { sealedAt: file.sealed_at }),
    ...(file.stamped_at === null ? {} : { stampedAt: file.stamped_at }),
    ...(file.stamp_fault === null ? {} : { stampFault: file.stamp_fault }),
  }
}

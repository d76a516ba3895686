/** Seals and their uses as those see them who have to do with them, and the record that an owner keeps. */
import { isObject, type JsonObject, parseJson } from '@onetrip/codec'
import type { Actor } from '../actors/api-keys.ts'
import type { Services } from '../services.ts'
import type { SealTable, SealUseFileTable, SealUseTable } from '../storage/seal-schema.ts'
import { loadUse } from './request-use.ts'
import { loadSeal } from './seal-rows.ts'

/** Seals of the actor's organisation, and of the makers it makes seals for; the newest first. */
export async function listSeals(
  { storage }: Services,
  actor: Actor,
): Promise<readonly JsonObject[]> {
  const makers = actor.roles.includes('make-seals') ? actor.sealMakers : []
  const owner = OWNERS.some((role) => actor.roles.includes(role)) ? actor.agencyId : ''
  const rows = await storage
    .selectFrom('seal')
    .selectAll()
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
  const uses = await services.storage
    .selectFrom('seal_use')
    .selectAll()
    .where('seal_id', '=', sealId)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return describeUses(services, uses)
}

/** One use. Throws `approval/not-found`. */
export async function describeUse(
  services: Services,
  actor: Actor,
  useId: string,
): Promise<JsonObject> {
  const [described] = await describeUses(services, [await loadUse(services.storage, actor, useId)])
  return described ?? {}
}

/** The record as a table (RFC 4180), a line for each file; a text that a spreadsheet would calculate is quoted as text. */
export function recordTable(record: readonly JsonObject[]): string {
  const lines = record.flatMap((use): readonly JsonObject[] => {
    const files = Array.isArray(use['files']) ? use['files'] : []
    return files.filter(isObject).map((file) => ({ ...use, decision: use['state'] ?? '', ...file }))
  })
  const rows = lines.map((line) => COLUMNS.map((name) => cell(line[name])).join(','))
  return [COLUMNS.join(','), ...rows, ''].join('\r\n')
}

const MAX_LISTED = 1000
const OWNERS = ['own-seals', 'request-seal', 'keep-seals'] as const
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
] as const
/** A spreadsheet takes what begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value)
  const plain = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

function sealEntry(seal: SealTable): JsonObject {
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
    ...(seal.valid_from === null ? {} : { validFrom: seal.valid_from }),
    ...(seal.valid_to === null ? {} : { validTo: seal.valid_to }),
    ...(seal.cose === null ? {} : { cose: seal.cose }),
    ...(seal.jws === null ? {} : { jws: seal.jws }),
  }
}

async function describeUses(
  { storage }: Services,
  uses: readonly SealUseTable[],
): Promise<readonly JsonObject[]> {
  if (uses.length === 0) return []
  const ids = uses.map(({ id }) => id)
  const files = await storage
    .selectFrom('seal_use_file')
    .selectAll()
    .where('use_id', 'in', ids)
    .orderBy('sequence')
    .execute()
  const people = await storage.selectFrom('actor').select(['id', 'name']).execute()
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const filesOf = Map.groupBy(files, ({ use_id: id }) => id)
  return uses.map((use) => ({
    id: use.id,
    seal: use.seal_id,
    purpose: use.purpose,
    state: use.state,
    requestedBy: nameOf.get(use.requester_id) ?? '',
    requestedAt: use.requested_at,
    goodUntil: use.good_until,
    ...(use.keeper_id === null ? {} : { keeper: nameOf.get(use.keeper_id) ?? '' }),
    ...(use.decided_at === null ? {} : { decidedAt: use.decided_at }),
    ...(use.reason === null ? {} : { reason: use.reason }),
    files: (filesOf.get(use.id) ?? []).map(fileEntry),
  }))
}

function fileEntry(file: SealUseFileTable): JsonObject {
  return {
    sha256: file.sha256,
    length: file.length,
    mediaType: file.media_type,
    ...(file.name === null ? {} : { name: file.name }),
    ...(file.place === null ? {} : { place: parseJson(file.place) }),
    state: file.state,
    ...(file.sealed_at === null ? {} : { sealedAt: file.sealed_at }),
  }
}

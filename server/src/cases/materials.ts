/** By what each material of a case is there: a licence of the register, a promise, a file, the form itself, or later (容缺). */
import { fault, type JsonObject, sha256Base64url } from '@onetrip/codec'
import { claimsOf } from '../licences/load-licence.ts'
import type { Services } from '../services.ts'
import type { CaseMaterialTable } from '../storage/case-schema.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'
import { actorIdOf, type CaseActor, formOf, type OpenedCase } from './case-rows.ts'
import { type CaseChange, changeCase } from './draft-case.ts'
import { withOpenFields } from './fixed-by-decision.ts'
import { prefill } from './form.ts'
import { addWorkingDays, dayAt } from './working-days.ts'

/** What somebody says of a material that needs no file and no wallet. */
export type MaterialRequest =
  | { readonly way: 'register'; readonly licence: string }
  | { readonly way: 'promise'; readonly text: string }
  | { readonly way: 'deferred' }

/**
 * Settles a material; answers the case's next version. Throws `case/material` where the guide has no such way for it, `case/evidence` for a
 * licence that does not serve or is not theirs, and for a promise of other words, and what `changeCase` throws.
 */
export async function settleMaterial(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly version: number
    readonly material: string
    readonly request: MaterialRequest
  },
): Promise<number> {
  const { by, material, request } = of
  const act = `case/${request.way === 'register' ? 'material' : request.way}`
  return changeCase(services, { ...of, act }, async (opened, transaction) => {
    const evidence = await evidenceFor(services, transaction, { opened, material, request })
    await keepMaterial(services, transaction, {
      opened,
      by,
      row: {
        code: material,
        way: request.way,
        evidence: evidence.stored,
        due_day: evidence.dueDay ?? null,
      },
    })
    return evidence.change === undefined
      ? { facts: { material, way: request.way } }
      : { facts: { material, way: request.way }, change: evidence.change }
  })
}

/** The material as the guide has it, which may be there in this way. Throws `case/material`. */
export function dueMaterial(
  { plan }: Pick<OpenedCase, 'plan'>,
  code: string,
  way: CaseMaterialTable['way'],
): OpenedCase['plan']['materials'][number] {
  const due = plan.materials.find((one) => one.code === code)
  const isWay =
    due !== undefined &&
    (way === 'deferred' ? due.deferDays !== undefined : due.sources.includes(way))
  if (!isWay) throw fault('case/material')
  return due
}

/** Writes a material, in place of what it was before. */
export async function keepMaterial(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly opened: OpenedCase
    readonly by: CaseActor
    readonly row: Pick<CaseMaterialTable, 'code' | 'way' | 'due_day'> & {
      readonly evidence: JsonObject
    }
  },
): Promise<void> {
  const { opened, by, row } = of
  const values = {
    way: row.way,
    evidence: JSON.stringify(row.evidence),
    due_day: row.due_day,
    at: services.now(),
    actor_id: actorIdOf(by),
  }
  await transaction
    .insertInto('case_material')
    .values({ case_id: opened.row.id, code: row.code, ...values })
    .onConflict((conflict) => conflict.columns(['case_id', 'code']).doUpdateSet(values))
    .execute()
}

/** Licences whose wallets were not asked: this server's own, which are those of whoever applies. */
async function evidenceFor(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly opened: OpenedCase
    readonly material: string
    readonly request: MaterialRequest
  },
): Promise<{
  readonly stored: JsonObject
  readonly dueDay?: string
  readonly change?: CaseChange['change']
}> {
  const { opened, material, request } = of
  const due = dueMaterial(opened, material, request.way)
  if (request.way === 'deferred') {
    // What follows later was said when the case was accepted: its day is not put off.
    if (opened.row.state === 'accepted') throw fault('case/state')
    const dueDay = addWorkingDays(dayAt(services.now()), due.deferDays ?? 0)
    return { stored: { dueDay }, dueDay }
  }
  if (request.way === 'promise') {
    // Agreed to is what the guide says, word for word.
    const words = due.promise?.['zh-CN'] ?? ''
    if (request.text !== words) throw fault('case/evidence')
    const text = { text: words, digest: sha256Base64url(words), at: services.now() }
    return { stored: text }
  }
  const shown = await registeredLicence(transaction, opened, { material, id: request.licence })
  const stored = { ...shown, claims: { ...shown.claims } }
  // What a department has decided by is filled in no more.
  const form = prefill(withOpenFields(opened), formOf(opened.row), {
    material,
    claims: shown.claims,
  })
  return {
    stored,
    change: { form: JSON.stringify(form) },
  }
}

interface RegisteredLicence {
  readonly [name: string]: JsonObject | string | number
  readonly claims: Readonly<Record<string, string | number>>
}

async function registeredLicence(
  reader: StorageReader,
  opened: OpenedCase,
  { material, id }: { readonly material: string; readonly id: string },
): Promise<RegisteredLicence> {
  const row = await reader
    .selectFrom('licence')
    .selectAll()
    .where('id', '=', id)
    .where('holder_reference', '=', opened.row.applicant)
    .executeTakeFirst()
  const accepts = opened.matter.materials.find(({ code }) => code === material)?.accepts ?? []
  const accepted = accepts.find(({ type }) => type === row?.type_code)
  if (row === undefined || accepted === undefined || row.status !== 'valid') {
    throw fault('case/evidence')
  }
  const all = claimsOf(row)
  const claims = accepted.claims.flatMap((name) => {
    const value = Object.hasOwn(all, name) ? all[name] : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    licence: row.id,
    type: row.type_code,
    typeVersion: row.type_version,
    issuer: row.agency_id,
    serial: row.serial,
    version: row.version,
    validFrom: row.valid_from,
    ...(row.valid_to === null ? {} : { validTo: row.valid_to }),
    claims: Object.fromEntries(claims),
  }
}

/** Beginning a case, and filling it in while it is not handed in, or is given back for correction. */
import { fault } from '@onetrip/codec'
import type { Answers } from '@onetrip/credential'
import { recordCitizen } from '../citizens/citizen-acts.ts'
import { recordAct } from '../record/append.ts'
import { caseHold } from '../record/case-hold.ts'
import type { ActFacts } from '../record/fact-names.ts'
import { assertAllowedInMatter } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { CaseTable } from '../storage/case-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import {
  actorIdOf,
  type CaseActor,
  formOf,
  isAtWindow,
  mayInMatter,
  type OpenedCase,
  openCase,
} from './case-rows.ts'
import { assertFieldsOpen, isMaterialFixed } from './fixed-by-decision.ts'
import { type FormValues, fillForm } from './form.ts'
import { planFor } from './guide.ts'
import { loadGuide } from './guides.ts'
import { raiseSeenParts } from './seen-parts.ts'

/** What a case begins with. */
export interface CaseRequest {
  /** Chosen by whoever applies from home, so that a retry begins nothing anew. */
  readonly id?: string | undefined
  readonly matter: string
  readonly answers: Answers
  /** USCC of the office where it is brought; for a clerk their own. */
  readonly office: string
  /** The agency's own reference to whoever applies; for a citizen their own. */
  readonly applicant: string
}

/**
 * Begins a case and answers `{id, version}` as JSON; the same for each retry. Throws `guide/unknown`, `guide/answers`, `request/office` for an office
 * where the matter cannot be brought, `auth/forbidden`, `idempotency/key-reused` for the id of another case.
 */
export async function beginCase(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly request: CaseRequest
    readonly repeatable?: RepeatableRequest | undefined
  },
): Promise<string> {
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: of.repeatable,
      make: () => insertCase(services, transaction, of),
    }),
  )
}

async function insertCase(
  services: Services,
  transaction: StorageTransaction,
  { by, request }: { readonly by: CaseActor; readonly request: CaseRequest },
): Promise<string> {
  const { matter, guide } = await loadGuide(transaction, request.matter)
  if (!matter.offices.includes(request.office)) throw fault('request/office')
  if (by.kind === 'staff') {
    assertAllowedInMatter(by.actor, 'accept-cases', matter.code)
    if (by.actor.agencyId !== request.office) throw fault('auth/forbidden')
  }
  const plan = planFor(guide, matter, request.answers)
  const begun = await begunBefore(transaction, request)
  if (begun !== undefined) return begun
  const { id = services.newId() } = request
  await transaction
    .insertInto('case_file')
    .values({
      id,
      number: null,
      matter: matter.code,
      guide_version: guide.version,
      office_id: request.office,
      state: 'draft',
      version: 1,
      channel: by.kind === 'staff' ? 'counter' : 'home',
      applicant: request.applicant,
      actor_id: actorIdOf(by),
      answers: JSON.stringify(request.answers),
      form: '{}',
      verification_id: null,
      verification_actor: null,
      trips: by.kind === 'staff' ? 1 : 0,
      created_at: services.now(),
      submitted_at: null,
      accepted_at: null,
      closed_at: null,
    })
    .execute()
  const rows = plan.parts.map((part) => ({
    case_id: id,
    code: part.code,
    office_id: part.office,
    state: 'pending' as const,
    version: 1,
    promised_days: part.limit.promisedDays,
    warn_days: part.limit.warnDays,
    began_at: null,
    stopped_days: 0,
    stopped_since: null,
    ended_at: null,
    ended_day: null,
    due_day: null,
    ground: null,
    opinion: null,
    draft: null,
    document: null,
    document_sha256: null,
    use_id: null,
    licence_id: null,
  }))
  // Answers that leave nothing to decide are no case.
  if (rows.length === 0) throw fault('guide/answers')
  await transaction.insertInto('case_part').values(rows).execute()
  await recordBy(services, transaction, {
    by,
    act: 'case/begin',
    facts: {
      case: id,
      matter: matter.code,
      guide: guide.version,
      row: await caseHold(services, transaction, id),
    },
  })
  return JSON.stringify({ id, version: 1 })
}

/** The answer for a case that was begun under the id that was asked for. */
async function begunBefore(
  transaction: StorageTransaction,
  { id, ...request }: CaseRequest,
): Promise<string | undefined> {
  if (id === undefined) return undefined
  const row = await transaction
    .selectFrom('case_file')
    .select(['matter', 'office_id', 'applicant', 'answers', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const isSame =
    row.matter === request.matter &&
    row.office_id === request.office &&
    row.applicant === request.applicant &&
    row.answers === JSON.stringify(request.answers)
  if (!isSame) throw fault('idempotency/key-reused')
  return JSON.stringify({ id, version: row.version })
}

/** Fills in the form; answers the case's next version. Throws `case/form`, `case/state`, `case/changed`, `case/not-found`, `auth/forbidden`. */
export async function saveForm(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly version: number
    readonly values: FormValues
  },
): Promise<number> {
  return changeCase(services, { ...of, act: 'case/form' }, async ({ guide, row }) => ({
    change: { form: JSON.stringify(fillForm(guide, formOf(row), of.values)) },
    facts: { fields: Object.keys(of.values).length },
  }))
}

/** What is written of a case beside its steps. */
export interface CaseChange {
  readonly change?: Partial<Omit<CaseTable, 'id' | 'state' | 'version'>>
  readonly facts: ActFacts
}

/**
 * Changes a case that may be written in, under its version, with an entry of the record; answers the next version. Where `material` is
 * named, one that follows later may come in after the case was accepted, too. Throws `case/not-found`, `auth/forbidden`, `case/changed`, `case/state`, and `case/decided`
 * for what a decision of a department stands on: the fields that its part reads, and the materials that it needs.
 */
export async function changeCase(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly version: number
    readonly act: string
    readonly material?: string | undefined
  },
  write: (opened: OpenedCase, transaction: StorageTransaction) => Promise<CaseChange>,
): Promise<number> {
  const { by, caseId, version, act, material } = of
  return transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by, caseId })
    assertWriter(by, opened.row)
    if (opened.row.version !== version) throw fault('case/changed')
    if (!isWritable(opened, material)) throw fault('case/state')
    if (material !== undefined && isMaterialFixed(opened, material)) throw fault('case/decided')
    const { change = {}, facts } = await write(opened, transaction)
    if (change.form !== undefined) {
      const after = formOf({ form: change.form })
      assertFieldsOpen(opened, { before: formOf(opened.row), after })
    }
    const { numUpdatedRows } = await transaction
      .updateTable('case_file')
      .set({ ...change, version: version + 1 })
      .where('id', '=', caseId)
      .where('version', '=', version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw fault('case/changed')
    await raiseSeenParts(transaction, { opened, material, form: change.form })
    const row = await caseHold(services, transaction, caseId)
    await recordBy(services, transaction, { by, act, facts: { case: caseId, ...facts, row } })
    return version + 1
  })
}

/** The window and whoever applies write in a case; departments read it. */
export function assertWriter(by: CaseActor, row: CaseTable): void {
  if (by.kind === 'citizen') return
  if (!isAtWindow(by, row) || !mayInMatter(by.actor, 'accept-cases', row.matter)) {
    throw fault('auth/forbidden')
  }
}

/** Records an act of staff or of a citizen. */
export async function recordBy(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly by: CaseActor
    readonly act: string
    readonly facts: ActFacts
  },
): Promise<void> {
  const { by, act, facts } = of
  if (by.kind === 'citizen') {
    await recordCitizen(services, transaction, { act, subject: by.citizen.subject, facts })
    return
  }
  const { agencyId: agency, actorId: actor } = by.actor
  await recordAct(services, transaction, { act, agency, actor, facts })
}

function isWritable(opened: OpenedCase, material: string | undefined): boolean {
  const { row, parts, materials, plan } = opened
  if (row.state === 'draft' || row.state === 'returned') return true
  if (row.state !== 'accepted') return false
  const returned = parts.filter(({ state }) => state === 'returned').map(({ code }) => code)
  if (material === undefined) return returned.length > 0
  const isDeferred = materials.some(({ code, way }) => code === material && way === 'deferred')
  const needed = plan.materials.find(({ code }) => code === material)?.parts ?? []
  return isDeferred || needed.some((code) => returned.includes(code))
}

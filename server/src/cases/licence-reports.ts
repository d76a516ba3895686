/**
 * Reports of licences that somebody did not believe: from a counter or a wallet in one step, with the verdict and no more than its evidence. A report
 * holds nothing of whoever showed the licence or of whoever reports it: a digest of what was shown stands for it.
 */
import { ERROR_CODES, fault, type JsonObject } from '@onetrip/codec'
import { isTypeCode, isUscc } from '@onetrip/credential'
import * as v from 'valibot'
import { CHOSEN_ID } from '../http/chosen-id.ts'
import { plainText } from '../licences/plain-text.ts'
import { recordAct } from '../record/append.ts'
import { saidHolds } from '../record/row-hold.ts'
import { type Actor, assertAllowed, hasRight } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { LicenceReportTable } from '../storage/case-schema.ts'
import { transact } from '../storage/database.ts'
import { storedObject } from './case-rows.ts'

/** Largest report in bytes. */
export const MAX_REPORT_BYTES = 4096
const MAX_LISTED = 200
const DIGEST = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

/** What is reported. */
export interface LicenceReport {
  /** Chosen by whoever reports, so that a report that is sent again is the same one. */
  readonly id?: string | undefined
  /** Code of the verdict. */
  readonly code: string
  readonly place: 'counter' | 'wallet'
  /** USCC of the agency that the licence names. */
  readonly agency?: string | undefined
  readonly type?: string | undefined
  /** SHA-256 of what was shown, base64url. */
  readonly digest?: string | undefined
  /** Unix seconds. */
  readonly judgedAt: number
  readonly trustVersion?: number | undefined
  readonly words?: string | undefined
}

/** Body of `POST /reports`. */
export const REPORT_REQUEST: v.GenericSchema<unknown, LicenceReport> = v.pipe(
  v.strictObject({
    id: v.optional(
      v.pipe(
        CHOSEN_ID,
        v.description(
          'Random number of the report; sent again under the same number it is the same one',
        ),
      ),
    ),
    code: v.pipe(
      v.string(),
      v.check((code) => ERROR_CODES.some((known) => known === code)),
      v.description('Code of the verdict'),
    ),
    place: v.picklist(['counter', 'wallet']),
    agency: v.optional(
      v.pipe(v.string(), v.check(isUscc), v.description('The agency that the licence names')),
    ),
    type: v.optional(v.pipe(v.string(), v.check(isTypeCode))),
    digest: v.optional(v.pipe(DIGEST, v.description('SHA-256 of what was shown'))),
    judgedAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800)),
    trustVersion: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    words: v.optional(
      v.pipe(plainText(500), v.description('What happened; no names and numbers of people')),
    ),
  }),
  v.metadata({ ref: 'LicenceReport' }),
)

/** Keeps a report once and answers its id, by which whoever reported can refer to it. Throws `idempotency/key-reused`. */
export async function fileReport(services: Services, report: LicenceReport): Promise<string> {
  const { code, place, words, agency, ...rest } = report
  const { id = services.newId(), ...evidence } = rest
  const stated = JSON.stringify({ ...evidence, ...(agency === undefined ? {} : { agency }) })
  await transact(services.storage, async (transaction) => {
    const before = await transaction
      .selectFrom('licence_report')
      .select(['code', 'place', 'evidence', 'words'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (before !== undefined) {
      const isSame =
        before.code === code &&
        before.place === place &&
        before.evidence === stated &&
        before.words === (words ?? null)
      if (!isSame) throw fault('idempotency/key-reused')
      return
    }
    const known =
      agency === undefined
        ? undefined
        : await transaction
            .selectFrom('agency')
            .select('id')
            .where('id', '=', agency)
            .executeTakeFirst()
    const row: LicenceReportTable = {
      id,
      agency_id: known?.id ?? null,
      code,
      place,
      evidence: stated,
      words: words ?? null,
      at: services.now(),
      state: 'open',
      answer: null,
      answered_by: null,
      answered_at: null,
    }
    await transaction.insertInto('licence_report').values(row).execute()
    await recordAct(services, transaction, {
      act: 'report/file',
      ...(known === undefined ? {} : { agency: known.id }),
      facts: { report: id, code, place, ...saidHolds(services, 'licence_report', row) },
    })
  })
  return id
}

/** Reports of the actor's agency, for an auditor those of no known agency too, open ones first. Throws `auth/forbidden`. */
export async function listReports(
  services: Services,
  actor: Actor,
): Promise<readonly JsonObject[]> {
  assertAllowed(actor, 'read')
  const seesAll = hasRight(actor, 'audit')
  const rows = await services.storage
    .selectFrom('licence_report')
    .selectAll()
    .where((is) =>
      seesAll
        ? is.or([is('agency_id', '=', actor.agencyId), is('agency_id', 'is', null)])
        : is('agency_id', '=', actor.agencyId),
    )
    .orderBy((row) => row.case().when('state', '=', 'open').then(0).else(1).end())
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_LISTED)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    agency: row.agency_id,
    code: row.code,
    place: row.place,
    evidence: storedObject(row.evidence),
    words: row.words,
    at: row.at,
    state: row.state,
    answer: row.answer,
    answeredAt: row.answered_at,
  }))
}

/** Says what came of a report, once. Throws `auth/forbidden`, `report/not-found`, `report/settled`. */
export async function answerReport(
  services: Services,
  of: { readonly actor: Actor; readonly id: string; readonly answer: string },
): Promise<void> {
  const { actor, id, answer } = of
  assertAllowed(actor, 'change-status')
  await transact(services.storage, async (transaction) => {
    const row = await transaction
      .selectFrom('licence_report')
      .select(['state', 'agency_id'])
      .where('id', '=', id)
      .executeTakeFirst()
    const isOwn = row?.agency_id === actor.agencyId
    const isNobodys = row?.agency_id === null && hasRight(actor, 'audit')
    if (row === undefined || !(isOwn || isNobodys)) throw fault('report/not-found')
    if (row.state !== 'open') throw fault('report/settled')
    const answered = await transaction
      .updateTable('licence_report')
      .set({
        state: 'answered',
        answer,
        answered_by: actor.actorId,
        answered_at: services.now(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAct(services, transaction, {
      act: 'report/answer',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: { report: id, ...saidHolds(services, 'licence_report', answered) },
    })
  })
}

/** How a report stands, for whoever has its id; nothing of who answered. Throws `report/not-found`. */
export async function reportState(services: Services, id: string): Promise<JsonObject> {
  const row = await services.storage
    .selectFrom('licence_report')
    .select(['state', 'answer', 'answered_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw fault('report/not-found')
  return { id, state: row.state, answer: row.answer, answeredAt: row.answered_at }
}

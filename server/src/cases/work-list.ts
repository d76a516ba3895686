/** Lists of cases: what lies with an office and waits for it, with the clocks of its parts; and what a citizen has under way. */
import type { JsonObject } from '@onetrip/codec'
import type { Actor } from '../rights/actor.ts'
import { allowedMatters, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { CasePartTable, CaseTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import { type CaseState, PARTS_OVER, type PartState } from './case-steps.ts'
import { limitOf } from './describe-case.ts'
import { waitingCases, waitingParts } from './waiting-states.ts'

/** Cases of a page. */
export const PAGE_CASES = 50

/** Which cases are wanted. */
export interface CaseQuery {
  readonly state?: CaseState | undefined
  readonly partState?: PartState | undefined
  readonly matter?: string | undefined
  readonly number?: string | undefined
  /** Those alone in which the actor may take a step on. */
  readonly waiting?: 'me' | undefined
  /** Cases before this id, for the next page. */
  readonly before?: string | undefined
}

/** Cases that concern the actor's organisation, the newest first. Throws `auth/forbidden`. */
export async function listCases(
  services: Services,
  actor: Actor,
  query: CaseQuery,
): Promise<JsonObject> {
  assertAllowed(actor, 'read-cases')
  const matters = allowedMatters(actor, 'read-cases')
  const { agencyId } = actor
  const { state, matter, number, before } = query
  let wanted = services.storage
    .selectFrom('case_file')
    .selectAll()
    .where((is) =>
      is.or([
        is('office_id', '=', agencyId),
        is.and([
          is('accepted_at', 'is not', null),
          is.exists(
            is
              .selectFrom('case_part')
              .select('code')
              .whereRef('case_id', '=', 'case_file.id')
              .where('case_part.office_id', '=', agencyId),
          ),
        ]),
      ]),
    )
  if (matters !== 'all') wanted = wanted.where('matter', 'in', [...matters])
  if (state !== undefined) wanted = wanted.where('state', '=', state)
  if (matter !== undefined) wanted = wanted.where('matter', '=', matter)
  if (number !== undefined) wanted = wanted.where('number', '=', number)
  if (before !== undefined) wanted = wanted.where('id', '<', before)
  if (query.partState !== undefined) {
    const { partState } = query
    wanted = wanted.where((is) =>
      is.exists(
        is
          .selectFrom('case_part')
          .select('code')
          .whereRef('case_id', '=', 'case_file.id')
          .where('case_part.office_id', '=', agencyId)
          .where('case_part.state', '=', partState),
      ),
    )
  }
  if (query.waiting !== undefined) {
    wanted = wanted.where((is) => {
      const inMatters = (matters: 'all' | readonly string[]) =>
        matters === 'all' ? [] : [is('matter', 'in', [...matters])]
      const openParts = is
        .selectFrom('case_part')
        .select('code')
        .whereRef('case_id', '=', 'case_file.id')
        .where('case_part.state', 'not in', [...PARTS_OVER])
      return is.or([
        ...waitingCases(actor).map(({ state: from, matters: own }) =>
          is.and([
            is('office_id', '=', agencyId),
            is('state', '=', from),
            // What is being filled in at home lies with whoever applies.
            is.or([is('state', '!=', 'draft'), is('channel', '=', 'counter')]),
            // One that is under way lies with the departments until their parts are over.
            ...(from === 'accepted' ? [is.not(is.exists(openParts))] : []),
            ...inMatters(own),
          ]),
        ),
        ...waitingParts(actor).map(({ state: from, at, matters: own }) =>
          is.and([
            is('case_file.state', '=', 'accepted'),
            ...inMatters(own),
            is.exists(
              is
                .selectFrom('case_part')
                .select('code')
                .whereRef('case_id', '=', 'case_file.id')
                .where('case_part.state', '=', from)
                .where((part) =>
                  part.or([
                    ...(at === 'window' ? [] : [part('case_part.office_id', '=', agencyId)]),
                    ...(at === 'department' ? [] : [part('case_file.office_id', '=', agencyId)]),
                  ]),
                ),
            ),
          ]),
        ),
      ])
    })
  }
  const rows = await wanted
    .orderBy('id', 'desc')
    .limit(PAGE_CASES + 1)
    .execute()
  const page = rows.slice(0, PAGE_CASES)
  const last = page.at(-1)
  return {
    cases: await described(services, page, agencyId),
    ...(rows.length > PAGE_CASES && last !== undefined ? { next: last.id } : {}),
  }
}

/** A citizen's cases, the newest first. */
export async function listMyCases(
  services: Services,
  applicant: string,
): Promise<readonly JsonObject[]> {
  const rows = await services.storage
    .selectFrom('case_file')
    .selectAll()
    .where('applicant', '=', applicant)
    .orderBy('id', 'desc')
    .limit(PAGE_CASES)
    .execute()
  return described(services, rows, undefined)
}

async function described(
  services: Services,
  rows: readonly CaseTable[],
  agencyId: string | undefined,
): Promise<readonly JsonObject[]> {
  const parts = await partsOf(
    services.storage,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    matter: row.matter,
    office: row.office_id,
    ...(row.office_id === agencyId ? { applicant: row.applicant } : {}),
    state: row.state,
    version: row.version,
    channel: row.channel,
    createdAt: row.created_at,
    acceptedAt: row.accepted_at,
    parts: parts
      .filter(
        (part) =>
          part.case_id === row.id &&
          (agencyId === undefined || row.office_id === agencyId || part.office_id === agencyId),
      )
      .map((part) => ({
        code: part.code,
        office: part.office_id,
        state: part.state,
        version: part.version,
        limit: limitOf(services, part),
      })),
  }))
}

async function partsOf(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly CasePartTable[]> {
  if (ids.length === 0) return []
  return reader
    .selectFrom('case_part')
    .selectAll()
    .where('case_id', 'in', [...ids])
    .orderBy('code')
    .execute()
}

/**
 * The part of the record's audit that holds licences against it: a licence reads as the last act about its status left it, and so
 * does each of its credentials that was not withdrawn. Licences from before there was a record are not in it.
 */
import { fromBase64url } from '@onetrip/codec'
import { readOpening } from '@onetrip/log'
import { STATUS } from '@onetrip/status'
import type { Services } from '../services.ts'
import type { RecordFault } from './audit.ts'

const ROWS = 512
/** Acts that leave a licence with a status: valid by the first, what it says by the other. */
const ISSUED = 'licence/issue'
const CHANGED = 'licence/status'

interface Told {
  readonly licence: string
  /** Index of the act. */
  readonly place: number
  readonly status: string
}

/** The act that a licence, or a credential of it, does not follow; the rows of the record itself have been audited. */
export async function statusFault(services: Services): Promise<RecordFault | undefined> {
  for (let after = ''; ; ) {
    const licences = await services.storage
      .selectFrom('licence')
      .select(['id', 'status'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS)
      .execute()
    const last = licences.at(-1)
    if (last === undefined) return undefined
    after = last.id
    const told = await toldOf(
      services,
      licences.map(({ id }) => id),
    )
    for (const { id, status } of licences) {
      const due = told.get(id)
      if (due !== undefined && due.status !== status) return { table: 'licence', place: due.place }
    }
    const place = await credentialPlace(services, told)
    if (place !== undefined) return { table: 'credential', place }
  }
}

/** What the newest act about each licence's status says. */
async function toldOf(
  { storage }: Services,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Told>> {
  const rows = await storage
    .selectFrom('log_word as about')
    .innerJoin('log_word as done', 'done.idx', 'about.idx')
    .innerJoin('log_fact', 'log_fact.idx', 'about.idx')
    .select(['about.word as licence', 'about.idx as place', 'done.word as act', 'opening'])
    .where('about.word', 'in', ids)
    .where('done.word', 'in', [ISSUED, CHANGED])
    .orderBy('about.idx')
    .execute()
  // Of several acts the last one stays.
  return new Map(
    rows.map(({ licence, place, act, opening }) => {
      const to = act === ISSUED ? 'valid' : readOpening(fromBase64url(opening)).get('to')
      return [licence, { licence, place, status: String(to) }]
    }),
  )
}

async function credentialPlace(
  { storage }: Services,
  told: ReadonlyMap<string, Told>,
): Promise<number | undefined> {
  if (told.size === 0) return undefined
  const rows = await storage
    .selectFrom('credential')
    .innerJoin('licence', 'licence.id', 'credential.licence_id')
    .select(['licence_id', 'licence.status as due', 'credential.status', 'withdrawn_at'])
    .where('licence_id', 'in', [...told.keys()])
    .where('state', '!=', 'void')
    .orderBy('licence_id')
    .execute()
  const other = rows.find(
    ({ due, status, withdrawn_at: withdrawnAt }) =>
      status !== (withdrawnAt === null ? STATUS[due] : STATUS.revoked),
  )
  return other && told.get(other.licence_id)?.place
}

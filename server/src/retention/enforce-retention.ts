/** Forgets what is due by the table of retention; of several servers one does, each time, and what was forgotten is logged without it. */
import { Fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { repeatEachSecond } from '../repeat-each-second.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { withLease } from '../storage/lease.ts'
import { assertClockNotAhead } from '../trust-data/clock-doubt.ts'
import { forgetCases } from './forget-case.ts'
import { lapseCases } from './lapse-cases.ts'
import { REPORT_DAYS } from './retention-table.ts'

const AGAIN_SECONDS = 3_600
const LEASE_SECONDS = 600
const DAY_SECONDS = 86_400
const ANSWER_DAYS = 30

/** By a time that each row bears. */
const ENDED = [
  { table: 'session', end: 'ends_at' },
  { table: 'staff_session', end: 'ends_at' },
  { table: 'sign_in', end: 'expires_at' },
  { table: 'sign_in_code', end: 'expires_at' },
  { table: 'access_token', end: 'expires_at' },
  { table: 'authorization_request', end: 'expires_at' },
  { table: 'deferred', end: 'expires_at' },
  { table: 'verification', end: 'forget_at' },
  { table: 'shown_presentation', end: 'forget_at' },
] as const

/** The running work. */
export interface RetentionKeeper {
  /** Ends it; resolves when nothing of it runs any more. */
  readonly close: () => Promise<void>
}

/** Enforces the table every hour until it is closed. */
export function keepRetention(services: Services): RetentionKeeper {
  let next = services.now()
  const close = repeatEachSecond(async () => {
    if (services.now() < next) return
    next = services.now() + AGAIN_SECONDS
    try {
      await withLease(services, {
        name: 'retention',
        seconds: LEASE_SECONDS,
        work: async () => {
          await enforceRetention(services)
        },
      })
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'unexpected'
      services.log('retention/not-enforced', { code })
    }
  })
  return { close }
}

/** Forgets all that is due; answers how many rows of each store that had any. Throws `clock/ahead`: what is forgotten by a wrong clock does not come back. */
export async function enforceRetention(
  services: Services,
): Promise<Readonly<Record<string, number>>> {
  await assertClockNotAhead(services)
  const forgotten: Record<string, number> = {}
  const note = (store: string, count: number): void => {
    if (count === 0) return
    forgotten[store] = count
    services.log('retention/forgot', { store, count })
  }
  for (const { table, end } of ENDED) note(table, await deleteEnded(services, table, end))
  note('idempotency', await deleteAnswers(services))
  note('licence_report', await emptyReports(services))
  const lapsed = await lapseCases(services)
  if (lapsed > 0) services.log('retention/lapsed', { count: lapsed })
  note('case_file', await forgetCases(services))
  return forgotten
}

function deleteEnded(
  { storage, now }: Services,
  table: (typeof ENDED)[number]['table'],
  end: (typeof ENDED)[number]['end'],
): Promise<number> {
  return transact(storage, async (transaction) => {
    const { ref } = transaction.dynamic
    const { numDeletedRows } = await transaction
      .deleteFrom(table)
      .where(ref<string>(end), '<=', now())
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}

function deleteAnswers({ storage, now }: Services): Promise<number> {
  return transact(storage, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('idempotency')
      .where('created_at', '<', now() - ANSWER_DAYS * DAY_SECONDS)
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}

function emptyReports(services: Services): Promise<number> {
  const { storage, now } = services
  return transact(storage, async (transaction) => {
    const rows = await transaction
      .updateTable('licence_report')
      .set({ words: null, answer: null, evidence: '{}' })
      .where('state', '=', 'answered')
      .where('answered_at', '<=', now() - REPORT_DAYS * DAY_SECONDS)
      .where('evidence', '!=', '{}')
      .returning('id')
      .execute()
    if (rows.length > 0) {
      const facts = { store: 'licence_report', count: rows.length }
      await recordAct(services, transaction, { act: 'retention/forget', facts })
    }
    return rows.length
  })
}

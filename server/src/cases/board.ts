/** The board (最多跑一次率, 材料减免数, 时限): how often people had to come, what they did not have to bring, and what was in time. */
import type { JsonObject } from '@onetrip/codec'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type BoardCounts, countBoard } from '../storage/board-counts.ts'
import { dayAt } from './working-days.ts'

/**
 * Figures of the actor's organisation, as the window or as a department, over cases that were accepted from `since` on (Unix seconds), by one query.
 * Throws `auth/forbidden`.
 */
export async function readBoard(
  services: Services,
  actor: Actor,
  since: number,
): Promise<JsonObject> {
  assertAllowed(actor, 'read-cases')
  const scope = { agencyId: actor.agencyId, since, today: dayAt(services.now()) }
  return describe(await countBoard(services.storage, scope), since)
}

function describe(row: BoardCounts, since: number): JsonObject {
  return {
    since,
    cases: { accepted: row.accepted, open: row.open, closed: row.closed },
    trips: {
      atMostOnce: row.at_most_once,
      never: row.no_trips,
      atMostOnceRate: rate(row.at_most_once, row.closed),
    },
    materials: { spared: row.spared, asked: row.asked, late: row.late_materials },
    limits: {
      decided: row.decided,
      inTime: row.in_time,
      underWay: row.under_way,
      overdue: row.overdue,
      inTimeRate: rate(row.in_time, row.decided),
    },
    feedback: {
      ratings: row.ratings,
      good: row.good,
      goodRate: rate(row.good, row.ratings),
      levels: {
        5: row.level_5,
        4: row.level_4,
        3: row.level_3,
        2: row.level_2,
        1: row.level_1,
      },
    },
  }
}

/** Between 0 and 1; null where there is nothing to count. */
function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

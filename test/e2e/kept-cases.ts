/**
 * Cases of a year at an office, laid straight into a demo's database: what a board and a list of ratings show of many. No act brought them, so
 * an audit of such a demo names the first of them, as it has to.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Demo } from './demo.ts'

const MATTER = 'open-restaurant'
const DAY_SECONDS = 86_400
const ROUNDS = [
  { state: 'closed', trips: 0, level: 5, words: '一次没跑就办好了，证照当天进了手机' },
  { state: 'closed', trips: 1, level: 4, words: null },
  { state: 'archived', trips: 1, level: 3, words: null },
  { state: 'closed', trips: 2, level: 1, words: '材料交了两回，没有人说明缺什么' },
  { state: 'accepted', trips: 0, level: undefined, words: null },
] as const

/** Lays `count` cases of the organisation of a member, of which some are rated and one in ten is late. */
export function keepCases(
  { dataDir }: Pick<Demo, 'dataDir'>,
  { subject, count }: { readonly subject: string; readonly count: number },
): void {
  const database = new DatabaseSync(join(dataDir, 'onetrip.sqlite'), { timeout: 30_000 })
  try {
    const found = database
      .prepare(
        'select g.agency_id as office from staff_grant g join staff s on s.id = g.staff_id where s.subject = ?',
      )
      .get(subject)
    const office = String(found?.['office'])
    const now = Math.floor(Date.now() / 1000)
    database.exec('begin immediate')
    for (let at = 0; at < count; at += 1) keepCase(database, { office, at, now })
    database.exec('commit')
  } finally {
    database.close()
  }
}

function keepCase(
  database: DatabaseSync,
  { office, at, now }: { readonly office: string; readonly at: number; readonly now: number },
): void {
  const round = ROUNDS[at % ROUNDS.length] ?? ROUNDS[0]
  const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`
  const accepted = now - (at + 5) * DAY_SECONDS
  const isOpen = round.state === 'accepted'
  const [ended, due] = [dayOf(accepted + 3 * DAY_SECONDS), dayOf(accepted + 5 * DAY_SECONDS)]
  database
    .prepare(
      `insert into case_file values (?, ?, ?, (select max(version) from guide where matter = '${MATTER}'), ?, ?, 1, 'counter', '样例申请人', null, '{}', '{}', null, null, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[id, `SL-${String(at).padStart(6, '0')}`, MATTER, office, round.state, round.trips],
      ...[accepted, accepted, accepted, isOpen ? null : accepted + 4 * DAY_SECONDS],
    )
  const isLate = at % 10 === 7
  database
    .prepare(
      `insert into case_part values (?, 'food-business-licence', ?, ?, 1, 5, 1, ?, 0, null, ?, ?, ?, null, null, null, null, null, null, null)`,
    )
    .run(
      id,
      office,
      isOpen ? 'reviewing' : 'delivered',
      accepted,
      isOpen ? null : accepted + 3 * DAY_SECONDS,
      isOpen ? null : ended,
      isLate ? dayOf(accepted) : due,
    )
  for (const [code, way] of [
    ['identity', 'licence'],
    ['premises', at % 3 === 0 ? 'register' : 'upload'],
    ['promise', 'promise'],
  ] as const) {
    database
      .prepare(`insert into case_material values (?, ?, ?, '{}', null, ?, null)`)
      .run(id, code, way, accepted)
  }
  if (round.level === undefined) return
  const isBad = round.level <= 2
  database
    .prepare(
      `insert into case_feedback values (?, ?, 'food-business-licence', ?, ?, ?, ?, ?, ?, null, null, null)`,
    )
    .run(
      id,
      id,
      office,
      round.level,
      round.words,
      now - at * 7200,
      isBad ? 'open' : 'none',
      isBad ? dayOf(now + 9 * DAY_SECONDS) : null,
    )
}

function dayOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10)
}

/** The figures of the board, counted by one query on either database. */
import { sql } from 'kysely'
import type { StorageReader } from './database.ts'

/** What is counted of an organisation's cases. */
export interface BoardCounts {
  readonly accepted: number
  readonly open: number
  readonly closed: number
  readonly at_most_once: number
  readonly no_trips: number
  readonly spared: number
  readonly asked: number
  readonly decided: number
  readonly in_time: number
  readonly under_way: number
  readonly overdue: number
  readonly late_materials: number
  readonly ratings: number
  readonly good: number
  readonly level_5: number
  readonly level_4: number
  readonly level_3: number
  readonly level_2: number
  readonly level_1: number
}

/** Whose cases are counted, and since when they were accepted. */
export interface BoardScope {
  /** USCC of the window or the department. */
  readonly agencyId: string
  /** Unix seconds. */
  readonly since: number
  /** The day of the question, in Shanghai. */
  readonly today: string
}

/** Counts. */
export async function countBoard(
  reader: StorageReader,
  { agencyId, since, today }: BoardScope,
): Promise<BoardCounts> {
  // Days of this form are in the order of their texts.
  const result = await sql<BoardCounts>`
    with own as (
      select id, state, trips from case_file
      where accepted_at >= ${since} and (office_id = ${agencyId} or exists (
        select 1 from case_part where case_part.case_id = case_file.id and case_part.office_id = ${agencyId}))
    ), rated as (
      select level from case_feedback where office_id = ${agencyId} and at >= ${since}
    ), parts as (
      select ended_day, due_day from case_part
      where case_id in (select id from own) and state <> 'withdrawn' and began_at is not null
    )
    select
      (select count(*) from own) as accepted,
      (select count(*) from own where state = 'accepted') as open,
      (select count(*) from own where state in ('closed', 'archived')) as closed,
      (select count(*) from own where state in ('closed', 'archived') and trips <= 1) as at_most_once,
      (select count(*) from own where state in ('closed', 'archived') and trips = 0) as no_trips,
      (select count(*) from case_material where case_id in (select id from own)
        and way in ('licence', 'register', 'promise', 'generated')) as spared,
      (select count(*) from case_material where case_id in (select id from own)
        and way in ('upload', 'deferred')) as asked,
      (select count(*) from parts where ended_day is not null) as decided,
      (select count(*) from parts where ended_day <= due_day) as in_time,
      (select count(*) from parts where ended_day is null) as under_way,
      (select count(*) from parts where ended_day is null and due_day < ${today}) as overdue,
      (select count(*) from case_material where case_id in (select id from own where state = 'accepted')
        and way = 'deferred' and due_day < ${today}) as late_materials,
      (select count(*) from rated) as ratings,
      (select count(*) from rated where level >= 4) as good,
      (select count(*) from rated where level = 5) as level_5,
      (select count(*) from rated where level = 4) as level_4,
      (select count(*) from rated where level = 3) as level_3,
      (select count(*) from rated where level = 2) as level_2,
      (select count(*) from rated where level = 1) as level_1
  `.execute(reader)
  const row = result.rows[0]
  if (row === undefined) throw new TypeError('board: a query without a row')
  return numbersOf(row)
}

/** Some databases answer counts as text. */
function numbersOf(row: BoardCounts): BoardCounts {
  return {
    accepted: Number(row.accepted),
    open: Number(row.open),
    closed: Number(row.closed),
    at_most_once: Number(row.at_most_once),
    no_trips: Number(row.no_trips),
    spared: Number(row.spared),
    asked: Number(row.asked),
    decided: Number(row.decided),
    in_time: Number(row.in_time),
    under_way: Number(row.under_way),
    overdue: Number(row.overdue),
    late_materials: Number(row.late_materials),
    ratings: Number(row.ratings),
    good: Number(row.good),
    level_5: Number(row.level_5),
    level_4: Number(row.level_4),
    level_3: Number(row.level_3),
    level_2: Number(row.level_2),
    level_1: Number(row.level_1),
  }
}

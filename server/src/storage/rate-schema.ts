/** How often something was done, for limits; nothing in it says who. */

/** One name in one window of one limit. */
export interface RateWindowTable {
  /** HMAC over limit and name, base64url. */
  readonly name: string
  /** Unix seconds. */
  readonly window_start: number
  readonly ends_at: number
  readonly count: number
}

/** The statements that make the table. */
export const RATE_TABLES: readonly string[] = [
  `create table rate_window (
    name text not null, window_start integer not null, ends_at integer not null,
    count integer not null, primary key (name, window_start))`,
  'create index rate_window_end on rate_window (ends_at)',
]

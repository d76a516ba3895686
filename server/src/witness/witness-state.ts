/**
 * What a witness remembers: of each log the checkpoint that it cosigned last, in a database of its own. A checkpoint takes the place of
 * exactly the one that it was judged against, in one statement, and is on the medium when that returns; of two at once only one can.
 */
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fromBase64url, toBase64url } from '@onetrip/codec'
import { assertDurable } from '../storage/sqlite.ts'

const OWNER_ONLY = 0o600
const BUSY_MILLISECONDS = 5_000
const FORMAT = 1
/** Proofs of forks that are kept of one log. */
const MAX_FORKS = 64

/** The checkpoint of a log that was cosigned last. */
export interface Witnessed {
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
  /** The note with the log's signature and the witness's own. */
  readonly note: string
  /** When it was cosigned, epoch seconds. */
  readonly at: number
}

/** An opened memory; logs are named by their origin. */
export interface WitnessState {
  readonly latest: (origin: string) => Witnessed | undefined
  /** Keeps `next` in place of `before`; false, and nothing is kept, where something else stands there, or something later. */
  readonly advance: (
    origin: string,
    step: { readonly before: Witnessed | undefined; readonly next: Witnessed },
  ) => boolean
  /** Keeps two notes of a log that contradict each other. */
  readonly accuse: (
    origin: string,
    fork: { readonly known: string; readonly other: string },
  ) => void
  /** Those notes, oldest first. */
  readonly forks: (origin: string) => readonly { readonly known: string; readonly other: string }[]
  readonly close: () => void
}

const TABLES = `
  create table if not exists format (version integer primary key);
  insert or ignore into format (version) values (${FORMAT});
  create table if not exists witnessed (
    origin text primary key, size integer not null, root text not null, note text not null,
    at integer not null) strict;
  create table if not exists fork (
    origin text not null, known text not null, other text not null,
    primary key (origin, known, other)) strict;`

/** Opens the memory in a file, which is made at first. Throws where it is of a later version, or commits would not be durable. */
export function openWitnessState(file: string): WitnessState {
  closeSync(openSync(file, 'a', OWNER_ONLY))
  const database = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS })
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = full')
  assertDurable(database)
  database.exec(TABLES)
  const { version } = database.prepare('select max(version) as version from format').get() ?? {}
  if (version !== FORMAT) throw new Error('witness: the state was written by a later version')
  const select = database.prepare('select size, root, note, at from witnessed where origin = ?')
  const first = database.prepare('insert or ignore into witnessed values (?, ?, ?, ?, ?)')
  const next = database.prepare(
    `update witnessed set size = ?, root = ?, note = ?, at = ?
      where origin = ? and size = ? and root = ? and at <= ?`,
  )
  const addFork = database.prepare(
    `insert or ignore into fork
      select ?, ?, ? where (select count(*) from fork where origin = ?) < ${MAX_FORKS}`,
  )
  const selectForks = database.prepare(
    'select known, other from fork where origin = ? order by rowid',
  )
  return {
    latest: (origin) => {
      const row = select.get(origin)
      if (row === undefined) return undefined
      const { size, root, note, at } = row
      return {
        size: Number(size),
        root: fromBase64url(String(root)),
        note: String(note),
        at: Number(at),
      }
    },
    advance: (origin, { before, next: { size, root, note, at } }) => {
      const row = [size, toBase64url(root), note, at] as const
      const { changes } =
        before === undefined
          ? first.run(origin, ...row)
          : next.run(...row, origin, before.size, toBase64url(before.root), at)
      return changes === 1
    },
    accuse: (origin, { known, other }) => {
      addFork.run(origin, known, other, origin)
    },
    forks: (origin) =>
      selectForks
        .all(origin)
        .map(({ known, other }) => ({ known: String(known), other: String(other) })),
    close: () => database.close(),
  }
}

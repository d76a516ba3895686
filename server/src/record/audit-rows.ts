/**
 * The part of the record's audit that holds other tables against it: a row reads as the acts about it left it, and is there if one of
 * them brought it. Rows are read some at a time; one that does not fit is looked at once more while nobody writes. Rows from before there was a
 * record have no act that brought them, and are held together by its first one.
 */
import { fromBase64url } from '@onetrip/codec'
import { type Fact, readOpening } from '@onetrip/log'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import type { RecordFault } from './audit.ts'
import { olderRows } from './older-rows.ts'
import { rowHold } from './row-hold.ts'

const ROWS = 512

/** An act that is about a row. */
export interface ActAbout {
  /** Its index. */
  readonly place: number
  readonly act: string
  readonly at: number
  readonly facts: ReadonlyMap<string, Fact>
}

/** A row that the record is about, with what of other tables belongs to it. */
export interface AuditedRow {
  readonly id: string
  /** When it came to be, Unix seconds; undefined where it may be without an act. */
  readonly bornAt: number | undefined
}

type AuditedTable =
  | 'licence'
  | 'credential'
  | 'offer'
  | 'seal'
  | 'seal_use'
  | 'counter'
  | 'signing_key'
  | 'office_key'
  | 'seal_maker_key'
  | 'api_key'
  | 'staff'
  | 'staff_grant'
  | 'staff_person'
  | 'staff_session'
  | 'batch'
  | 'case_file'
  | 'case_feedback'
  | 'licence_report'
  | 'licence_order'

/** How the rows of a table follow from acts. */
export interface RowRule<Row extends AuditedRow> {
  readonly table: AuditedTable
  /** The fact under which acts name a row. */
  readonly name: string
  /** Acts that bring a row. */
  readonly begins: readonly string[]
  /** Acts that are looked at, by the word under which they are found. */
  readonly acts: readonly {
    readonly word: (row: Row) => string
    readonly kinds: readonly string[]
  }[]
  readonly load: (reader: StorageReader, ids: readonly string[]) => Promise<readonly Row[]>
  /** The table that is at fault; `acts` in the order in which they were done, those that bring the row among them. */
  readonly fault: (row: Row, acts: readonly ActAbout[]) => RecordFault['table'] | undefined
}

/** The first row of a table that is not as the acts about it left it. */
export async function rowFault<Row extends AuditedRow>(
  services: Services,
  rule: RowRule<Row>,
): Promise<RecordFault | undefined> {
  // Where the first act holds none, there were none. Those of its own second are held with the older ones.
  const hasOlder = (await olderRows(services.storage)).has(rule.table)
  const begin = hasOlder ? await beginOfRecord(services.storage) : -Infinity
  for (let after: string | undefined; ; ) {
    const from = services.storage.selectFrom(rule.table).select('id').orderBy('id').limit(ROWS)
    const found = await (after === undefined ? from : from.where('id', '>', after)).execute()
    const ids = found.map(({ id }) => id)
    const last = ids.at(-1)
    if (last === undefined) return undefined
    after = last
    if (!ids.every(isId)) return { table: rule.table }
    for (const id of (await badIn(services.storage, { rule, ids, begin })).keys()) {
      const bad = await whileNobodyWrites(services, (reader) =>
        badIn(reader, { rule, ids: [id], begin }),
      )
      const fault = bad.get(id)
      if (fault !== undefined) return fault
    }
  }
}

/** The first act that brought a row of one of these tables that is not there. */
export async function missingFault(
  services: Services,
  wanted: {
    readonly act: string
    readonly name: string
    readonly tables: readonly [AuditedTable, ...AuditedTable[]]
  },
): Promise<RecordFault | undefined> {
  const { act, name, tables } = wanted
  for await (const acts of actsOf(services.storage, act)) {
    const missing = new Map(acts.map(({ place, facts }) => [String(facts.get(name)), place]))
    for (const table of tables) {
      const rows = await services.storage
        .selectFrom(table)
        .select('id')
        .where('id', 'in', [...missing.keys()])
        .execute()
      for (const { id } of rows) missing.delete(id)
    }
    const [first] = missing
    if (first !== undefined) return { table: tables[0], place: first[1], id: first[0] }
  }
  return undefined
}

/** All acts of a kind, in order, some at a time. */
export async function* actsOf(
  reader: StorageReader,
  kind: string,
): AsyncGenerator<readonly ActAbout[]> {
  for (let after = -1; ; ) {
    const rows = await reader
      .selectFrom('log_word')
      .innerJoin('log_entry', 'log_entry.idx', 'log_word.idx')
      .innerJoin('log_fact', 'log_fact.idx', 'log_word.idx')
      .select(['log_word.idx as place', 'word as act', 'at', 'opening'])
      .where('word', '=', kind)
      .where('log_word.idx', '>', after)
      .orderBy('log_word.idx')
      .limit(ROWS)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.place
    yield rows.map(actOf)
  }
}

/** What `read` says of a state in which nobody else writes. */
export function whileNobodyWrites<Result>(
  { storage }: Services,
  read: (reader: StorageReader) => Promise<Result>,
): Promise<Result> {
  return storage.isTransaction ? read(storage) : transact(storage, read)
}

/** Whether a row is what the newest act that holds it says; one from before rows were held is taken as it is. */
export function isHeld(
  services: Services,
  acts: readonly ActAbout[],
  texts: readonly string[],
): boolean {
  const hold = acts.findLast(({ facts }) => facts.has('row'))?.facts.get('row')
  return hold === undefined || hold === rowHold(services, texts)
}

/** Whether a time of a row is that of an act, which another second of the same transaction may have; none where there was no act. */
export function isTimeOf(at: number | null, act: ActAbout | undefined): boolean {
  if (at === null || act === undefined) return at === null && act === undefined
  return Math.abs(act.at - at) <= 1
}

/** SQLite keeps what is no text under a key that is said to be text, nothing at all too; by such an id no act is found. */
function isId(id: unknown): boolean {
  return typeof id === 'string' && id !== ''
}

async function badIn<Row extends AuditedRow>(
  reader: StorageReader,
  of: { readonly rule: RowRule<Row>; readonly ids: readonly string[]; readonly begin: number },
): Promise<ReadonlyMap<string, RecordFault>> {
  const { rule, ids, begin } = of
  const rows = await rule.load(reader, ids)
  const about = await Promise.all(
    rule.acts.map(async ({ word, kinds }) => {
      const words = [...new Set(rows.map(word))]
      return { word, acts: await actsAbout(reader, words, kinds) }
    }),
  )
  const bad = new Map<string, RecordFault>()
  for (const row of rows) {
    const acts = about
      .flatMap(({ word, acts: byWord }) => byWord.get(word(row)) ?? [])
      .sort((one, other) => one.place - other.place)
    const isBrought = acts.some(
      ({ act, facts }) => rule.begins.includes(act) && facts.get(rule.name) === row.id,
    )
    const isFromNowhere = !isBrought && row.bornAt !== undefined && row.bornAt > begin
    const table = isFromNowhere ? rule.table : rule.fault(row, acts)
    if (table === undefined) continue
    const place = acts.at(-1)?.place
    bad.set(row.id, { table, ...(place === undefined ? {} : { place }), id: row.id })
  }
  return bad
}

/** Acts of some kinds that are found under some words, by word. */
async function actsAbout(
  reader: StorageReader,
  words: readonly string[],
  kinds: readonly string[],
): Promise<ReadonlyMap<string, readonly ActAbout[]>> {
  if (words.length === 0) return new Map()
  const rows = await reader
    .selectFrom('log_word as about')
    .innerJoin('log_word as done', 'done.idx', 'about.idx')
    .innerJoin('log_entry', 'log_entry.idx', 'about.idx')
    .innerJoin('log_fact', 'log_fact.idx', 'about.idx')
    .select(['about.word as word', 'about.idx as place', 'done.word as act', 'at', 'opening'])
    .where('about.word', 'in', words)
    .where('done.word', 'in', kinds)
    .execute()
  const byWord = Map.groupBy(rows, ({ word }) => word)
  return new Map([...byWord].map(([word, found]) => [word, found.map(actOf)]))
}

function actOf(row: {
  readonly place: number
  readonly act: string
  readonly at: number
  readonly opening: string
}): ActAbout {
  const { place, act, at, opening } = row
  return { place, act, at, facts: readOpening(fromBase64url(opening)) }
}

/** When the first entry was added; nothing was before there was one. */
async function beginOfRecord(reader: StorageReader): Promise<number> {
  const first = await reader
    .selectFrom('log_entry')
    .select('at')
    .orderBy('idx')
    .limit(1)
    .executeTakeFirst()
  return first?.at ?? Infinity
}

/**
 * What a schema version says, for either database. A plain text is the same for both but for the names of types: `text` compares by
 * bytes and `integer` holds 64 bits, as in SQLite. What cannot be said so stands once for each.
 */

/** The two databases. */
export type DialectName = 'sqlite' | 'postgres'

/** A statement for both, or each one's own. */
export type Statement = string | Readonly<Record<DialectName, readonly string[]>>

/** The statements of a schema version as a database takes them. */
export function statementsFor(
  dialect: DialectName,
  statements: readonly Statement[],
): readonly string[] {
  return statements.flatMap((statement) => {
    if (typeof statement !== 'string') return statement[dialect]
    return dialect === 'sqlite' ? statement : withPostgresTypes(statement)
  })
}

/** A function that triggers of PostgreSQL call; those of SQLite hold their statements themselves. */
export function triggerFunction(name: string, body: string): Statement {
  return {
    sqlite: [],
    postgres: [
      `create function ${name}() returns trigger language plpgsql as $$
        begin ${body} end $$`,
    ],
  }
}

/** A trigger after each changed row: `event` as in SQL, `when` for either database, `work` for SQLite, `call` for PostgreSQL. */
export function rowTrigger(trigger: {
  readonly name: string
  readonly event: string
  readonly table: string
  readonly when?: string
  readonly work: string
  readonly call: string
}): Statement {
  const { name, event, table, when, work, call } = trigger
  const head = `create trigger ${name} after ${event} on ${table}`
  const condition = when === undefined ? '' : `when (${when})`
  return {
    sqlite: [`${head} ${condition} begin ${work}; end`],
    postgres: [`${head} for each row ${condition} execute function ${call}()`],
  }
}

/** Removes a trigger. */
export function dropTrigger(name: string, table: string): Statement {
  return { sqlite: [`drop trigger ${name}`], postgres: [`drop trigger ${name} on ${table}`] }
}

/** Refuses to change or remove what was added to a table; {@link APPEND_ONLY_FUNCTION} comes first. */
export function appendOnly(table: string): readonly Statement[] {
  return [
    refuse(table, 'update'),
    refuse(table, 'delete'),
    {
      sqlite: [],
      postgres: [
        `create trigger ${table}_no_truncate before truncate on ${table}
          for each statement execute function refuse_change()`,
      ],
    },
  ]
}

/** Refuses to change or to remove rows of a table. */
export function refuse(table: string, event: 'update' | 'delete'): Statement {
  const head = `create trigger ${table}_no_${event} before ${event} on ${table}`
  return {
    sqlite: [`${head} begin select raise(abort, 'append-only'); end`],
    postgres: [`${head} for each row execute function refuse_change()`],
  }
}

/** What the triggers of {@link appendOnly} call. */
export const APPEND_ONLY_FUNCTION: Statement = triggerFunction(
  'refuse_change',
  "raise exception 'append-only';",
)

function withPostgresTypes(statement: string): string {
  return statement
    .replace(/\btext\b/g, 'text collate "C"')
    .replace(/\binteger\b/g, 'bigint')
    .replace(/\) without rowid$/, ')')
}

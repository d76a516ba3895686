/**
 * An administrator of the database takes the triggers away and changes rows: over every field of every kind of row, and over
 * removing, swapping, cutting off and putting back, the audit names the first place. Each case is rolled back after it.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import { dropGuards } from '../../testing/tamper.ts'
import {
  credentialIn,
  holderSigner,
  issueFood,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
} from '../../testing/test-world.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { recordActs } from './append.ts'
import { auditRecord, type KeptCheckpoint, type RecordFault } from './audit.ts'
import { integrate } from './integrate.ts'

const TABLES = ['log_entry', 'log_fact', 'log_word', 'log_hash', 'log_checkpoint'] as const
type Table = (typeof TABLES)[number]

let seals: SealWorld
let services: Services
/** Index of an entry of each kind, and sizes of the checkpoints. */
const at = { issuance: 0, impression: 0, act: 0, first: 0, middle: 0, last: 0 }

beforeAll(async () => {
  seals = await openSealWorld()
  const { world } = seals
  services = world.services
  await checkpoint()
  at.first = await newestSize()
  const accessToken = await redeem(world, await issueFood(world, { serial: 'AUDIT1' }))
  const signer = holderSigner('Ed25519')
  const proof = await proofOf(world, signer)
  const configuration = `${TYPES.food}.dc+sd-cwt`
  await credentialIn(await requestCredential(world, { accessToken, configuration, proof }))
  const use = await seals.ask(await seals.sealInUse())
  await seals.approve(use)
  await seals.impression(use)
  await grow(300)
  await checkpoint()
  at.middle = await newestSize()
  await grow(300)
  await checkpoint()
  at.last = await newestSize()
  for (const word of ['issuance', 'impression'] as const) {
    const query = services.storage.selectFrom('log_word').select('idx').where('word', '=', word)
    at[word] = (await query.executeTakeFirstOrThrow()).idx
  }
  at.act = at.issuance - 1
})
afterAll(() => seals.world.close())

async function grow(count: number): Promise<void> {
  const acts = Array.from({ length: count }, (_, facts) => ({
    act: 'test/act',
    facts: { facts, key: `k${facts}` },
  }))
  await transact(services.storage, (transaction) => recordActs(services, transaction, acts))
}

/** At another second than the one before. */
async function checkpoint(): Promise<void> {
  seals.later(1)
  await integrate(services)
}

async function newestSize(): Promise<number> {
  return (await integrate(services)).size
}

const UNDO = new Error('undo')

/** What the audit says after these statements; nothing of them stays. */
async function auditAfter(
  statements: readonly string[],
  kept?: KeptCheckpoint,
): Promise<RecordFault | undefined> {
  let found: RecordFault | undefined
  await services.storage
    .transaction()
    .execute(async (transaction) => {
      await dropGuards(transaction, TABLES)
      for (const statement of statements) await sql.raw(statement).execute(transaction)
      const tampered = { ...services, storage: transaction }
      found = await auditRecord(tampered, kept === undefined ? {} : { kept })
      throw UNDO
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error
    })
  return found
}

const keyOf = (table: Table): string => (table === 'log_checkpoint' ? 'size' : 'idx')
const found = (table: Table, place: number): RecordFault => ({ table, place })

test('as it was written, all fits', async () => {
  expect(await auditAfter([])).toBeUndefined()
})

describe('each field', () => {
  /** Another text of the same length; another number, which no row has. */
  const CHANGES: Readonly<Record<string, string>> = {
    entry: `case when entry like 'h%' then 'g' else 'h' end || substr(entry, 2)`,
    leaf: `case when leaf like 'A%' then 'B' else 'A' end || substr(leaf, 2)`,
    opening: `substr(opening, 1, length(opening) - 4) || 'AAAA'`,
    word: `word || 'x'`,
    hash: `case when hash like 'A%' then 'B' else 'A' end || substr(hash, 2)`,
    root: `case when root like 'A%' then 'B' else 'A' end || substr(root, 2)`,
    note: `note || ' '`,
    link: `case when link like 'A%' then 'B' else 'A' end || substr(link, 2)`,
    at: 'at + 1',
    idx: 'idx + 1000000',
    level: 'level + 1',
    size: 'size + 1',
    latest_at: 'latest_at + 1',
  }
  const FIELDS: Readonly<Record<Table, readonly string[]>> = {
    log_entry: ['idx', 'entry', 'leaf', 'at'],
    log_fact: ['idx', 'opening'],
    log_word: ['idx', 'word'],
    log_hash: ['level', 'idx', 'hash'],
    log_checkpoint: ['size', 'root', 'note', 'at', 'latest_at', 'link'],
  }
  const rowsOf = (table: Table): readonly number[] => {
    if (table === 'log_hash') return [0, 1]
    if (table === 'log_checkpoint') return [at.first, at.middle, at.last]
    if (table === 'log_fact') return [at.issuance + 1, at.impression + 1, at.act, 0, at.last - 1]
    return [at.issuance, at.impression, at.act, 0, at.last - 1]
  }

  test('is one that is changed here', async () => {
    const tables = await services.storage.introspection.getTables()
    for (const table of TABLES) {
      const columns = tables.find(({ name }) => name === table)?.columns ?? []
      expect(columns.map(({ name }) => name).sort()).toEqual([...FIELDS[table]].sort())
    }
  })

  for (const table of TABLES) {
    test.each(FIELDS[table])(`${table}.%s: changed, the row is named`, async (field) => {
      for (const row of rowsOf(table)) {
        const place = `where ${keyOf(table)} = ${row}`
        const bad = await auditAfter([`update ${table} set ${field} = ${CHANGES[field]} ${place}`])
        // A checkpoint of more entries than there are says that their end is missing.
        const isEnd = field === 'size' && row === at.last
        const moved = field === 'size' ? row + 1 : row
        expect(bad, `row ${row}`).toEqual(isEnd ? found('log_entry', row) : found(table, moved))
      }
    })
  }
})

describe('rows', () => {
  test.each(TABLES)('of %s: one that is removed is missed', async (table) => {
    const rows = table === 'log_hash' ? [0, 1] : [at.first, at.middle]
    for (const row of rows) {
      const bad = await auditAfter([`delete from ${table} where ${keyOf(table)} = ${row}`])
      // Without it the next one does not follow.
      const next = row === at.first ? at.middle : at.last
      expect(bad).toEqual(found(table, table === 'log_checkpoint' ? next : row))
    }
  })

  test.each(['log_entry', 'log_fact', 'log_word'] as const)(
    'of %s: an end that is cut off is missed',
    async (table) => {
      const place = at.last - 40
      const cut = `delete from ${table} where idx >= ${place}`
      expect(await auditAfter([cut])).toEqual(found(table, place))
    },
  )

  test.each(['log_entry', 'log_fact', 'log_word', 'log_hash'] as const)(
    'of %s: two that change places are named by the first',
    async (table) => {
      const [one, other] = table === 'log_hash' ? [0, 1] : [at.middle, at.middle + 1]
      const move = (from: number, to: number): string =>
        `update ${table} set idx = ${to} where idx = ${from}`
      const bad = await auditAfter([move(one, -7), move(other, one), move(-7, other)])
      // An entry fits its own row; its facts are another's.
      expect(bad).toEqual(found(table === 'log_entry' ? 'log_fact' : table, one))
    },
  )

  test('entries that change places with all that stands beside them are found by the checkpoint', async () => {
    const [one, other] = [at.middle + 4, at.middle + 5]
    const statements = (['log_entry', 'log_fact', 'log_word'] as const).flatMap((table) => [
      `update ${table} set idx = -7 where idx = ${one}`,
      `update ${table} set idx = ${one} where idx = ${other}`,
      `update ${table} set idx = ${other} where idx = -7`,
    ])
    expect(await auditAfter(statements)).toEqual(found('log_checkpoint', at.last))
  })

  test('that nobody wrote are named', async () => {
    const size = await newestSize()
    const hash = 'A'.repeat(43)
    const added: readonly (readonly [string, RecordFault])[] = [
      [`insert into log_fact values (${size}, 'gA')`, found('log_fact', size)],
      [`insert into log_word values ('x', 5)`, found('log_word', 5)],
      [`insert into log_word values ('x', ${size})`, found('log_word', size)],
      [`insert into log_hash values (1, 2, '${hash}')`, found('log_hash', 2)],
      [`insert into log_hash values (2, 0, '${hash}')`, found('log_hash', 0)],
      [`insert into log_fact values (${at.issuance}, 'gA')`, found('log_fact', at.issuance)],
      [
        `insert into log_checkpoint (size, root, note, at, link) values (3, '${hash}', 'n', 0, 'l')`,
        found('log_checkpoint', 3),
      ],
    ]
    for (const [statement, bad] of added) expect(await auditAfter([statement])).toEqual(bad)
  })

  test('before the first are named', async () => {
    const hash = 'A'.repeat(43)
    const entry = `insert into log_entry values (-1, 'gA', '${hash}', 0)`
    expect(await auditAfter([entry])).toEqual(found('log_entry', -1))
    for (const size of [0, -1]) {
      const copy = `insert into log_checkpoint select ${size}, root, note, at, link, latest_at from log_checkpoint limit 1`
      expect(await auditAfter([copy])).toEqual(found('log_checkpoint', size))
    }
  })

  test('without any entry are named', async () => {
    const emptied = (['log_fact', 'log_hash', 'log_checkpoint', 'log_entry'] as const).map(
      (table) => `delete from ${table}`,
    )
    expect(await auditAfter(emptied)).toEqual(found('log_word', 0))
  })

  test('of checkpoints: a signature of nobody beside the log’s is named', async () => {
    const line = '— witness.example/1 AAAAAAA='
    const add = `update log_checkpoint set note = note || '${line}\n' where size = ${at.middle}`
    expect(await auditAfter([add])).toEqual(found('log_checkpoint', at.middle))
  })
})

describe('an older state', () => {
  test('that was put back whole shows against the checkpoint that somebody kept', async () => {
    const { size, root } = await integrate(services)
    const kept = { size, root: Buffer.from(root, 'base64url') }
    const older = [
      `delete from log_checkpoint where size > ${at.middle}`,
      `delete from log_hash where (idx + 1) * 256 > ${at.middle}`,
      ...['log_word', 'log_fact', 'log_entry'].map(
        (table) => `delete from ${table} where idx >= ${at.middle}`,
      ),
    ]
    expect(await auditAfter(older)).toBeUndefined()
    expect(await auditAfter(older, kept)).toEqual(found('log_entry', at.middle))
    expect(await auditAfter([], kept)).toBeUndefined()
  })

  test('another history of the same length, too', async () => {
    const { size, root } = await integrate(services)
    const other = Uint8Array.from(Buffer.from(root, 'base64url'))
    other[0] = (other[0] ?? 0) ^ 1
    expect(await auditAfter([], { size, root: other })).toEqual(found('log_entry', size))
  })
})

test('what was added since the last checkpoint, and what is added meanwhile, is no fault', async () => {
  await grow(600)
  const onProgress = async (): Promise<void> => grow(1)
  expect(await auditRecord(services, { onProgress: () => void onProgress() })).toBeUndefined()
})

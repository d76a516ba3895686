/** For the benchmarks: a record of any length, what adding to it costs, and plain rows beside it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { toBase64url } from '@onetrip/codec'
import { commitTo, encodeEntry, leafHash, SALT_BYTES } from '@onetrip/log'
import { loadConfig } from '../src/config.ts'
import { recordActs, recordIssued, recordLength } from '../src/record/append.ts'
import { wordsOf } from '../src/record/entry-words.ts'
import { integrate } from '../src/record/integrate.ts'
import { receiptOf } from '../src/record/prove-entry.ts'
import { openServices, type Services } from '../src/services.ts'
import { transact } from '../src/storage/database.ts'

const AGENCY = '11339901XYN000014M'

/** A record in a temporary folder. */
export interface LongRecord {
  /** Adds acts in one transaction. */
  readonly act: (count: number) => Promise<void>
  /** Adds credentials, two entries each, in one transaction. */
  readonly issue: (count: number) => Promise<void>
  /** Adds rows of the same size to an indexed table, in one transaction. */
  readonly plain: (count: number) => Promise<void>
  /** Adds acts as fast as the database takes them. */
  readonly fill: (count: number) => Promise<void>
  readonly integrate: () => Promise<void>
  /** Makes the receipt of an entry; answers its bytes. */
  readonly receipt: (index: number) => Promise<number>
  readonly length: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Opens an empty one. */
export async function openLongRecord(): Promise<LongRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-bench-'))
  const config = loadConfig({ ONETRIP_DATA_DIR: folder })
  const services = await openServices({ config, writeLog: () => {} })
  const { storage, newId } = services
  return {
    act: (count) =>
      transact(storage, async (transaction) => {
        const acts = Array.from({ length: count }, () => actOf(newId()))
        await recordActs(services, transaction, acts)
      }),
    issue: (count) =>
      transact(storage, async (transaction) => {
        for (let at = 0; at < count; at += 1) {
          const digest = services.random(32)
          const entry = { kind: 'issuance', issuer: AGENCY, type: 'x', digest } as const
          await recordIssued(services, transaction, { entry, act: actOf(newId()) })
        }
      }),
    plain: (count) =>
      transact(storage, async (transaction) => {
        for (let at = 0; at < count; at += 1) {
          const row = { name: toBase64url(services.random(32)), value: 'x'.repeat(110) }
          await transaction.insertInto('setting').values(row).execute()
        }
      }),
    fill: async (count) => fill(services, join(folder, 'onetrip.sqlite'), count),
    integrate: async () => {
      await integrate(services)
    },
    receipt: async (index) => {
      const { leaf } = await storage
        .selectFrom('log_entry')
        .select('leaf')
        .where('idx', '=', index)
        .executeTakeFirstOrThrow()
      return (await receiptOf(services, { leaf })).length
    },
    length: () => recordLength(storage),
    close: async () => {
      await services.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function actOf(licence: string) {
  const facts = { licence, from: 'valid', to: 'suspended', reason: '测试' }
  return { act: 'licence/status', agency: AGENCY, actor: 'an-officer', facts }
}

/** The rows that {@link recordActs} writes, by prepared statements. */
async function fill(services: Services, file: string, count: number): Promise<void> {
  const first = await recordLength(services.storage)
  const database = new DatabaseSync(file)
  const entryRow = database.prepare('insert into log_entry values (?, ?, ?, ?)')
  const factRow = database.prepare('insert into log_fact values (?, ?)')
  const wordRow = database.prepare('insert into log_word values (?, ?)')
  const at = services.now()
  database.exec('begin immediate')
  for (let idx = first; idx < first + count; idx += 1) {
    const { act, agency, actor, facts } = actOf(services.newId())
    const known = { actor, ...facts }
    const { commitment, opening } = commitTo(known, services.random(SALT_BYTES))
    const entry = { kind: 'act', act, at, agency, commitment } as const
    const bytes = encodeEntry(entry)
    entryRow.run(idx, toBase64url(bytes), toBase64url(leafHash(bytes)), at)
    factRow.run(idx, toBase64url(opening))
    for (const word of wordsOf(entry, new Map(Object.entries(known)))) wordRow.run(word, idx)
  }
  database.exec('commit')
  database.close()
}

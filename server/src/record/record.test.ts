/** The record: what is issued and done is in it, outsiders can check it, and no row of it can be changed without a trace. */
import { fromBase64url, toBase64url, utf8Encode } from '@onetrip/codec'
import { issuanceEntry, parseSdCwt, parseSdJwt } from '@onetrip/credential'
import {
  assertConsistency,
  assertInclusion,
  encodeEntry,
  type LogEntry,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  proveConsistency,
  proveInclusion,
  rangesOfConsistency,
  rangesOfInclusion,
  walkLog,
} from '@onetrip/log'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dropGuard, replaceRow } from '../../testing/tamper.ts'
import {
  credentialIn,
  holderSigner,
  issueFood,
  openWorld,
  post,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { transact } from '../storage/database.ts'
import { recordAct } from './append.ts'
import { auditRecord } from './audit.ts'
import { integrate } from './integrate.ts'
import { keepRecord } from './keep-record.ts'
import { nodeReader } from './stored-tiles.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function receive(
  serial: string,
): Promise<{ readonly id: string; readonly cwt: string; readonly jwt: string }> {
  const issued = await issueFood(world, { serial })
  const accessToken = await redeem(world, issued)
  const get = async (form: 'dc+sd-cwt' | 'dc+sd-jwt', algorithm: 'Ed25519' | 'ES256') =>
    credentialIn(
      await requestCredential(world, {
        accessToken,
        configuration: `${TYPES.food}.${form}`,
        proof: await proofOf(world, holderSigner(algorithm)),
      }),
    )
  return {
    id: issued.id,
    cwt: await get('dc+sd-cwt', 'Ed25519'),
    jwt: await get('dc+sd-jwt', 'ES256'),
  }
}

async function text(path: string): Promise<string> {
  const response = await world.app.request(path)
  expect(response.status).toBe(200)
  return response.text()
}

async function checkpointNow() {
  const log = parseVerifierKey((await text('/log/vkey')).trim())
  const note = utf8Encode(await text('/log/checkpoint'))
  return openCheckpoint(note, { log, witnesses: [], threshold: 0 })
}

async function fetchTile(path: string): Promise<Uint8Array> {
  const response = await world.app.request(`/log/${path}`)
  if (response.status !== 200) throw new Error(`${response.status} ${path}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** Fills the record without going through the acts. */
async function grow(count: number): Promise<void> {
  await transact(world.services.storage, async (transaction) => {
    for (let at = 0; at < count; at += 1) {
      await recordAct(world.services, transaction, { act: 'test/act', facts: { at } })
    }
  })
}

describe('from outside', () => {
  test('a checkpoint, its tiles and its entries fit each other', async () => {
    const { cwt, jwt, id } = await receive('LOG1')
    await post(world, `/api/licences/${id}/status`, { status: 'suspended', reason: '测试' })
    const checkpoint = await checkpointNow()
    const entries: (LogEntry | undefined)[] = []
    const walked = {
      checkpoint,
      fetchTile,
      onEntry: (entry: LogEntry | undefined) => entries.push(entry),
    }
    expect(await walkLog(walked)).toBeUndefined()
    expect(entries).toHaveLength(checkpoint.size)
    expect(entries).toContainEqual(issuanceEntry(parseSdCwt(fromBase64url(cwt))))
    expect(entries).toContainEqual(issuanceEntry(parseSdJwt(jwt)))
    const acts = entries.flatMap((entry) => (entry?.kind === 'act' ? [entry.act] : []))
    expect(acts).toEqual(
      expect.arrayContaining(['api-key/create', 'licence/issue', 'licence/status']),
    )
  })

  test('a licence is proven to be in it, and the log to have grown only', async () => {
    const { cwt } = await receive('LOG2')
    const earlier = await checkpointNow()
    await grow(600)
    const later = await checkpointNow()
    const leaf = leafHash(encodeEntry(issuanceEntry(parseSdCwt(fromBase64url(cwt)))))
    const { idx } = await world.services.storage
      .selectFrom('log_entry')
      .select('idx')
      .where('leaf', '=', toBase64url(leaf))
      .executeTakeFirstOrThrow()
    const { size, root } = later
    const ranges = [...rangesOfInclusion(idx, size), ...rangesOfConsistency(earlier.size, size)]
    const read = await nodeReader(world.services.storage, ranges, size)
    assertInclusion(leaf, proveInclusion(idx, size, read), root)
    assertConsistency(proveConsistency(earlier.size, size, read), earlier.root, root)
    expect(await walkLog({ checkpoint: later, fetchTile })).toBeUndefined()
    expect(await walkLog({ checkpoint: earlier, fetchTile })).toBeUndefined()
  })

  test('of a bundle and its tile, the one that does not lead to the root is named', async () => {
    const checkpoint = await checkpointNow()
    expect(checkpoint.size).toBeGreaterThan(256)
    const walkWith = (changed: string) =>
      walkLog({
        checkpoint,
        fetchTile: async (path) => {
          const bytes = await fetchTile(path)
          // The last byte: of the last hash, or of the last entry.
          return path === changed ? bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1) : bytes
        },
      })
    const last = `001.p/${checkpoint.size % 256}`
    const partial = checkpoint.size < 512 ? last : '001'
    for (const file of [
      'tile/0/000',
      'tile/entries/000',
      `tile/0/${partial}`,
      `tile/entries/${partial}`,
    ]) {
      expect(await walkWith(file), file).toEqual({ code: 'log/other-root', file })
    }
  })

  test('nothing is served that no checkpoint covers, and no path that is none', async () => {
    const { size } = await checkpointNow()
    await grow(1)
    for (const path of [
      `tile/entries/00${size >> 8}.p/${(size % 256) + 1}`,
      'tile/9/000',
      'tile/x',
      'tile/0/../0',
    ]) {
      expect((await world.app.request(`/log/${path}`)).status, path).toBe(404)
    }
  })

  test('holds no name, reason or identifier in the open', async () => {
    const rows = await world.services.storage.selectFrom('log_entry').select('entry').execute()
    const open = rows
      .map(({ entry }) => Buffer.from(fromBase64url(entry)).toString('latin1'))
      .join()
    for (const said of ['测试', 'LOG1', '样例']) {
      expect(open).not.toContain(Buffer.from(said).toString('latin1'))
    }
  })
})

describe('its rows', () => {
  const TABLES = ['log_entry', 'log_fact', 'log_word', 'log_hash', 'log_checkpoint'] as const

  test.each(TABLES)('of %s are neither changed nor removed', async (table) => {
    await grow(1)
    await integrate(world.services)
    const { storage } = world.services
    await expect(storage.deleteFrom(table).execute()).rejects.toThrow('append-only')
    const column = table === 'log_hash' ? 'level' : table === 'log_checkpoint' ? 'size' : 'idx'
    const change = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} + 1`
    await expect(change.execute(storage)).rejects.toThrow('append-only')
    await expect(replaceRow(storage, { table, column })).rejects.toThrow('append-only')
  })

  test('fit each other', async () => {
    const done: number[] = []
    const onProgress = (at: number): unknown => done.push(at)
    expect(await auditRecord(world.services, { onProgress })).toBeUndefined()
    expect(done.at(-1)).toBe((await integrate(world.services)).size)
  })
})

describe('an administrator of the database', () => {
  test('nothing is signed over rows that changed', async () => {
    const tampered = await openWorld()
    try {
      await integrate(tampered.services)
      await dropGuard(tampered.services.storage, 'log_entry', 'update')
      await sql
        .raw(`update log_entry set leaf = '${'A'.repeat(43)}' where idx = 0`)
        .execute(tampered.services.storage)
      await transact(tampered.services.storage, (transaction) =>
        recordAct(tampered.services, transaction, { act: 'test/act' }),
      )
      await expect(integrate(tampered.services)).rejects.toThrow('record/damaged')
      expect((await tampered.app.request('/log/checkpoint')).status).toBe(503)
      const keeper = keepRecord(tampered.services)
      const ready = async () => (await tampered.app.request('/readyz')).json()
      await expect.poll(ready, { timeout: 20_000 }).toMatchObject({
        status: 'not-ready',
        faults: [{ list: 'record', code: 'record/damaged' }],
      })
      await keeper.close()
    } finally {
      await tampered.close()
    }
  })
})

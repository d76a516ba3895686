/**
 * Rows of other tables against the acts about them: each row that acts brought is taken away, each column of it that matters is changed, and
 * older states are put back. The audit names the row, or the one that it belongs to. Each case is rolled back after it.
 */
import type { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bringRows } from '../../testing/acted-rows.ts'
import { auditAfterChanges } from '../../testing/audit-after.ts'
import { openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import { TEST_POSTGRES } from '../../testing/test-database.ts'
import type { World } from '../../testing/test-world.ts'
import type { Services } from '../services.ts'
import { auditRecord, type RecordFault } from './audit.ts'
import { integrate } from './integrate.ts'

let seals: SealWorld
let world: World
let services: Services
/** Ids of rows, by what happened to them. */
const id: Record<string, string> = {}

beforeAll(async () => {
  seals = await openSealWorld()
  world = seals.world
  services = world.services
  Object.assign(id, await bringRows(seals))
  await integrate(services)
}, 60_000)
afterAll(() => world.close())

const auditAfter = (
  statements: readonly (string | CompiledQuery)[],
): Promise<RecordFault | undefined> => auditAfterChanges(services, statements)

const set = (table: string, row: string, change: string): string =>
  `update ${table} set ${change} where id = '${id[row]}'`

test('as acts left them, all fit', async () => {
  expect(await auditRecord(services)).toBeUndefined()
})

describe('a row', () => {
  /** The table with its row; what is changed of it; the table that is named, where it is another. */
  const CASES: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'licence',
      'licence',
      [
        "status = 'valid'",
        "status = 'revoked'",
        "agency_id = '11339901XYN000049P'",
        "type_code = 'x'",
        'type_version = 9',
        "serial = 'X'",
        'version = 9',
        "identifier = 'X'",
        "valid_from = '2001-01-01'",
        "valid_to = '2099-01-01'",
        "claims = '{}'",
        "holder_reference = 'x'",
        'created_at = created_at + 1',
      ],
    ],
    [
      'offer',
      'redeemed',
      [
        "state = 'open'",
        'wrong_attempts = 0',
        'expires_at = expires_at + 1',
        "code_hash = 'x'",
        'replaces = 1',
        'created_at = created_at - 1',
      ],
    ],
    ['offer', 'taken', ["state = 'open'", "state = 'redeemed'"]],
    [
      'credential',
      'held',
      [
        'status = 0',
        "state = 'pending'",
        "state = 'void'",
        'idx = 0',
        "holder_key = 'x'",
        "credential = 'gA'",
        'key_id = (select id from signing_key where id != key_id limit 1)',
        'issued_at = issued_at + 1',
        'withdrawn_at = issued_at',
        "form = 'mdoc'",
        'licence_id = (select max(id) from licence)',
      ],
    ],
    ['credential', 'paper', ['status = 0', 'withdrawn_at = 1', "credential = 'gA'"]],
    [
      'credential',
      'withdrawn',
      ['status = 0', 'withdrawn_at = null', 'status = 0, withdrawn_at = null'],
    ],
    [
      'seal',
      'ended',
      ["state = 'in-use'", 'status = 0', "state = 'in-use', status = 0", "state = 'suspended'"],
    ],
    [
      'seal',
      'seal',
      [
        "state = 'cancelled'",
        "owner_id = 'x'",
        "name = 'x'",
        "image = 'x'",
        'idx = 7',
        "key_id = 'x'",
        'valid_to = valid_to + 1',
        'licences = 1',
      ],
    ],
    [
      'seal_use',
      'approved',
      [
        "state = 'requested'",
        "purpose = 'x'",
        'keeper_id = requester_id',
        'good_until = good_until + 1',
        'decided_at = null',
        "reason = 'x'",
      ],
    ],
    [
      'counter',
      'counter',
      [
        "state = 'denied'",
        "state = 'asked'",
        "number = '09'",
        "matters = '[]'",
        "public_jwk = '{}'",
        "thumbprint = 'x'",
        'signed_until = signed_until + 1',
      ],
    ],
    ['counter', 'lost', ["state = 'confirmed'"]],
    [
      'signing_key',
      'announced',
      [
        'revoked_from = null',
        'revoked_from = revoked_from + 1',
        'retired_at = 1',
        "public_jwk = '{}'",
        "kid = 'x'",
        'not_after = not_after + 1',
        'not_before = not_before - 1',
      ],
    ],
  ]
  for (const [table, row, changes] of CASES) {
    test.each(changes)(`${table} (${row}): %s`, async (change) => {
      const bad = await auditAfter([set(table, row, change)])
      expect(bad).toMatchObject({ table, place: expect.any(Number), id: id[row] })
    })
  }

  test('that others name by an act is missed where it is taken away', async () => {
    const off = (table: string, row: string, named = table): readonly [string, object] => [
      `delete from ${table} where id = '${id[row]}'`,
      { table: named, id: id[row] },
    ]
    const cases = [
      off('licence', 'licence'),
      off('offer', 'redeemed'),
      off('credential', 'held'),
      off('seal', 'seal'),
      off('seal_use', 'use'),
      off('counter', 'counter'),
      off('signing_key', 'announced'),
    ]
    for (const [statement, bad] of cases) {
      expect(await auditAfter([statement]), statement).toMatchObject(bad)
    }
  })

  test('that no act brought is named', async () => {
    const copy = (table: string, columns: string, row: string): string =>
      `insert into ${table} (id, ${columns}) select 'forged', ${columns} from ${table} where id = '${id[row]}'`
    const licence =
      'agency_id, type_code, type_version, valid_from, claims, status, actor_id, created_at, version'
    const forged = [
      `insert into licence (id, serial, identifier, ${licence})
        select 'forged', 'FORGED', 'FORGED', ${licence} from licence where id = '${id['licence']}'`,
      copy('seal_use', 'seal_id, purpose, state, requester_id, requested_at, good_until', 'use'),
    ]
    expect(await auditAfter(forged.slice(0, 1))).toEqual({ table: 'licence', id: 'forged' })
    expect(await auditAfter(forged.slice(1))).toEqual({ table: 'seal_use', id: 'forged' })
    const key = `insert into api_key
      select 'forged', 'h', actor_id, agency_id, types, roles, created_at, revoked_at, offices, seal_makers from api_key limit 1`
    expect(await auditAfter([key])).toEqual({ table: 'api_key', id: 'forged' })
  })

  // SQLite takes all of them as a text's key.
  const NO_IDS = TEST_POSTGRES === undefined ? ["''", 'null', "x'00'", "x'66'"] : ["''"]
  test.each(NO_IDS)(
    'under %s for an id is found, though no act is looked for by it',
    async (key) => {
      const row = `insert into api_key
      select ${key}, 'h', actor_id, agency_id, types, roles, created_at, revoked_at, offices, seal_makers from api_key limit 1`
      expect(await auditAfter([row])).toEqual({ table: 'api_key' })
    },
  )
})

describe('what belongs to a row', () => {
  test('changes of a status: another, none, one more', async () => {
    const bad = { table: 'status_change', id: id['licence'] }
    const of = `where licence_id = '${id['licence']}'`
    const cases = [
      `update status_change set reason = 'x' ${of}`,
      `update status_change set from_status = 'revoked' ${of}`,
      `update status_change set to_status = 'valid' ${of}`,
      `update status_change set changed_at = changed_at - 60 ${of}`,
      `update status_change set sequence = 2 ${of}`,
      `update status_change set kind = 'penalty' ${of}`,
      `update status_change set ground = 'x' ${of}`,
      `update status_change set actor_id = (select min(id) from actor where id != actor_id) ${of}`,
      `delete from status_change ${of}`,
      `insert into status_change select licence_id, 2, to_status, 'valid', reason, actor_id, changed_at, kind, ground from status_change ${of}`,
    ]
    for (const statement of cases) {
      expect(await auditAfter([statement]), statement).toMatchObject(bad)
    }
  })

  test('steps of a seal', async () => {
    const bad = { table: 'seal_event', id: id['ended'] }
    const of = `where seal_id = '${id['ended']}' and act = 'cancel'`
    const cases = [
      `update seal_event set reason = 'x' ${of}`,
      `update seal_event set act = 'suspend' ${of}`,
      `update seal_event set at = at + 60 ${of}`,
      `update seal_event set actor_id = (select min(id) from actor where id != actor_id) ${of}`,
      `delete from seal_event ${of}`,
      `update seal_event set sequence = 9 ${of}`,
    ]
    for (const statement of cases) {
      expect(await auditAfter([statement]), statement).toMatchObject(bad)
    }
  })

  test('files of an approval: no other digest takes its place, none comes beside, none is sealed again', async () => {
    const of = (row: string): string => `where use_id = '${id[row]}'`
    const held = { table: 'seal_use', id: id['approved'] }
    for (const change of [
      "sha256 = 'x'",
      'length = 1',
      "media_type = 'x'",
      "name = 'x'",
      "place = 'x'",
    ]) {
      const statement = `update seal_use_file set ${change} ${of('approved')}`
      expect(await auditAfter([statement]), statement).toMatchObject(held)
    }
    const more = `insert into seal_use_file (use_id, sequence, sha256, length, media_type, state)
      select use_id, 1, 'x', length, media_type, 'waiting' from seal_use_file ${of('approved')}`
    expect(await auditAfter([more])).toMatchObject(held)
    const bad = { table: 'seal_use_file', id: id['use'] }
    for (const change of [
      "state = 'waiting', result = null",
      "result = 'x'",
      "state = 'pending'",
    ]) {
      const statement = `update seal_use_file set ${change} ${of('use')}`
      expect(await auditAfter([statement]), statement).toMatchObject(bad)
    }
    const unsealed = `update seal_use_file set state = 'sealed' ${of('approved')}`
    expect(await auditAfter([unsealed])).toMatchObject({ table: 'seal_use_file' })
  })

  test('rights of an API key, its secret and its holder', async () => {
    const key = await services.storage
      .selectFrom('api_key')
      .select(['id', 'actor_id'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const bad = { table: 'api_key', id: key.id }
    for (const change of [
      "roles = '[]'",
      `types = '["x"]'`,
      "hash = 'x'",
      "offices = '[]'",
      `seal_makers = '["x"]'`,
    ]) {
      const statement = `update api_key set ${change} where id = '${key.id}'`
      expect(await auditAfter([statement]), statement).toMatchObject(bad)
    }
    const renamed = `update actor set name = '别人' where id = '${key.actor_id}'`
    expect(await auditAfter([renamed])).toMatchObject({ table: 'api_key' })
  })

  test('denials: one that is taken away, one that begins at another time, one of nobody', async () => {
    const cases = [
      `delete from denied where kind = 'key'`,
      `update denied set from_time = from_time + 1 where kind = 'key'`,
      `update denied set from_time = from_time - 1 where kind = 'device'`,
      `insert into denied select kind, 'x', from_time, actor_id, denied_at from denied where kind = 'key'`,
    ]
    for (const statement of cases) {
      expect(await auditAfter([statement]), statement).toMatchObject({ table: 'denied' })
    }
    const gone = `delete from denied where kind = 'device'`
    expect(await auditAfter([gone])).toMatchObject({ table: 'denied' })
    // The device's own row does not come back with it.
    const back = `update counter set state = 'confirmed' where id = '${id['lost']}'`
    expect(await auditAfter([gone, back])).toMatchObject({ table: 'counter', id: id['lost'] })
  })
})

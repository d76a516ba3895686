/** A licence as a PDF: one code per call, the same file for a retry, and no code for what cannot be printed. */
import { existsSync } from 'node:fs'
import { openForSealing } from '@onetrip/seal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, issueFood, MARKET, openWorld, post, type World } from '../../testing/test-world.ts'
import { loadConfig } from '../config.ts'
import { demoActor } from '../demo/demo-actor.ts'
import { printLicence } from './print-licence.ts'

const hasFont = existsSync(loadConfig({}).textFont)
let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function print(id: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return post(world, `/api/licences/${id}/pdf`, body, headers)
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

async function paperCount(id: string): Promise<number> {
  const rows = world.services.storage.selectFrom('credential').select('id')
  return (await rows.where('licence_id', '=', id).where('form', '=', 'paper').execute()).length
}

describe.skipIf(!hasFont)('POST /api/licences/:id/pdf', () => {
  test('gives a file that may be sealed', async () => {
    const { id } = await issueFood(world, { serial: 'PDF1' })
    const response = await print(id, { format: 'a4' })
    expect(response.headers.get('Content-Type')).toBe('application/pdf')
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="PDF1.pdf"')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(openForSealing(await bytesOf(response)).revisions).toHaveLength(1)
  })

  test('a retry gives the same file; another call has a code of its own', async () => {
    const { id } = await issueFood(world, { serial: 'PDF2' })
    const key = { 'Idempotency-Key': 'print-2' }
    const first = await bytesOf(await print(id, { format: 'card' }, key))
    world.setNow(world.services.now() + 90_000)
    expect(await bytesOf(await print(id, { format: 'card' }, key))).toEqual(first)
    expect(await paperCount(id)).toBe(1)
    expect(await bytesOf(await print(id, { format: 'card' }))).not.toEqual(first)
    expect(await paperCount(id)).toBe(2)
    const other = await print(id, { format: 'a4' }, key)
    expect([other.status, await codeOf(other)]).toEqual([409, 'idempotency/key-reused'])
  })

  test('what cannot be printed takes no code', async () => {
    const { id } = await issueFood(world, {
      serial: 'PDF3',
      claims: {
        name: '虚构市云栖样例餐饮有限公司',
        uscc: '91339901MAXYN00113',
        legalRepresentative: '陈\u{2e1ea}',
        address: '虚构市云栖区样例路18号',
        premises: '虚构市云栖区样例路18号',
        businessForm: '2',
        items: '热食类制售',
      },
    })
    const response = await print(id, { format: 'a4' })
    expect([response.status, await codeOf(response)]).toEqual([422, 'paper/glyph-missing'])
    expect(await paperCount(id)).toBe(0)
  })
})

test('without the font it says so, and takes no code', async () => {
  const { id } = await issueFood(world, { serial: 'PDF4' })
  const { services } = world
  const missing = { ...services, config: { ...services.config, textFont: '/nowhere.ttc' } }
  const actor = await demoActor(services, MARKET)
  const printed = printLicence(missing, { actor, licenceId: id, format: 'a4' })
  await expect(printed).rejects.toMatchObject({ code: 'paper/font-missing' })
  expect(await paperCount(id)).toBe(0)
})

test('bad bodies and other agencies are refused by name', async () => {
  const { id } = await issueFood(world, { serial: 'PDF5' })
  for (const [body, status, code] of [
    ['', 400, 'json/format'],
    [{}, 400, 'input/invalid'],
    [{ format: 'a5' }, 400, 'input/invalid'],
    [{ format: 'a4', colour: 'red' }, 400, 'input/unknown-field'],
  ] as const) {
    const response = await print(id, body)
    expect([response.status, await codeOf(response)]).toEqual([status, code])
  }
  const unknown = await print('01a2bff4-7a00-78ae-847c-3c3409ceb140', { format: 'a4' })
  expect([unknown.status, await codeOf(unknown)]).toEqual([404, 'licence/not-found'])
})

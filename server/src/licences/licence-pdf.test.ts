/** A licence as a file over the API: a paper code of its own, the same file for a retry, and one that can be sealed. */
import { openForSealing } from '@onetrip/seal'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, issueFood, openWorld, post, type World } from '../../testing/test-world.ts'
import { printLicencePdf } from './licence-pdf.ts'

let world: World
let path: string
let licenceId: string

beforeAll(async () => {
  world = await openWorld()
  licenceId = (await issueFood(world)).id
  path = `/api/licences/${licenceId}/pdf`
})
afterAll(() => world.close())

async function pdfOf(response: Response): Promise<Uint8Array> {
  expect([response.status, response.headers.get('Content-Type')]).toEqual([201, 'application/pdf'])
  return new Uint8Array(await response.arrayBuffer())
}

test('a retry gives the same file, another request another code', async () => {
  const key = { 'Idempotency-Key': 'print' }
  const first = await pdfOf(await post(world, path, { format: 'a4' }, key))
  expect(openForSealing(first).revisions).toHaveLength(1)
  expect(await pdfOf(await post(world, path, { format: 'a4' }, key))).toEqual(first)
  const other = await pdfOf(await post(world, path, { format: 'card' }))
  expect(other).not.toEqual(first)
  const codes = world.services.storage.selectFrom('credential').select('idx')
  expect(await codes.where('form', '=', 'paper').execute()).toHaveLength(2)
})

test('what cannot be printed takes no code', async () => {
  const { services } = world
  const papers = async () => {
    const query = services.storage.selectFrom('credential').select('id')
    return (await query.where('form', '=', 'paper').execute()).length
  }
  const before = await papers()
  expect(await codeOf(await post(world, path, { format: 'a5' }))).toBe('input/invalid')
  const config = { ...services.config, textFont: '/nowhere.ttc' }
  const actor = {
    actorId: 'x',
    agencyId: '11339901XYN000014M',
    types: [],
    roles: ['issue'],
    offices: [],
    sealMakers: [],
  } as const
  const printing = printLicencePdf({ ...services, config }, { actor, licenceId, format: 'a4' })
  await expect(printing).rejects.toMatchObject({ code: 'paper/font-missing' })
  expect(await papers()).toBe(before)
  await post(world, `/api/licences/${licenceId}/status`, { status: 'revoked', reason: '测试' })
  expect(await codeOf(await post(world, path, { format: 'a4' }))).toBe('licence/revoked')
})

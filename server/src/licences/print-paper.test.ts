import { foodBusinessLicenceType } from '@onetrip/fixtures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, issueFood, openWorld, post, type World } from '../../testing/test-world.ts'
import { demoActor } from '../demo/demo-actor.ts'
import { registerType } from '../trust-data/agencies.ts'
import { printPaper } from './print-paper.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('a licence keeps the paper rule of the type version it was issued under', async () => {
  const earlier = await issueFood(world, { serial: 'PAPER1' })
  const document = JSON.parse(JSON.stringify(foodBusinessLicenceType))
  Object.assign(document.onetrip, { version: 2, paper: false })
  await registerType(world.services, { ...document, vct: document.vct.replace(/1$/, '2') })
  const later = await issueFood(world, { serial: 'PAPER2' })
  expect((await post(world, `/api/licences/${earlier.id}/paper`, {})).status).toBe(201)
  const refused = await post(world, `/api/licences/${later.id}/paper`, {})
  expect([refused.status, await codeOf(refused)]).toEqual([409, 'paper/not-allowed'])
  const file = await post(world, `/api/licences/${later.id}/pdf`, { format: 'a4' })
  expect([file.status, await codeOf(file)]).toEqual([409, 'paper/not-allowed'])
  const rows = world.services.storage.selectFrom('credential').select('form')
  expect(
    await rows.where('licence_id', '=', later.id).where('form', '=', 'paper').execute(),
  ).toEqual([])
})

test('whoever has no such licence is told so, with keys for licences or without', async () => {
  const { id } = await issueFood(world, { serial: 'PAPER3' })
  for (const agencyId of ['11339901XYN0000498', '12339901XYN0000570']) {
    const actor = await demoActor(world.services, agencyId)
    await expect(printPaper(world.services, { actor, licenceId: id })).rejects.toMatchObject({
      code: 'licence/not-found',
    })
  }
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleTsa } from '../../../packages/seal/samples/sample-tsa.ts'
import { follower } from '../../testing/follow-world.ts'
import { openWorld, type World } from '../../testing/test-world.ts'
import { loadTimeStampers, registerTimeStamper } from './time-stampers.ts'

const { stamper } = await sampleTsa()
let world: World

beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('a time-stamper stands in the next trust list; registered again, as it was given last', async () => {
  const verifier = follower()
  expect((await verifier.follow(world)).timeStampers).toEqual([])
  await registerTimeStamper(world.services, stamper)
  expect((await verifier.follow(world)).timeStampers).toEqual([stamper])
  const ended = { ...stamper, from: 1, to: 2 }
  await registerTimeStamper(world.services, ended)
  expect((await verifier.follow(world)).timeStampers).toEqual([ended])
  expect(await loadTimeStampers(world.services)).toEqual([ended])
})

describe('refused, and none is there', () => {
  test.each([
    ['no USCC', { id: '1' }, 'trust/format'],
    ['no certificate', { certificates: [] }, 'trust/format'],
    [
      'a certificate that cannot be read',
      { certificates: [Uint8Array.of(0x30, 0)] },
      'timestamp/format',
    ],
    ['no time', { from: -1 }, 'time/format'],
  ])('%s', async (_name, changes, code) => {
    const registering = registerTimeStamper(world.services, { ...stamper, ...changes })
    await expect(registering).rejects.toMatchObject({ code })
    expect(await loadTimeStampers(world.services)).toEqual([])
  })
})

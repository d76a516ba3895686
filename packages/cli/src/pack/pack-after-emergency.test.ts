/** A status key is denied in an emergency: the next pack brings the denial, whatever became of the lists that it signed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currentRoot, publishedPack, revokeKey } from '@onetrip/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  issueFood,
  MARKET,
  openWorld,
  START,
  type World,
} from '../../../../server/testing/test-world.ts'
import { listen, type TestServer } from '../../../trust/samples/test-server.ts'
import { runCommandLine } from '../command-line.ts'
import { quietContext } from '../quiet-context.ts'

const KEY = `${MARKET.toLowerCase()}-status-cbor-1`
const folder = mkdtempSync(join(tmpdir(), 'onetrip-emergency-'))
const file = (name: string): string => join(folder, name)
let world: World
let server: TestServer

beforeAll(async () => {
  world = await openWorld()
  await issueFood(world)
  server = await listen(async (_, response) => {
    response.end((await publishedPack(world.services)).body)
  })
  writeFileSync(file('root.json'), await currentRoot(world.services))
})
afterAll(async () => {
  server.close()
  await world.close()
  rmSync(folder, { recursive: true })
})

async function onetrip(...argv: readonly string[]) {
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  const exit = await runCommandLine({
    argv: [...argv, '--root', file('root.json')],
    contextFor: ({ args }) => quietContext({ args, print, now: () => START + 60 }),
    print,
    printError: print,
  })
  return { exit, out: lines.join('\n') }
}

test('is written, and imported but for those lists', async () => {
  const make = ['pack', 'make', '--server', server.origin, '--out', file('a.otpack')]
  expect((await onetrip(...make)).exit).toBe(0)
  const store = ['--store', file('store')]
  expect((await onetrip('pack', 'import', file('a.otpack'), ...store)).exit).toBe(0)
  const actor = {
    actorId: 'demo-desk',
    agencyId: '',
    grants: [],
    offices: [],
    sealMakers: [],
  }
  const { storage } = world.services
  const named = { id: actor.actorId, name: '值班', kind: 'person' } as const
  await storage.insertInto('actor').values(named).execute()
  world.setNow(START + 30)
  await revokeKey(world.services, { keyId: KEY, from: START - 60, actor, isEmergency: true })
  const made = await onetrip(...make)
  expect([made.exit, made.out]).toEqual([0, expect.stringContaining('whole')])
  const { exit, out } = await onetrip('pack', 'import', file('a.otpack'), ...store)
  expect(exit).toBe(2)
  expect(out).toContain('key/revoked')
})

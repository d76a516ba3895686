/** `onetrip pack make --receipts`: what a server has issued is on record at a counter without a network, by the pack alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64url, toHex } from '@onetrip/codec'
import { leafOf, parseSdCwt, presentLive } from '@onetrip/credential'
import { currentRoot } from '@onetrip/server'
import {
  openPack,
  packInMemory,
  readPackReceipts,
  type Trust,
  withPackReceipts,
} from '@onetrip/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  credentialIn,
  holderSigner,
  issueFood,
  openWorld,
  proofOf,
  redeem,
  requestCredential,
  START,
  TYPES,
  type World,
} from '../../../server/testing/test-world.ts'
import { CENTRE } from '../../../server/testing/vp-wallet.ts'
import { listen, type TestServer } from '../../trust/samples/test-server.ts'
import { runCommandLine } from './command-line.ts'
import { gatherReceipts } from './pack/gather-receipts.ts'
import { quietContext } from './quiet-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-pack-receipts-'))
const file = (name: string): string => join(folder, name)
/** The hour is over in which the cast's checkpoint was published. */
const NOW = START + 7_200
const signer = holderSigner('Ed25519')
const credentials: Uint8Array[] = []
/** Answers in place of the server's, by path. */
const forged = new Map<string, Uint8Array>()
let world: World
let server: TestServer
let trust: Trust

beforeAll(async () => {
  world = await openWorld()
  for (const serial of ['PR1', 'PR2', 'PR3']) credentials.push(await hold(serial))
  world.setNow(NOW)
  await world.app.request('/log/checkpoint')
  server = await listen(async (request, response) => {
    const path = request.url ?? ''
    const other = forged.get(path.replace(/\?.*/, ''))
    const answer = await world.app.request(path)
    response.writeHead(answer.status)
    response.end(other ?? new Uint8Array(await answer.arrayBuffer()))
  })
  writeFileSync(file('root.json'), await currentRoot(world.services))
  expect((await make('plain.otpack')).exit).toBe(0)
  expect((await make('full.otpack', '--receipts', TYPES.food)).exit).toBe(0)
  const initialRoot = readFileSync(file('root.json'))
  trust = await openPack({ source: packInMemory(readFileSync(file('plain.otpack'))), initialRoot })
}, 60_000)
afterAll(async () => {
  server.close()
  await world.close()
  rmSync(folder, { recursive: true })
})

async function hold(serial: string): Promise<Uint8Array> {
  const accessToken = await redeem(world, await issueFood(world, { serial }))
  const proof = await proofOf(world, signer)
  const configuration = `${TYPES.food}.dc+sd-cwt`
  return fromBase64url(
    await credentialIn(await requestCredential(world, { accessToken, configuration, proof })),
  )
}

async function onetrip(...argv: readonly string[]) {
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  const exit = await runCommandLine({
    argv,
    contextFor: ({ args }) => quietContext({ args, print, now: () => NOW }),
    print,
    printError: print,
  })
  return { exit, out: lines.join('\n') }
}

function make(name: string, ...more: readonly string[]) {
  const root = ['--root', file('root.json')]
  return onetrip('pack', 'make', '--server', server.origin, '--out', file(name), ...root, ...more)
}

/** What a verdict on a code without a receipt says of the log, by a pack. */
async function logged(pack: string, credential: Uint8Array | undefined): Promise<unknown> {
  const type = trust.type(TYPES.food, 1)
  if (type === undefined || credential === undefined) throw new TypeError('no licence')
  const code = await presentLive({ credential, type, disclose: [], signer, now: NOW })
  writeFileSync(file('code.txt'), code)
  const by = ['--office', CENTRE, '--trust', file(pack), '--root', file('root.json'), '--json']
  const { out } = await onetrip('verify', file('code.txt'), ...by)
  return JSON.parse(out).evidence?.logged
}

const leaves = (): readonly string[] =>
  credentials.map((credential) => toHex(leafOf(parseSdCwt(credential))))

describe('a pack with receipts', () => {
  test('has one for each licence of the type, and says how many', async () => {
    const pack = readFileSync(file('full.otpack'))
    const packed = await readPackReceipts(packInMemory(pack))
    expect(packed.map(({ leaf }) => toHex(leaf))).toEqual(expect.arrayContaining([...leaves()]))
    const { exit, out } = await onetrip('pack', 'show', file('full.otpack'), '--json')
    expect([exit, JSON.parse(out).receipts]).toEqual([0, packed.length])
    const made = await make('again.otpack', '--receipts', TYPES.food, '--json')
    expect(JSON.parse(made.out)).toMatchObject({ receipts: packed.length })
    const other = await make('other.otpack', '--receipts', TYPES.business)
    expect(other.out).not.toContain(`${packed.length} receipts`)
  })

  test('puts on record what is shown without one', async () => {
    for (const credential of credentials) {
      expect(await logged('plain.otpack', credential)).toBeUndefined()
      expect(await logged('full.otpack', credential)).toMatchObject({ index: expect.any(Number) })
    }
  })

  test('that holds for nothing is as one without', async () => {
    const packed = await readPackReceipts(packInMemory(readFileSync(file('full.otpack'))))
    const [first, second] = packed
    if (first === undefined || second === undefined) throw new TypeError('no receipts')
    const swapped = packed.map(({ leaf, receipt }) => ({
      leaf,
      receipt: receipt === first.receipt ? second.receipt : first.receipt,
    }))
    const plain = readFileSync(file('plain.otpack'))
    writeFileSync(
      file('swapped.otpack'),
      withPackReceipts(plain, swapped, (bytes) => bytes),
    )
    for (const credential of credentials) {
      expect(await logged('swapped.otpack', credential)).toBeUndefined()
    }
  })

  test('has the newest where there are more than it takes', async () => {
    const gather = (max?: number) =>
      gatherReceipts({
        server: server.origin,
        types: [TYPES.food],
        trust,
        onProgress: () => {},
        ...(max === undefined ? {} : { max }),
      })
    const all = await gather()
    const some = await gather(2)
    expect(some).toEqual({ receipts: all.receipts.slice(-2), leftOut: all.receipts.length - 2 })
  })
})

describe('no pack is written', () => {
  test.for([
    ['of a type that nobody knows', ['--receipts', '0000'], 64],
    ['on a base that is not here', ['--receipts', TYPES.food, '--base-version', '1'], 64],
  ] as const)('%s', async ([, more, code]) => {
    expect((await make('none.otpack', ...more)).exit).toBe(code)
    expect(() => readFileSync(file('none.otpack'))).toThrow()
  })

  test('of a log that is not what its checkpoint says, or of another’s signature', async () => {
    const size = trust.logs[0]?.sizes.at(-1) ?? 0
    const width = Math.min(size, 256)
    const tile = `/log/tile/0/000${width < 256 ? `.p/${width}` : ''}`
    forged.set(tile, new Uint8Array(32 * width))
    const altered = await make('none.otpack', '--receipts', TYPES.food)
    forged.clear()
    expect([altered.exit, altered.out]).toEqual([1, expect.stringContaining('log/other-root')])
    const packed = await readPackReceipts(packInMemory(readFileSync(file('full.otpack'))))
    const [first] = packed
    if (first === undefined) throw new TypeError('no receipts')
    const asked = `/log/receipts/${Buffer.from(first.leaf).toString('base64url')}`
    forged.set(asked, first.receipt.with(-1, (first.receipt.at(-1) ?? 0) ^ 1))
    const unsigned = await make('none.otpack', '--receipts', TYPES.food)
    forged.clear()
    expect([unsigned.exit, unsigned.out]).toEqual([1, expect.stringContaining('signature/invalid')])
    expect(() => readFileSync(file('none.otpack'))).toThrow()
  })
})

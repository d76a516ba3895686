/** `onetrip seal …` against a server on a port: two people seal a letter and a PDF, and `onetrip verify` reads them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handwrittenPdf, sampleAgencies, sampleSealMaker } from '@onetrip/fixtures'
import {
  createApiKey,
  currentRoot,
  loadConfig,
  openServices,
  publishedPack,
  type Role,
  type RunningServer,
  type Services,
  seedDemo,
  startServer,
} from '@onetrip/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '../command-line.ts'
import { quietContext } from '../quiet-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-seal-'))
const file = (name: string): string => join(folder, name)
const agency = sampleAgencies[0]?.id ?? ''
let services: Services
let server: RunningServer
let sealId = ''

beforeAll(async () => {
  services = await openServices({
    config: loadConfig({ ONETRIP_DATA_DIR: file('data'), ONETRIP_PORT: '0' }),
    writeLog: () => {},
  })
  await seedDemo(services)
  server = await startServer({ services, closeMilliseconds: 0 })
  const people: Record<string, readonly Role[]> = {
    owner: ['own-seals'],
    clerk: ['request-seal'],
    keeper: ['keep-seals'],
    maker: ['make-seals'],
  }
  for (const [name, roles] of Object.entries(people)) {
    const key = await createApiKey(services, {
      agencyId: agency,
      holder: { name, kind: 'person' },
      types: [],
      roles,
      sealMakers: name === 'maker' ? [sampleSealMaker.id] : [],
    })
    writeFileSync(file(`${name}.key`), `${key}\n`)
  }
  writeFileSync(file('letter.txt'), '关于虚构市样例事项的函\n')
  writeFileSync(file('letter.pdf'), handwrittenPdf(['BT /F 20 Tf 300 300 Td (Seal here) Tj ET']))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

interface Ended {
  readonly exit: number
  readonly out: string
  readonly error: string
}

async function onetrip(...argv: readonly string[]): Promise<Ended> {
  const [out, errors]: [string[], string[]] = [[], []]
  const print = (line: string) => out.push(line)
  const exit = await runCommandLine({
    argv,
    contextFor: ({ args }) =>
      quietContext({ args, print, now: () => Math.floor(Date.now() / 1000) }),
    print,
    printError: (line) => errors.push(line),
  })
  return { exit, out: out.join('\n'), error: errors[0] ?? '' }
}

function as(who: string, ...argv: readonly string[]): Promise<Ended> {
  const address = ['--server', `http://127.0.0.1:${server.port}`]
  return onetrip('seal', ...argv, ...address, '--key-file', file(`${who}.key`))
}

async function done(who: string, ...argv: readonly string[]): Promise<string> {
  const { exit, out, error } = await as(who, ...argv)
  expect([exit, error]).toEqual([0, ''])
  return out
}

async function verify(name: string): Promise<Ended> {
  const { body } = await publishedPack(services)
  writeFileSync(file('province.otpack'), body)
  writeFileSync(file('root.json'), await currentRoot(services))
  const trust = ['--trust', file('province.otpack'), '--root', file('root.json')]
  return onetrip('verify', file(name), ...trust, '--office', '12339901XYN0000570')
}

describe('onetrip seal', () => {
  test('a seal is applied for, made, registered and listed', async () => {
    const named = ['--maker', sampleSealMaker.id, '--name', '虚构市样例局公文专用章']
    const how = ['--kind', '99', '--rank', 'cityOrCounty', '--lower-line', '公文专用章']
    sealId = await done('owner', 'apply', ...named, ...how, '--reason', '发文')
    expect(sealId).toMatch(/^[0-9a-f-]{36}$/)
    expect(await done('maker', 'step', sealId, 'make', '--days', '30', '--reason', 'x')).toContain(
      'made',
    )
    await done('maker', 'step', sealId, 'register', '--reason', '已备案')
    expect(await done('owner', 'list')).toMatch(
      new RegExp(`^${sealId} {2}in-use {2}339901\\d{8} {2}虚构市样例局公文专用章$`, 'm'),
    )
  })

  test('a seal for licences says so', async () => {
    const named = ['--maker', sampleSealMaker.id, '--name', '虚构市样例局电子证照专用章']
    const id = await done('owner', 'apply', ...named, '--kind', '99', '--licences', '--reason', 'x')
    expect(await done('owner', 'list')).toContain(
      `${id}  applied  -  虚构市样例局电子证照专用章  (licences)`,
    )
  })

  test('a letter: asked for, approved by another, sealed, verified; repeated, it is the same', async () => {
    const ask = ['request', sealId, file('letter.txt'), '--purpose', '答复来函']
    const useId = await done('clerk', ...ask)
    const put = ['put', useId, file('letter.txt')]
    expect((await as('clerk', ...put)).error).toBe('onetrip seal put: approval/missing')
    expect((await as('clerk', 'decide', useId, file('letter.txt'))).error).toBe(
      'onetrip seal decide: auth/forbidden',
    )
    expect((await as('keeper', 'decide', useId, file('letter.pdf'))).error).toBe(
      'onetrip seal decide: approval/other-files',
    )
    expect(await done('keeper', 'decide', useId, file('letter.txt'))).toBe('approved')
    await done('clerk', ...put)
    const first = readFileSync(file('letter.txt.seal'))
    await done('clerk', ...put)
    expect(readFileSync(file('letter.txt.seal'))).toEqual(first)
    const { exit, out } = await verify('letter.txt')
    expect(exit).toBe(0)
    expect(out).toContain(`purpose 答复来函, approval ${useId}`)
    const used = `"${useId}","答复来函","approved","clerk"`
    expect(await done('owner', 'record', sealId)).toContain(used)
  })

  test('a second impression on the letter covers the first', async () => {
    const useId = await done('clerk', 'request', sealId, file('letter.txt'), '--purpose', '会签')
    await done('keeper', 'decide', useId, file('letter.txt'))
    await done('clerk', 'put', useId, file('letter.txt'))
    const { exit, out } = await verify('letter.txt')
    expect(exit).toBe(0)
    expect(out).toContain('seal 2 of 2: valid')
  })

  test('a PDF: the seal stands on a word, and the file is a sealed PDF', async () => {
    const where = ['--keyword', 'Seal here', '--purpose', '答复来函']
    const useId = await done('clerk', 'request', sealId, file('letter.pdf'), ...where)
    await done('keeper', 'decide', useId, file('letter.pdf'))
    expect(await done('clerk', 'put', useId, file('letter.pdf'), '--pdf')).toBe(
      file('letter-sealed.pdf'),
    )
    const sealed = readFileSync(file('letter-sealed.pdf'))
    const base = readFileSync(file('letter.pdf'))
    expect(sealed.subarray(0, base.length)).toEqual(base)
    expect(sealed.includes('ETSI.CAdES.detached')).toBe(true)
    await done('clerk', 'put', useId, file('letter.pdf'), '--pdf', '--out', file('again.pdf'))
    expect(readFileSync(file('again.pdf'))).toEqual(sealed)
    const { exit, out } = await verify('again.pdf')
    expect([exit, out.split('\n')[0]]).toEqual([0, 'valid'])
  })

  test.for([
    [['step', '1', 'melt', '--reason', 'x'], 'STEP is one of'],
    [['step', '1', 'make', '--reason', 'x'], 'an id has 36 characters'],
    [['request', '1', 'x', '--purpose', 'y', '--at', '1,2'], '--at wants PAGE,X,Y'],
    [['request', '1', '/nowhere', '--purpose', 'y'], 'cannot read'],
    [
      ['apply', '--maker', 'x', '--name', 'x', '--kind', '99', '--reason', 'x', '--size', '4x4'],
      '--image PNG',
    ],
  ] as const)('%j is refused before anything is sent', async ([argv, words]) => {
    const { exit, error } = await as('owner', ...argv)
    expect(exit).toBe(64)
    expect(error).toContain(words)
  })

  test('a server that does not answer, and no key', async () => {
    const nowhere = await onetrip(
      'seal',
      'list',
      '--server',
      'http://127.0.0.1:9',
      '--key-file',
      file('owner.key'),
    )
    expect(nowhere).toMatchObject({ exit: 1, error: 'onetrip seal list: network/unreachable' })
    const keyless = await onetrip('seal', 'list', '--server', 'http://127.0.0.1:9')
    expect(keyless.exit).toBe(64)
    writeFileSync(file('wrong.key'), 'otk_wrong')
    expect((await as('wrong', 'list')).error).toBe('onetrip seal list: auth/required')
  })
})

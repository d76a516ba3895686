/** A case's package by HTTP, and what it proves without the server. */

import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeZip, encodeZip, verifyArchive, type ZipPart } from '@onetrip/archive'
import { parseJson, sha256Hex, utf8Decode, utf8Encode } from '@onetrip/codec'
import { handwrittenPdf } from '@onetrip/fixtures'
import { formatVerifierKey, verifierKey } from '@onetrip/log'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walkLicence } from '../../testing/case-acts.ts'
import {
  type CaseWorld,
  CHEN,
  DRAWING,
  openCaseWorld,
  versionOf,
} from '../../testing/case-world.ts'
import { freePort } from '../../testing/free-port.ts'
import { makeSigner } from '../../testing/sample-log.ts'
import { START, TYPES } from '../../testing/test-world.ts'
import { recordKey } from '../record/integrate.ts'
import { firstRoot } from '../trust-data/offline-roles.ts'
import { type RunningWitness, startWitness } from '../witness/start-witness.ts'
import { openWitnessState } from '../witness/witness-state.ts'

const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0
const METADATA_ROOT = '{urn:onetrip:archive:1}政务服务事项电子文件'
/** Python's standard library: ZIP, hashes and XML by code of others. */
const PEER = `
import hashlib, json, sys, xml.etree.ElementTree as tree, zipfile
bag = zipfile.ZipFile(sys.argv[1])
folder = bag.namelist()[0].split('/')[0] + '/'
listed, wrong = set(), []
for tag in ('manifest', 'tagmanifest'):
    for algorithm in ('sha256', 'sha512'):
        for line in bag.read(folder + tag + '-' + algorithm + '.txt').decode().splitlines():
            digest, path = line.split('  ', 1)
            listed.add(path)
            if hashlib.new(algorithm, bag.read(folder + path)).hexdigest() != digest:
                wrong.append(path)
root = tree.fromstring(bag.read(folder + 'data/metadata.xml')).tag
print(json.dumps({'damaged': bag.testzip(), 'wrong': wrong, 'listed': len(listed), 'root': root}))
`

const WITNESS = 'witness.example'
const signer = makeSigner()
const folderOfTest = mkdtempSync(join(tmpdir(), 'onetrip-packages-'))

let witness: RunningWitness
let cases: CaseWorld
let id: string
let bytes: Uint8Array
let parts: readonly ZipPart[]
let initialRoot: Uint8Array
let packedAt: number

beforeAll(async () => {
  const port = await freePort()
  const vkey = formatVerifierKey(verifierKey(WITNESS, 'cosignature', signer.publicKey))
  writeFileSync(
    join(folderOfTest, 'witnesses.json'),
    JSON.stringify([{ vkey, url: `http://127.0.0.1:${port}` }]),
  )
  cases = await openCaseWorld({ ONETRIP_LOG_WITNESSES: join(folderOfTest, 'witnesses.json') })
  const state = openWitnessState(join(folderOfTest, 'witness.sqlite'))
  const logs = [recordKey(cases.world.services)]
  const made = { logs, signer: { name: WITNESS, signer }, state, now: () => START }
  witness = await startWitness(made, { host: '127.0.0.1', port })
  id = await walkLicence(cases)
  packedAt = cases.world.services.now()
  const response = await cases.request('clerk', `/api/cases/${id}/archive`)
  expect(response.status).toBe(200)
  bytes = new Uint8Array(await response.arrayBuffer())
  parts = decodeZip(bytes)
  initialRoot = await firstRoot(cases.world.services)
}, 120_000)
afterAll(async () => {
  await witness.close().catch(() => undefined)
  await cases.world.close()
  rmSync(folderOfTest, { recursive: true })
})

const folder = (): string => parts[0]?.name.split('/')[0] ?? ''
const names = (): readonly string[] => parts.map(({ name }) => name.slice(folder().length + 1))
function contentOf(path: string): Uint8Array {
  return parts.find(({ name }) => name === `${folder()}/${path}`)?.bytes ?? new Uint8Array()
}

/** The package with some files changed, and all its lists made anew: what somebody does who is not careless. */
function rebuilt(changes: Readonly<Record<string, Uint8Array | undefined>>): Uint8Array {
  const files = new Map(
    parts.map(({ name, bytes: content }) => [name.slice(folder().length + 1), content]),
  )
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) files.delete(path)
    else files.set(path, content)
  }
  const relist = (list: string, isListed: (path: string) => boolean): void => {
    const algorithm = list.includes('sha512') ? 'sha512' : 'sha256'
    const lines = [...files.keys()].filter(isListed).sort()
    const hash = (path: string) => hashOf(algorithm, files.get(path) ?? new Uint8Array())
    files.set(list, utf8Encode(lines.map((path) => `${hash(path)}  ${path}\n`).join('')))
  }
  for (const algorithm of ['sha256', 'sha512']) {
    relist(`manifest-${algorithm}.txt`, (path) => path.startsWith('data/'))
  }
  const isTag = (path: string) => !path.startsWith('data/') && !path.startsWith('tagmanifest-')
  for (const algorithm of ['sha256', 'sha512']) relist(`tagmanifest-${algorithm}.txt`, isTag)
  return encodeZip(
    [...files].map(([name, content]) => ({ name: `${folder()}/${name}`, bytes: content })),
  )
}

function hashOf(algorithm: 'sha256' | 'sha512', content: Uint8Array): string {
  return algorithm === 'sha256' ? sha256Hex(content) : sha512Of(content)
}

function sha512Of(content: Uint8Array): string {
  return Buffer.from(createHash('sha512').update(content).digest()).toString('hex')
}

describe('the package of a licence', () => {
  test('proves itself, and is the agency’s own', async () => {
    const { storage } = cases.world.services
    const { id: licence } = await storage
      .selectFrom('licence')
      .select('id')
      .where('type_code', '=', TYPES.food)
      .where('id', 'in', storage.selectFrom('case_part').select('licence_id'))
      .executeTakeFirstOrThrow()
    const path = `/api/licences/${licence}/archive`
    const response = await cases.request('approver', path)
    expect(response.status).toBe(200)
    const packed = new Uint8Array(await response.arrayBuffer())
    expect(await verifyArchive(packed, { initialRoot })).toMatchObject({
      outcome: 'valid',
      contents: { subject: { kind: 'licence', id: licence } },
      items: [{ kind: 'credential', outcome: 'valid' }],
    })
    expect((await cases.call('reviewer', path)).body['code']).toBe('auth/forbidden')
    const other = await cases.request('clerk', path)
    expect(other.status).toBe(403)
  })
})

describe('the package of a case', () => {
  test('holds what came in, how it was handled, what came of it, and how that was judged', () => {
    for (const path of [
      'data/contents.json',
      'data/metadata.xml',
      'data/process/case.json',
      'data/result/food-business-licence/decision.txt.seal',
      'data/result/food-business-licence/licence.paper',
      'data/reports/food-business-licence/decision.json',
      'data/trust/trust.otpack',
      'proof/package.tlog-proof',
    ]) {
      expect(names()).toContain(path)
    }
    expect(names().some((path) => /^data\/materials\/layout\/[0-9a-f-]+\.pdf$/.test(path))).toBe(
      true,
    )
    expect(names().filter((path) => path.endsWith('.entry')).length).toBeGreaterThan(20)
    const report = parseJson(contentOf('data/reports/food-business-licence/decision.json'))
    expect(report).toMatchObject({ outcome: 'valid' })
    const xml = Buffer.from(contentOf('data/metadata.xml')).toString()
    expect(xml).toContain(`<申请人>${CHEN}</申请人>`)
    expect(xml).toContain(
      '<计算机文件名>data/result/food-business-licence/decision.txt</计算机文件名>',
    )
  })

  test('proves itself: who packed it and when, each sealed file and each licence', async () => {
    const verdict = await verifyArchive(bytes, { initialRoot })
    expect(verdict).toMatchObject({
      outcome: 'valid',
      packedAt,
      contents: { subject: { kind: 'case', id } },
      place: { witnesses: 1, quorum: 1 },
    })
    expect(verdict.items.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['sealed', 'valid'],
      ['credential', 'valid'],
    ])
  })

  test.skipIf(!HAS_PYTHON)('is read by another ZIP reader, hash functions and XML parser', () => {
    const file = join(folderOfTest, 'package.zip')
    writeFileSync(file, bytes)
    const told = execFileSync('python3', ['-c', PEER, file], { encoding: 'utf8' })
    expect(JSON.parse(told)).toEqual({
      damaged: null,
      wrong: [],
      listed: parts.length - 2,
      root: METADATA_ROOT,
    })
  })

  test('a changed byte of any file is found', async () => {
    let at = 0
    for (const { bytes: content } of parts) {
      const start = Buffer.from(bytes).indexOf(content, at)
      at = start + content.length
      const other = bytes.slice()
      const place = start + Math.floor(content.length / 2)
      other[place] = (other[place] ?? 0) ^ 1
      expect((await verifyArchive(other, { initialRoot })).reason).toBe('archive/altered')
    }
  })

  test('other files under lists made anew are no package of the agency’s', async () => {
    const upload = names().find((path) => path.startsWith('data/materials/')) ?? ''
    const forged = rebuilt({ [upload]: utf8Encode('%PDF-forged') })
    expect(await verifyArchive(forged, { initialRoot })).toMatchObject({
      outcome: 'invalid',
      reason: 'archive/altered',
    })
    const unproven = rebuilt({ 'proof/package.entry': undefined })
    expect(await verifyArchive(unproven, { initialRoot })).toMatchObject({
      outcome: 'unverifiable',
      reason: 'archive/unproven',
    })
    const borrowed = rebuilt({
      'proof/package.entry': contentOf(
        names().find((path) => /^data\/log\/.*\.entry$/.test(path)) ?? '',
      ),
    })
    expect((await verifyArchive(borrowed, { initialRoot })).outcome).toBe('invalid')
  })

  test('what the log commits to nowhere adds nothing, and names nobody else', async () => {
    const info = 'bag-info.txt'
    const other = utf8Decode(contentOf(info)).replace(/(?<=Source-Organization: ).*/, 'Another')
    const twice = `${utf8Decode(contentOf(info))}source-organization: Another\n`
    for (const [changes, reason] of [
      [{ 'licence.pdf': utf8Encode('%PDF-forged') }, 'archive/incomplete'],
      [{ 'proof/9999.tlog-proof': contentOf('proof/package.tlog-proof') }, 'archive/incomplete'],
      [{ 'fetch.txt': utf8Encode('https://example.org/ 1 data/x\n') }, 'archive/incomplete'],
      [{ [info]: undefined }, 'archive/incomplete'],
      [{ [info]: utf8Encode(other) }, 'archive/altered'],
      [{ [info]: utf8Encode(twice) }, 'archive/altered'],
      [{ [info]: utf8Encode(`${utf8Decode(contentOf(info))} of Another\n`) }, 'archive/format'],
    ] as const) {
      expect(await verifyArchive(rebuilt(changes), { initialRoot })).toMatchObject({
        outcome: 'invalid',
        reason,
        items: [],
      })
    }
  })

  test('by another root it proves nothing', async () => {
    const other = utf8Encode(
      Buffer.from(initialRoot).toString().replace('"version":1', '"version":9'),
    )
    expect((await verifyArchive(bytes, { initialRoot: other })).outcome).toBe('unverifiable')
  })

  test('is for the window, of a case that is over, and that it was given out is recorded', async () => {
    const path = `/api/cases/${id}/archive`
    expect((await cases.call('reviewer', path)).body['code']).toBe('auth/forbidden')
    expect((await cases.call('handler', path)).body['code']).toBe('case/not-found')
    const open = await cases.accepted()
    expect((await cases.call('clerk', `/api/cases/${open}/archive`)).body['code']).toBe(
      'case/state',
    )
    const { storage } = cases.world.services
    const words = await storage
      .selectFrom('log_word')
      .select('idx')
      .where('word', '=', 'case/package')
      .execute()
    expect(words).toHaveLength(1)
  })

  test('what no witness has seen says so', async () => {
    await witness.close()
    const response = await cases.request('clerk', `/api/cases/${id}/archive`)
    const unseen = new Uint8Array(await response.arrayBuffer())
    expect(await verifyArchive(unseen, { initialRoot })).toMatchObject({
      outcome: 'caution',
      reason: 'receipt/unwitnessed',
      place: { witnesses: 0, quorum: 1 },
    })
  })
})

test('a file that another took the place of is kept, and said to be one', async () => {
  const begun = await cases.filled('clerk')
  const version = await versionOf(cases.world, begun)
  const path = `/api/cases/${begun}`
  const again = handwrittenPdf(['BT (again) Tj ET'])
  await cases.request('clerk', `${path}/materials/layout/file?version=${version}`, again)
  await cases.step('clerk', begun, 'withdraw')
  const response = await cases.request('clerk', `${path}/archive`)
  const kept = decodeZip(new Uint8Array(await response.arrayBuffer()))
  const layouts = kept.filter(({ name }) => name.includes('/materials/layout/'))
  expect(layouts.map(({ bytes: content }) => content)).toEqual([DRAWING, again])
  const metadata = kept.find(({ name }) => name.endsWith('/data/metadata.xml'))
  expect(utf8Decode(metadata?.bytes ?? again).match(/已由后交的材料代替/g)).toHaveLength(1)
})

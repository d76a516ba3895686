/** A log that rewrites what it said, or says different things to different people: its monitor, its witness and its verifiers. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Encode } from '@onetrip/codec'
import {
  commitTo,
  digestOfJwt,
  encodeEntry,
  formatVerifierKey,
  openCheckpoint,
  SALT_BYTES,
  verifierKey,
} from '@onetrip/log'
import { openWitnessState, type RunningWitness, startWitness } from '@onetrip/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeSigner, type SampleLog, sampleLog } from '../../../../server/testing/sample-log.ts'
import { runCommandLine } from '../command-line.ts'
import { quietContext } from '../quiet-context.ts'

const AGENCY = '11339901XYN000014M'
const NOW = 1_795_406_400
const WITNESS = 'witness.example'
const witnessSigner = makeSigner()
const witnessKey = verifierKey(WITNESS, 'cosignature', witnessSigner.publicKey)

let folder: string
/** What the log tells the one and the other. */
let honest: SampleLog
let forked: SampleLog
/** What is served, up to which size, and which file is held back. */
let shown: { log: SampleLog; size: number; missing?: string }
let address: string
let close: () => Promise<void>
let witness: RunningWitness

const issuance = (name: string, issuer: string = AGENCY): Uint8Array =>
  encodeEntry({ kind: 'issuance', issuer, type: 'food', issuedAt: NOW, digest: digestOfJwt(name) })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-forks-'))
  const entries = Array.from({ length: 600 }, (_, at) => issuance(`licence ${at}`, 'other'))
  honest = sampleLog({ name: 'log.example', entries })
  const { signer } = honest
  const secret = entries.toSpliced(500, 1, issuance('secret licence'))
  forked = sampleLog({ name: 'log.example', signer, entries: secret })
  shown = { log: honest, size: 520 }
  const server = createServer(async ({ url = '' }, response) => {
    const path = url.replace(/^\/log\//, '')
    const { log, size, missing } = shown
    if (path === missing) response.writeHead(404).end()
    else response.end(path === 'checkpoint' ? await log.checkpoint(size) : log.file(path))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const bound: AddressInfo | string | null = server.address()
  const port = typeof bound === 'object' ? bound?.port : undefined
  address = `http://127.0.0.1:${port}`
  close = () => new Promise((done) => server.close(() => done()))
  witness = await startWitness(
    {
      logs: [honest.key],
      signer: { name: WITNESS, signer: witnessSigner },
      state: openWitnessState(join(folder, 'witness.sqlite')),
      now: () => NOW,
    },
    { host: '127.0.0.1', port: 0 },
  )
  writeFileSync(join(folder, 'log.vkey'), formatVerifierKey(honest.key))
  const list = [{ vkey: formatVerifierKey(witnessKey), url: `http://127.0.0.1:${witness.port}` }]
  writeFileSync(join(folder, 'witnesses.json'), JSON.stringify(list))
})
afterEach(async () => {
  await Promise.all([close(), witness.close()])
  rmSync(folder, { recursive: true })
})

async function askWitness(log: SampleLog, oldSize: number, size: number) {
  const body = new Uint8Array(await log.request(oldSize, size))
  const url = `http://127.0.0.1:${witness.port}/add-checkpoint`
  const answer = await fetch(url, { method: 'POST', body })
  return { status: answer.status, text: await answer.text() }
}

async function monitor(name: string, ...more: readonly string[]) {
  const [out, errors]: [string[], string[]] = [[], []]
  const files = ['--vkey', join(folder, 'log.vkey'), '--state', join(folder, name)]
  const exit = await runCommandLine({
    argv: ['log', 'monitor', address, ...files, '--once', ...more],
    contextFor: ({ args }) =>
      quietContext({ args, now: () => NOW, print: (line) => out.push(line) }),
    print: (line) => out.push(line),
    printError: (line) => errors.push(line),
  })
  return { exit, out, error: errors.join('\n') }
}

describe('a log that only grows', () => {
  test('is followed from where it was left, across bundles and without anything new', async () => {
    expect(await monitor('state')).toEqual({
      exit: 0,
      out: ['log.example: 520 entries, 520 new, 0 to tell'],
      error: '',
    })
    for (const size of [520, 521, 600]) {
      shown = { log: honest, size }
      const { exit, out } = await monitor('state', '--json')
      expect(exit).toBe(0)
      expect(JSON.parse(out[0] ?? '')).toMatchObject({ size, alerts: 0 })
    }
  })

  test('an agency is told of the licence that it did not expect, once; its system may be a moment late', async () => {
    const known = ['late licence', 'known licence', 'unknown licence'].map((name) => issuance(name))
    honest.entries.splice(517, 3, ...known)
    const digest = digestOfJwt('known licence')
    writeFileSync(join(folder, 'expected.txt'), `${Buffer.from(digest).toString('hex')}\n`)
    const agency = ['--agency', AGENCY, '--expected', join(folder, 'expected.txt')]
    const late = Buffer.from(digestOfJwt('late licence')).toString('base64url')
    setTimeout(() => appendFileSync(join(folder, 'expected.txt'), `${late}\n`), 2_000)
    const first = await monitor('state', ...agency, '--json')
    expect(first.exit).toBe(2)
    expect(first.out.map((line) => JSON.parse(line))).toMatchObject([
      { alert: 'licence-unexpected', index: 519, at: NOW, type: 'food' },
      { size: 520, added: 520, alerts: 1 },
    ])
    expect(await monitor('state', ...agency)).toMatchObject({ exit: 0, error: '' })
  }, 30_000)

  test('what people did at night is told, with who it was where the facts are given', async () => {
    const night = NOW + 12 * 3600
    const { commitment, opening } = commitTo({ actor: 'zhao' }, new Uint8Array(SALT_BYTES))
    const entry = {
      kind: 'act',
      act: 'licence/issue',
      at: night,
      agency: AGENCY,
      commitment,
    } as const
    honest.entries.splice(519, 1, encodeEntry(entry))
    const facts = { entries: [{ index: 519, opening: Buffer.from(opening).toString('base64url') }] }
    writeFileSync(join(folder, 'facts.json'), JSON.stringify(facts))
    const told = await monitor('state', '--agency', AGENCY, '--facts', join(folder, 'facts.json'))
    expect(told).toMatchObject({
      exit: 2,
      out: [
        'out-of-hours #519 2026-11-23T16:00:00Z act=licence/issue officer=zhao',
        'log.example: 520 entries, 520 new, 1 to tell',
      ],
    })
  })
})

describe('a log that is rewritten', () => {
  test.for([
    ['another history', () => ({ log: forked, size: 600 }), 'log/other-root'],
    ['another history of the same size', () => ({ log: forked, size: 520 }), 'log/other-root'],
    ['less than before', () => ({ log: honest, size: 519 }), 'log/shrunk'],
  ] as const)('%s is found, and what proves it is kept', async ([, next, code]) => {
    await monitor('state')
    const before = readFileSync(join(folder, 'state'), 'utf8')
    shown = next()
    const { exit, error } = await monitor('state')
    expect([exit, error]).toEqual([1, expect.stringContaining(code)])
    expect(readFileSync(join(folder, 'state'), 'utf8')).toBe(before)
    const evidence = readFileSync(join(folder, 'state.evidence'), 'utf8')
    const notes = evidence.split(/(?<=\n)\n(?=log\.example\n)/)
    expect(notes).toHaveLength(2)
    const policy = { log: honest.key, witnesses: [], threshold: 0 }
    for (const note of notes) await openCheckpoint(utf8Encode(note.replace(/\n\n$/, '\n')), policy)
  })

  test('entries that do not lead to the root', async () => {
    const liar = { ...honest, file: (path: string) => forked.file(path) }
    shown = { log: liar, size: 520 }
    const { exit, error } = await monitor('state')
    expect([exit, error]).toEqual([1, expect.stringContaining('log/other-root')])
  })

  test('a file that is held back is named, and a monitor that runs tells of it', async () => {
    shown = { log: honest, size: 520, missing: 'tile/entries/001' }
    const words = 'network/unreachable: /log/tile/entries/001 is not there (404)'
    expect(await monitor('state')).toMatchObject({ exit: 1, error: expect.stringContaining(words) })
    const out: string[] = []
    const exit = await runCommandLine({
      argv: [
        'log',
        'monitor',
        address,
        '--vkey',
        join(folder, 'log.vkey'),
        '--state',
        join(folder, 's'),
      ],
      contextFor: ({ args }) =>
        quietContext({ args, print: (line) => out.push(line), stopped: AbortSignal.abort() }),
      print: (line) => out.push(line),
      printError: (line) => out.push(line),
    })
    expect([exit, out]).toEqual([2, [words]])
  })

  test('a state that somebody changed, and the state of another log', async () => {
    await monitor('state')
    const text = readFileSync(join(folder, 'state'), 'utf8')
    for (const changed of ['{}', text.replace('"hashes":["', '"hashes":["A'), text.slice(1)]) {
      writeFileSync(join(folder, 'state'), changed)
      expect(await monitor('state')).toMatchObject({ exit: 64 })
    }
  })
})

describe('one key, two histories', () => {
  test('two verifiers can be deceived, the witness cannot, and whoever compares finds it', async () => {
    // Each verifier sees a good signature over a tree that holds what it looks for.
    const policy = { log: honest.key, witnesses: [], threshold: 0 }
    const [one, two] = [await honest.checkpoint(520), await forked.checkpoint(520)]
    expect((await openCheckpoint(one, policy)).root).not.toEqual(
      (await openCheckpoint(two, policy)).root,
    )

    // The witness cosigns one of them.
    const cosigned = await askWitness(honest, 0, 520)
    expect(cosigned.status).toBe(200)
    expect((await askWitness(forked, 0, 520)).status).toBe(409)
    expect((await askWitness(forked, 520, 520)).status).toBe(409)
    expect((await askWitness(forked, 520, 600)).status).toBe(422)

    // So a verifier that wants a cosignature takes only that.
    const strict = { ...policy, witnesses: [witnessKey], threshold: 1 }
    const note = utf8Encode(Buffer.from(one).toString() + cosigned.text)
    expect((await openCheckpoint(note, strict)).size).toBe(520)
    await expect(openCheckpoint(two, strict)).rejects.toThrow('checkpoint/witnesses')

    // A monitor that only ever saw the other history finds out by what the witness saw.
    for (const size of [520, 600]) {
      shown = { log: forked, size }
      const alone = await monitor(`alone-${size}`)
      expect(alone.exit).toBe(0)
      const both = await monitor(`both-${size}`, '--witnesses', join(folder, 'witnesses.json'))
      expect([both.exit, both.error]).toEqual([1, expect.stringContaining('log/other-root')])
    }
    shown = { log: honest, size: 600 }
    const good = await monitor('good', '--witnesses', join(folder, 'witnesses.json'))
    expect(good).toMatchObject({ exit: 0 })
  })

  test('a log that shows its monitor less than it showed the witness', async () => {
    await askWitness(honest, 0, 600)
    const { exit, error } = await monitor('state', '--witnesses', join(folder, 'witnesses.json'))
    expect([exit, error]).toEqual([1, expect.stringContaining('log/shrunk')])
  })

  test('a witness that saw nothing yet is told', async () => {
    const { exit, out } = await monitor('state', '--witnesses', join(folder, 'witnesses.json'))
    expect([exit, out[0]]).toEqual([2, `witness-silent witness=${WITNESS}`])
  })
})

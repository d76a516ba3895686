import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publicKeyToJwk, signerFromPrivateJwk, utf8Encode } from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import {
  LIST_SIZE,
  newStatusBits,
  setStatus,
  signStatusListCwt,
  signStatusListJwt,
} from '@onetrip/status'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const NOW = 1_796_087_400
const folder = mkdtempSync(join(tmpdir(), 'onetrip-status-'))
const keyFile = join(folder, 'status.jwk')
const strangerFile = join(folder, 'stranger.jwk')
const signer = signerFromPrivateJwk({ ...testKeys.marketStatus })
const stranger = signerFromPrivateJwk({ ...testKeys.strangerCbor })
let cwt: Uint8Array
let jwt: Uint8Array

beforeAll(async () => {
  const statuses = newStatusBits()
  for (const [index, value] of [1, 2, 3].entries()) {
    setStatus({ statuses, bits: 2, index: index + 1 }, value)
  }
  const times = { issuedAt: NOW - 600, expiresAt: NOW + 600, ttlSeconds: 300 }
  const list = { uri: 'https://s.onetrip.example/1', bits: 2, statuses, ...times } as const
  cwt = await signStatusListCwt(list, signer)
  jwt = utf8Encode(`${await signStatusListJwt(list, signer)}\n`)
  writeFileSync(keyFile, JSON.stringify(publicKeyToJwk(signer.publicKey)))
  writeFileSync(strangerFile, JSON.stringify(publicKeyToJwk(stranger.publicKey)))
})

afterAll(() => rmSync(folder, { recursive: true }))

async function show(list: Uint8Array, ...args: readonly string[]) {
  const lines: string[] = []
  const errors: string[] = []
  const exit = await runCommandLine({
    argv: ['status', 'show', '-', ...args],
    contextFor: (run) =>
      quietContext({
        args: run.args,
        now: () => NOW,
        readInput: async (maxBytes) => list.subarray(0, maxBytes),
        print: (line) => lines.push(line),
      }),
    print: (line) => lines.push(line),
    printError: (line) => errors.push(line),
  })
  return { exit, text: lines.join('\n'), error: errors[0] }
}

describe('onetrip status show', () => {
  test('counts, times and size; both forms tell the same, and what was verified', async () => {
    for (const [list, form] of [
      [cwt, 'cwt'],
      [jwt, 'jwt'],
    ] as const) {
      const plain = await show(list, '--json')
      expect(plain.exit).toBe(0)
      expect(JSON.parse(plain.text)).toMatchObject({
        verified: false,
        expired: false,
        form,
        uri: 'https://s.onetrip.example/1',
        iat: '2026-12-01T01:00:00Z',
        exp: '2026-12-01T01:20:00Z',
        ttlSeconds: 300,
        bits: 2,
        size: LIST_SIZE,
        counts: { valid: LIST_SIZE - 3, suspended: 1, revoked: 1, unknown: 1 },
      })
      const verified = await show(list, '--json', '--key', keyFile)
      expect(JSON.parse(verified.text)).toMatchObject({ verified: true })
      expect(verified.exit).toBe(0)
    }
    expect((await show(cwt)).text).toContain('its signature was not verified (no --key)')
    expect((await show(cwt, '--key', keyFile)).text).toContain('signed by the key given')
  })

  test.for([
    ['0', 'valid', 0],
    ['1', 'revoked', 1],
    ['2', 'suspended', 1],
    ['3', 'unknown', 3],
  ] as const)('entry %s is %s: exit %i, and 3 without a key', async ([index, value, exit]) => {
    const answered = await show(cwt, '--index', index, '--key', keyFile)
    expect(answered.text).toContain(`value: ${value}`)
    expect(answered.exit).toBe(exit)
    expect((await show(cwt, '--index', index)).exit).toBe(3)
  })

  test('an expired list answers nothing', async () => {
    const args = ['--key', keyFile, '--at', String(NOW + 600)]
    const { exit, text } = await show(cwt, '--index', '0', ...args)
    expect(text).toContain('expired: true')
    expect(exit).toBe(3)
  })

  test.for([
    ['another key', ['--key', strangerFile], 1, 'signature/invalid'],
    ['outside the list', ['--index', '65536'], 1, 'status/index'],
    ['no number', ['--index', '-'], 64, '--index wants a number'],
    ['no key file', ['--key', folder], 64, `cannot read ${folder}`],
  ] as const)('%s', async ([, args, exit, error]) => {
    expect(await show(cwt, ...args)).toEqual({
      exit,
      text: '',
      error: `onetrip status show: ${error}`,
    })
  })

  test('what is no list, and a list too large', async () => {
    expect(await show(utf8Encode('a.b'))).toMatchObject({
      exit: 1,
      error: expect.stringMatching(/jws\/format$/),
    })
    const endless = new Uint8Array(600_000).fill(0xd2, 0, 1)
    expect(await show(endless)).toMatchObject({
      exit: 1,
      error: expect.stringMatching(/status\/too-large$/),
    })
  })

  test('the group says what follows it', async () => {
    const errors: string[] = []
    const exit = await runCommandLine({
      argv: ['status'],
      contextFor: () => quietContext(),
      print: () => {},
      printError: (line) => errors.push(line),
    })
    expect(exit).toBe(64)
    expect(errors[0]).toBe('onetrip: status is followed by another word: status show')
  })
})

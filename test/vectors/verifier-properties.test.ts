/** Whatever the input, there is a verdict; and whatever is altered is never valid. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { decodeQrText } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import { type Verdict, verify, verifyReceived } from '@onetrip/verifier'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { NOW, OFFICE, signers } from './vector-cast.ts'
import { openVectorPack } from './verifier-verdicts.ts'

const FOLDER = resolve(import.meta.dirname, '../../fixtures/vectors')
const live = decodeQrText(textOf('live-valid'))
const liveSdJwt = textOf('live-sd-jwt-valid')

let trust: Trust

beforeAll(async () => {
  trust = await openVectorPack(readJson('trust-packs/main'))
})

function judge(input: Uint8Array | string): Promise<Verdict> {
  return verify(input, {
    trust,
    now: NOW,
    office: OFFICE,
    accept: ['requested', 'live', 'document', 'copy', 'paper'],
  })
}

describe('any input gives a verdict', () => {
  test('arbitrary bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 512 }), async (bytes) => {
        expect((await judge(bytes)).outcome).not.toBe('valid')
      }),
      { numRuns: 500 },
    )
  })

  test('arbitrary bytes behind the head of a COSE_Sign1', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 512 }), async (bytes) => {
        expect((await judge(Uint8Array.of(0xd2, 0x84, ...bytes))).outcome).not.toBe('valid')
      }),
      { numRuns: 500 },
    )
  })

  test('arbitrary text, with and without our beginnings', async () => {
    const start = fc.constantFrom('', 'OT1:', 'eyJ', 'eyJhbGciOiJFUzI1NiJ9.', `${liveSdJwt}~`)
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(start, text, async (before, after) => {
        expect((await judge(before + after)).outcome).not.toBe('valid')
      }),
      { numRuns: 500 },
    )
  })

  test('what is neither text nor bytes', async () => {
    for (const input of [null, undefined, 7, {}, [], new ArrayBuffer(8)]) {
      const verdict: Verdict = await Reflect.apply(judge, undefined, [input])
      expect(verdict.reason).toBe('format/unsupported')
    }
  })

  test("the wallet's receiving check", async () => {
    const holderKey = signers.holder.publicKey
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 256 }), async (credential) => {
        const verdict = await verifyReceived({ credential, holderKey, trust, now: NOW })
        expect(verdict.outcome).not.toBe('valid')
      }),
      { numRuns: 200 },
    )
  })
})

describe('an altered live presentation is never valid', () => {
  test('as it is, it is valid', async () => {
    expect((await judge(live)).outcome).toBe('valid')
    expect((await judge(liveSdJwt)).outcome).toBe('valid')
  })

  test('every truncation', async () => {
    for (let length = 0; length < live.length; length++) {
      expect((await judge(live.subarray(0, length))).outcome).not.toBe('valid')
    }
  })

  test('every flipped bit', async () => {
    for (let bit = 0; bit < live.length * 8; bit++) {
      const altered = live.slice()
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const { outcome } = await judge(altered)
      if (outcome === 'valid') expect.fail(`bit ${bit}`)
    }
  })

  test('every truncation of the SD-JWT VC', async () => {
    for (let length = 0; length < liveSdJwt.length; length++) {
      expect((await judge(liveSdJwt.slice(0, length))).outcome).not.toBe('valid')
    }
  })

  test('every changed character of the SD-JWT VC', async () => {
    for (let i = 0; i < liveSdJwt.length; i++) {
      const other = liveSdJwt[i] === 'A' ? 'B' : 'A'
      const { outcome } = await judge(liveSdJwt.slice(0, i) + other + liveSdJwt.slice(i + 1))
      if (outcome === 'valid') expect.fail(`character ${i}`)
    }
  })
})

function textOf(name: string): string {
  return readJson(`verifier/${name}`).input.text
}

function readJson(name: string) {
  return JSON.parse(readFileSync(resolve(FOLDER, `${name}.json`), 'utf8'))
}

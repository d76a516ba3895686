/** `onetrip verify` on requests, answers and receipts, from the vectors. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { encodeFrameLines, fromHex } from '@onetrip/codec'
import { answerBytes, parseVpRequest, vpTokenText } from '@onetrip/credential'
import { proveVpRequest, shownInAnswer } from '@onetrip/verifier'
import { afterAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  NOW,
  SIGNERS,
  sampleReceipt,
  WANTS,
} from '../../verifier/samples/asking-world.ts'
import { vpPresentations } from '../../verifier/samples/online-asking.ts'
import { quietContext } from './quiet-context.ts'
import { UsageError } from './usage.ts'
import { runVerify } from './verify-command.ts'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/vectors')
const OFFICE = '12339901XYN0000570'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-asked-'))
const { pack, root } = readJson('trust-packs/asking')
const trust = ['--trust', write('asking.otpack', fromHex(pack)), '--root', write('root.json', root)]
const valid = readJson('asking/answer-valid')
const request = write('request.bin', fromHex(valid.input.request))
const answer = write('answer.bin', fromHex(valid.input.hex))
const receiptVector = readJson('asking/receipt-valid')
const receipt = write('receipt.bin', fromHex(receiptVector.input.hex))

afterAll(() => rmSync(folder, { recursive: true }))

async function run(
  file: string,
  extra: readonly string[] = [],
  now: number = valid.now,
): Promise<{ readonly code: number; readonly output: string }> {
  const lines: string[] = []
  const context = quietContext({
    args: [file, ...trust, '--office', OFFICE, ...extra],
    now: () => now,
    print: (line) => lines.push(line),
  })
  const code = await runVerify(context)
  return { code, output: lines.join('\n') }
}

describe('onetrip verify', () => {
  test('a request: who asks, for what, which claims', async () => {
    const { code, output } = await run(request)
    expect(code).toBe(0)
    expect(output).toContain('from 虚构市云栖区政务服务中心 (12339901XYN0000570)')
    expect(output).toContain('for 开餐馆一件事: 办理食品经营许可新办')
    expect(output).toContain('营业执照: 法定代表人、住所、经营范围')
  })

  test('a request that asks too much: exit 1, and what is too much', async () => {
    const { hex } = readJson('asking/request-over-asking-claim').input
    const { code, output } = await run(write('over.bin', fromHex(hex)))
    expect(code).toBe(1)
    expect(output.split('\n')[0]).toBe('invalid: request/over-asking')
    expect(output).toContain('asks too much: registeredCapital as business-licence')
  })

  test('an answer of two licences beside its request: each at its material', async () => {
    const { code, output } = await run(answer, ['--request', request])
    expect(code).toBe(0)
    expect(output).toContain('营业执照: valid')
    expect(output).toContain('法定代表人身份证明: valid')
    expect(output).toContain('公民身份号码: 33999919010101001X')
  })

  test('its frames, one a line, are one answer', async () => {
    const lines = write('answer.frames.txt', `${encodeFrameLines(fromHex(valid.input.hex))}\n`)
    expect((await run(lines, ['--request', request])).code).toBe(0)
    const beside = await run(receipt, ['--request', request, '--answer', lines], receiptVector.now)
    expect(beside.output).toContain('proves that the holder agreed')
  })

  test.for([
    ['answer-missing', 2, 'caution: answer/missing', 'nothing is shown'],
    ['answer-missing-claim', 2, 'caution: answer/missing', 'asked, and not shown: idNumber'],
    ['answer-unasked-licence', 2, 'caution: answer/unasked', 'not asked, and left out: valid'],
    ['answer-other-wallet', 1, 'invalid: key-binding/signature', 'nothing is shown'],
    ['answer-other-request', 1, 'invalid: key-binding/nonce', ''],
  ] as const)('%s: exit %i', async ([name, code, first, more]) => {
    const { hex } = readJson(`asking/${name}`).input
    const result = await run(write(`${name}.bin`, fromHex(hex)), ['--request', request])
    expect([result.code, result.output.split('\n')[0]]).toEqual([code, first])
    expect(result.output).toContain(more)
  })

  test('a receipt, by itself and beside what it is for', async () => {
    const alone = await run(receipt, [], receiptVector.now)
    expect(alone.code).toBe(0)
    expect(alone.output).not.toContain('proves')
    const beside = ['--request', request, '--answer', answer]
    const { output } = await run(receipt, beside, receiptVector.now)
    expect(output).toContain('proves what was disclosed')
    expect(output).toContain('proves that the holder agreed')
    const json = JSON.parse((await run(receipt, [...beside, '--json'], receiptVector.now)).output)
    expect(json).toMatchObject({ outcome: 'valid', proves: { agreement: true } })
  })
})

describe('onetrip verify, of what came over the network', () => {
  const { text, clientId } = readJson('asking/vp-request-valid').input
  const { nonce } = parseVpRequest(text)
  const jwt = write('request.jwt', `${text}\n`)
  const restated = readJson('asking/vp-request-commitment').input.text
  const made = async (changes: Parameters<typeof vpPresentations>[1] = {}): Promise<string> => {
    const parts = await vpPresentations(clientId, { nonce, ...changes })
    return vpTokenText(
      parts.map(({ material, presentation }) => ({ queryId: material, presentation })),
    )
  }

  test('an answer beside its request object: what was shown, and that the holder signed for what', async () => {
    const { code, output } = await run(write('token.json', await made()), ['--request', jwt])
    expect([code, output.split('\n')[0]]).toEqual([0, 'valid'])
    expect(output).toContain('公民身份号码: 33999919010101001X')
    expect(output).toContain('asked over the network by 虚构市云栖区政务服务中心')
    expect(output).toContain('for 开餐馆一件事: 办理食品经营许可新办')
    expect(output).toContain('signed for this office, matter, purpose and query')
  })

  test('a request object by itself: who asks, for what, and whether it may', async () => {
    const { code, output } = await run(jwt)
    expect(code).toBe(0)
    expect(output).toContain('from 虚构市云栖区政务服务中心 (12339901XYN0000570)')
    expect(output).toContain('for 开餐馆一件事: 办理食品经营许可新办')
    const changed = await run(write('changed.jwt', restated))
    expect([changed.code, changed.output.split('\n')[0]]).toEqual([
      1,
      'invalid: request/commitment',
    ])
  })

  test('an answer to another request: exit 1, and nothing is said to be signed', async () => {
    const token = write('other.json', await made({ signer: SIGNERS.marketJws }))
    const { code, output } = await run(token, ['--request', jwt])
    expect([code, output.split('\n')[0]]).toEqual([1, 'invalid: key-binding/signature'])
    expect(output).toContain('signed neither matter nor purpose')
  })

  test('a receipt beside both', async () => {
    const text = await made()
    const { forReceipt } = await proveVpRequest(readJson('asking/vp-request-valid').input.text, {
      trust: await askingTrust(),
      now: NOW,
    })
    if (forReceipt === undefined) throw new TypeError('it commits')
    const shown = shownInAnswer(text, { request: { wants: WANTS }, trust: await askingTrust() })
    const bytes = await sampleReceipt(answerBytes(text), {
      request: forReceipt,
      shown,
      now: valid.now,
    })
    const file = write('online.receipt', bytes)
    const beside = ['--request', jwt, '--answer', write('token-2.json', text)]
    const { code, output } = await run(file, beside)
    expect([code, output.split('\n')[0]]).toEqual([0, 'valid'])
    expect(output).toContain('proves what was disclosed')
    expect(output).toContain('proves that the holder agreed')
  })

  const others: readonly [string, string, readonly string[]][] = [
    ['a code’s answer', answer, ['--request', jwt]],
    ['a token that is none', write('none.json', '{}'), ['--request', jwt]],
    [
      'a request with other words behind its nonce',
      answer,
      ['--request', write('restated.jwt', restated)],
    ],
    ['a request that is none', answer, ['--request', write('none.jwt', 'eyJ')]],
  ]
  test.for(others)('%s is wrong usage', async ([, file, args]) => {
    await expect(run(file, args)).rejects.toThrow(UsageError)
  })

  test('--office of somebody else is wrong usage', async () => {
    const file = write('token-3.json', await made())
    const other = ['--request', jwt, '--office', '11339901XYN000022G']
    await expect(run(file, other)).rejects.toThrow(UsageError)
  })
})

describe('wrong usage', () => {
  const forged = fromHex(readJson('asking/counter-signature').input.hex)
  test.for<[string, string, readonly string[]]>([
    ['a request that is not there', answer, ['--request', join(folder, 'none')]],
    ['a request that is none', answer, ['--request', answer]],
    ['a request that no office vouches for', answer, ['--request', write('forged.bin', forged)]],
    ['an answer beside what is no receipt', answer, ['--answer', answer]],
    ['an answer that cannot be read', receipt, ['--answer', write('bad.txt', 'OT1:€')]],
  ])('%s', async ([, file, args]) => {
    await expect(run(file, args)).rejects.toThrow(UsageError)
  })
})

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

function readJson(name: string) {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'))
}

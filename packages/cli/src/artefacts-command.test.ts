/** What `onetrip artefacts` writes verifies as its README says, also where there is no network at all (case O13). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, test } from 'vitest'
import { childProgram } from '../../../server/testing/child-program.ts'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const NOW = 1_796_087_400
const MAIN = childProgram('onetrip')
const CHILD = childProgram('command-child')
/** Files that are no sample: whom to believe, keys for other libraries, and what to expect. */
const BESIDE = /^(?:province\.otpack|root\.json|README|log\.vkey|.+\.jwk|.+\.seal)$/
const EXIT_CODES = { valid: 0, invalid: 1, caution: 2, unverifiable: 3 } as const
const REASONS: Readonly<Record<string, string | undefined>> = {
  'credential.sdcwt': 'key-binding/missing',
  'credential.sdjwt': 'key-binding/missing',
  'live.txt': undefined,
  'live-logged.txt': undefined,
  'copy.txt': 'presentation/copy',
  'paper.txt': 'presentation/paper',
  'presentation.sdjwt': undefined,
  'request.txt': undefined,
  'request-other.txt': undefined,
  'answer.txt': undefined,
  'delegated-answer.txt': undefined,
  'delegation.txt': 'presentation/delegation',
  'receipt.txt': undefined,
  'revoked.txt': 'status/revoked',
  'suspended.txt': 'status/suspended',
  'letter.txt': undefined,
  'licence.pdf': 'presentation/paper',
  'seal.cbor': undefined,
  'sealed.pdf': undefined,
  'sealed-twice.pdf': undefined,
}
/** What each licence says that it was issued under. */
const SEAL = { name: '虚构市云栖区市场监督管理局电子证照专用章', state: 'in-use' }
const LAND_SEAL = { name: '虚构市云栖区自然资源和规划局电子证照专用章', state: 'in-use' }
const COUNT_INTERFACES = 'Object.values(os.networkInterfaces()).flat().length'
const WITHOUT_NETWORK = [
  ['unshare', '--net'],
  ['unshare', '--map-root-user', '--net'],
].find((prefix) => nodeUnder(prefix, '--print', COUNT_INTERFACES).stdout === '0\n')

const folder = mkdtempSync(join(tmpdir(), 'onetrip-samples-'))

afterAll(() => rmSync(folder, { recursive: true }))

interface Ran {
  readonly status: number | null
  readonly stdout: string
}

type Run = (...argv: readonly string[]) => Promise<Ran>

const runHere: Run = async (...argv) => {
  const lines: string[] = []
  const print = (line: string): void => {
    lines.push(line)
  }
  const contextFor = ({ args }: { readonly args: readonly string[] }) =>
    quietContext({ args, now: () => NOW, print })
  const status = await runCommandLine({ argv, contextFor, print, printError: print })
  return { status, stdout: lines.join('\n') }
}

/** Runs the project's Node as the last word of a command. */
function nodeUnder(prefix: readonly string[], ...args: readonly string[]) {
  const [command = '', ...rest] = [...prefix, process.execPath, ...args]
  return spawnSync(command, rest, { encoding: 'utf8' })
}

/** One process without a network, which runs what it is sent: thirty of them took a minute to start. */
function childUnder([command = '', ...rest]: readonly string[]): {
  readonly process: ChildProcess
  readonly run: Run
} {
  const child = spawn(command, [...rest, process.execPath, CHILD], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    run: async (...argv) => {
      child.stdin.write(`${JSON.stringify(argv)}\n`)
      const { value, done } = await answers.next()
      if (done === true) throw new Error('the child ended')
      const ran: Ran = JSON.parse(value)
      return ran
    },
  }
}

async function verifiesEverySample(name: string, run: Run): Promise<void> {
  const made = join(folder, name)
  const file = (sample: string): string => join(made, sample)
  expect(await run('artefacts', made)).toMatchObject({ status: 0 })
  const readme = readFileSync(file('README'), 'utf8')
  const stated = (word: string): string => RegExp(`^${word}: (.+)$`, 'm').exec(readme)?.[1] ?? ''
  const expected = [...readme.matchAll(/^expect: (\S+) (\S+)$/gm)].map(
    ([, sample = '', outcome = '']) => [sample, outcome] as const,
  )
  const samples = readdirSync(made).filter((entry) => !BESIDE.test(entry))
  expect(expected.map(([sample]) => sample).sort()).toEqual(samples.sort())
  expect(samples).toEqual(Object.keys(REASONS).sort())
  const trust = ['--trust', file('province.otpack'), '--root', file('root.json')]
  const asOf = ['--office', stated('office'), '--at', stated('at'), '--json']
  for (const [sample, outcome] of expected) {
    const request = sample.endsWith('answer.txt') ? ['--request', file('request.txt')] : []
    const { status, stdout } = await run('verify', file(sample), ...request, ...trust, ...asOf)
    const verdict = JSON.parse(stdout)
    expect([sample, verdict.outcome, verdict.reason]).toEqual([sample, outcome, REASONS[sample]])
    expect(EXIT_CODES).toHaveProperty(outcome, status)
    for (const licence of verdict.licences ?? []) {
      const seal = sample === 'live-logged.txt' ? LAND_SEAL : SEAL
      expect([sample, licence.seal]).toMatchObject([sample, seal])
    }
  }
  await verifiesAnswerAndReceipt(file, (...args) => run('verify', ...args, ...trust, ...asOf))
}

async function verifiesAnswerAndReceipt(file: (sample: string) => string, run: Run): Promise<void> {
  const said = async (...args: readonly string[]): Promise<unknown> => {
    const { outcome, reason, proves } = JSON.parse((await run(...args)).stdout)
    return [outcome, reason, ...(proves === undefined ? [] : [proves.agreement])]
  }
  const [answer, receipt] = [file('answer.txt'), file('receipt.txt')]
  const delegated = file('delegated-answer.txt')
  const other = ['--request', file('request-other.txt')]
  const own = ['--request', file('request.txt')]
  expect(await said(answer)).toEqual(['invalid', 'key-binding/audience'])
  expect(await said(answer, ...other)).toEqual(['invalid', 'key-binding/nonce'])
  expect(await said(delegated)).toEqual(['invalid', 'credential/wrong-type'])
  expect(await said(delegated, ...other)).toEqual(['invalid', 'key-binding/nonce'])
  expect(await said(file('delegation.txt'), ...own)).toEqual(['invalid', 'presentation/mode'])
  expect(await said(receipt)).toEqual(['valid', undefined, false])
  expect(await said(receipt, ...own, '--answer', answer)).toEqual(['valid', undefined, true])
  expect(await said(receipt, ...other)).toEqual(['invalid', 'receipt/request', false])
}

describe('every sample verifies as its README says', { timeout: 120_000 }, () => {
  test('made and verified where there is no network, or as it is where a system makes no such place', async () => {
    const prefix = WITHOUT_NETWORK
    if (prefix === undefined) return verifiesEverySample('as-it-is', runHere)
    const child = childUnder(prefix)
    // The command itself makes them, and ends with the exit codes of a good one and a bad one.
    const isForCommand = ([act, file = '']: readonly string[]): boolean =>
      act === 'artefacts' || /\/(?:live|revoked)\.txt$/.test(file)
    try {
      await verifiesEverySample('without-network', async (...argv) =>
        isForCommand(argv) ? nodeUnder(prefix, MAIN, ...argv) : child.run(...argv),
      )
    } finally {
      child.process.kill()
    }
  })
})

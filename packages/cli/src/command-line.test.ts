import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

async function run(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const lines: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] }
  const print = (line: string) => lines.stdout.push(`${line}\n`)
  const status = await runCommandLine({
    argv,
    contextFor: ({ args }) => quietContext({ args, print, environment }),
    print,
    printError: (line) => lines.stderr.push(`${line}\n`),
  })
  return { status, stdout: lines.stdout.join(''), stderr: lines.stderr.join('') }
}

describe('one run of onetrip', () => {
  test.for([
    [[], 'onetrip: no command'],
    [['constructor'], 'onetrip: no such command: constructor'],
    [['x\u001b[2J\u202e'], 'onetrip: no such command: x\ufffd[2J\ufffd'],
    [['no-such', '--json'], 'onetrip: no such command: no-such'],
    [
      ['pack', '--json'],
      'onetrip: pack is followed by another word: pack make, pack show, pack import',
    ],
    [['verify'], 'onetrip verify: FILE is missing'],
    [['verify', '--', 'x'], 'onetrip verify: --office ID is missing'],
    [['verify', 'x', '--trust', '--json'], 'onetrip verify: --trust wants FILE'],
    [['verify', 'x', '--skip-checks'], 'onetrip verify: unknown option --skip-checks'],
    [['verify', 'x', '--json=yes'], 'onetrip verify: --json takes no value'],
    [['demo', 'x'], 'onetrip demo: one argument too many: x'],
  ] as const)('%j: usage', async ([args, firstLine]) => {
    const { status, stderr, stdout } = await run(args)
    expect(stderr.split('\n')).toEqual([firstLine, expect.stringMatching(/--help says how$/), ''])
    expect(status).toBe(64)
    const isForMachines = args.some((word) => word === '--json')
    expect(stdout).toBe(isForMachines ? '{"error":{"code":null,"exit":64}}\n' : '')
  })

  test('what is wrong with trust data has its code for machines', async () => {
    const here = fileURLToPath(import.meta.url)
    const trust = ['--trust', here, '--root', here, '--office', 'x', '--json']
    const { status, stdout } = await run(['verify', here, ...trust])
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'pack/format', exit: 64 } })
    expect(status).toBe(64)
  })

  test('a fault has the same shape for machines, with its code', async () => {
    const pack = fileURLToPath(import.meta.url)
    const { status, stderr, stdout } = await run(['pack', 'show', pack, '--json'])
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'pack/format', exit: 1 } })
    expect([status, stderr]).toEqual([1, 'onetrip pack show: pack/format\n'])
  })

  test('a place that cannot be used is said, and is no internal error', async () => {
    const { status, stderr } = await run(['keys', 'list'], { ONETRIP_DATA_DIR: '/dev/null/data' })
    expect(stderr).toContain('/dev/null')
    expect(stderr).not.toContain('internal error')
    expect(status).toBe(64)
  })

  test('a place of which even its parent says that it is not there is refused at once', async () => {
    const { status, stderr } = await run(['keys', 'list'], { ONETRIP_DATA_DIR: '/proc/x/data' })
    expect(stderr).toContain('configuration: ONETRIP_DATA_DIR: ENOENT')
    expect(status).toBe(64)
  })

  test.for([
    [['--help'], '  verify FILE  '],
    [['help'], '  trust root create DIR  '],
    [['help', 'verify'], 'onetrip verify FILE --office ID [options]'],
    [['help', 'api-key'], 'onetrip api-key --agency USCC --types CODES'],
    [['verify', '--json', '-h'], 'Exit codes:\n  0 valid\n  1 invalid'],
  ] as const)('%j: help', async ([args, line]) => {
    const { status, stderr, stdout } = await run(args)
    expect(stdout).toContain(line)
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})

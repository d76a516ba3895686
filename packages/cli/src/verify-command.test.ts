import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { decodeCodeText, fromHex } from '@onetrip/codec'
import { parsePresentation } from '@onetrip/credential'
import { afterAll, describe, expect, test } from 'vitest'
import { quietContext } from './quiet-context.ts'
import { UsageError } from './usage.ts'
import { runVerify } from './verify-command.ts'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/vectors')
const OFFICE = '12339901XYN0000570'
const NOW = 1_796_087_400

const folder = mkdtempSync(join(tmpdir(), 'onetrip-verify-'))
const { pack, root } = readJson('trust-packs/main')
const trustFile = write('province.otpack', fromHex(pack))
const rootFile = write('root.json', root)

afterAll(() => rmSync(folder, { recursive: true }))

async function run(
  file: string,
  extra: readonly string[] = ['--root', rootFile],
  trust: string = trustFile,
): Promise<{ readonly code: number; readonly output: string }> {
  const lines: string[] = []
  const context = quietContext({
    args: [file, '--trust', trust, '--office', OFFICE, ...extra],
    now: () => NOW,
    print: (line) => lines.push(line),
  })
  const code = await runVerify(context)
  return { code, output: lines.join('\n') }
}

describe('onetrip verify', () => {
  test.for([
    ['live-valid', 0, 'valid'],
    ['live-sd-jwt-valid', 0, 'valid'],
    ['status-revoked', 1, 'invalid: status/revoked'],
    ['copy-amber', 2, 'caution: presentation/copy'],
    ['paper-amber', 2, 'caution: presentation/paper'],
    ['unbound-sd-cwt', 3, 'unverifiable: key-binding/missing'],
    ['frames-valid', 0, 'valid'],
    ['frames-incomplete', 3, 'unverifiable: qr/frames-incomplete'],
    ['qr-url', 3, 'unverifiable: qr/not-a-credential'],
  ] as const)('%s: exit %i', async ([name, code, firstLine]) => {
    const file = write(`${name}.txt`, readJson(`verifier/${name}`).input.text)
    const result = await run(file)
    expect(result.code).toBe(code)
    expect(result.output.split('\n')[0]).toBe(firstLine)
  })

  test('tells the seal that a licence was issued under, and what became of it since', async () => {
    const { text } = readJson('verifier/licence-seal-ended-within-the-hour-of-issue').input
    const { code, output } = await run(write('sealed.txt', text))
    expect(code).toBe(0)
    expect(output).toContain(
      'under the seal 虚构市云栖区市场监督管理局电子证照专用章 33990100000002 of 虚构市云栖区市场监督管理局 (11339901XYN000014M)',
    )
    expect(output).toMatch(/made by .* ended since 2026-11-20\S* as of 2026-12-01/)
  })

  test('tells where in the log a licence stands, also by a receipt in a file of its own', async () => {
    const logged = readJson('trust-packs/logged')
    const trust = write('logged.otpack', fromHex(logged.pack))
    const options = ['--root', write('logged-root.json', logged.root)]
    const told = async (name: string, ...more: readonly string[]) => {
      const { text } = readJson(`verifier/${name}`).input
      return run(write(`${name}.txt`, text), [...options, ...more], trust)
    }
    const place =
      'in the log (已入存证日志) log.onetrip.example/record, entry 3 of 5, cosigned by 0'
    expect((await told('log-receipt-good')).output).toContain(place)
    expect((await told('log-receipt-missing')).output).toMatch(/^unverifiable: receipt\/missing/)
    const { text } = readJson('verifier/log-receipt-good').input
    const [receipt = new Uint8Array(0)] = parsePresentation(decodeCodeText(text)).receipts
    const beside = ['--receipt', write('receipt.cose', receipt)]
    const given = await told('log-receipt-missing', ...beside)
    expect([given.code, given.output.includes(place)]).toEqual([0, true])
    expect((await told('log-receipt-spared')).output).toContain('its key was revoked later')
  })

  test('a text file may end in one line end, bytes may not', async () => {
    const { text } = readJson('verifier/live-valid').input
    expect((await run(write('n.txt', `${text}\n`))).code).toBe(0)
    expect((await run(write('rn.txt', `${text}\r\n`))).code).toBe(0)
    expect((await run(write('nn.txt', `${text}\n\n`))).code).toBe(3)
    const { hex } = readJson('verifier/cose-altered-payload').input
    const trailing = await run(write('b.bin', Uint8Array.of(...fromHex(hex), 0x0a)))
    expect(trailing.output).toContain('cbor/trailing-bytes')
  })

  test('a file over the limit is refused by the limit', async () => {
    const text = await run(write('long.txt', `OT1:${'0'.repeat(200_000)}`))
    expect(text.output).toContain('qr/limit')
    const bytes = await run(write('long.bin', new Uint8Array(200_000).fill(0xd2)))
    expect(bytes.output).toContain('cbor/limit')
  })

  test('--json prints the verdict, --at and --accept change it', async () => {
    const file = write('live.txt', readJson('verifier/live-valid').input.text)
    const old = ['--root', rootFile, '--json', '--at', '2026-12-01T01:20:01Z']
    const verdict = JSON.parse((await run(file, old)).output)
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'presentation/expired' })
    const paperOnly = await run(file, ['--root', rootFile, '--accept', 'paper,copy'])
    expect(paperOnly.output).toContain('presentation/mode')
    expect((await run(file, ['--root', rootFile, '--at', String(NOW)])).code).toBe(0)
  })

  test('the root may come from ONETRIP_ROOT', async () => {
    const file = write('live.txt', readJson('verifier/live-valid').input.text)
    const context = quietContext({
      args: [file, '--trust', trustFile, '--office', OFFICE],
      environment: { ONETRIP_ROOT: rootFile },
      now: () => NOW,
    })
    expect(await runVerify(context)).toBe(0)
  })

  test('nothing received steers the terminal', async () => {
    const { output } = await run(
      write('e.txt', readJson('verifier/claim-bidirectional').input.text),
    )
    expect(output).not.toMatch(/[\u202a-\u202e]/)
  })
})

describe('wrong usage', () => {
  const live = write('usage.txt', readJson('verifier/live-valid').input.text)
  const otherRoot = root.replaceAll(/"keyid":"[0-9a-f]{4}/g, '"keyid":"0000')
  const altered = fromHex(pack)
  altered[200] = (altered[200] ?? 0) ^ 1
  const good = ['--trust', trustFile, '--office', OFFICE, '--root', rootFile]
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['no file', good],
    ['two files', [live, live, ...good]],
    ['no trust data', [live, '--office', OFFICE, '--root', rootFile]],
    ['no office', [live, '--trust', trustFile, '--root', rootFile]],
    ['no root', [live, '--trust', trustFile, '--office', OFFICE]],
    ['a file that is not there', [join(folder, 'none'), ...good]],
    ['trust data that are not there', [live, ...good, '--trust', join(folder, 'none')]],
    ['trust data that are none', [live, ...good, '--trust', live]],
    ['altered trust data', [live, ...good, '--trust', write('altered.bin', altered)]],
    ['another root', [live, ...good, '--root', write('other.json', otherRoot)]],
    ['a root that is none', [live, ...good, '--root', write('key.json', '{"kty":"OKP"}')]],
    ['an unknown option', [live, ...good, '--skip-checks']],
    ['an unknown mode', [live, ...good, '--accept', 'live,any']],
    ['a time without zone', [live, ...good, '--at', '2026-12-01T01:10:00']],
    ['a month that is none', [live, ...good, '--at', '2026-13-01T01:10:00Z']],
    ['a day that is none', [live, ...good, '--at', '2026-02-30T01:10:00Z']],
    ['an hour that is none', [live, ...good, '--at', '2026-12-01T24:00:00Z']],
  ]
  test.for(cases)('%s', async ([, args]) => {
    const context = quietContext({ args, now: () => NOW })
    await expect(runVerify(context)).rejects.toThrow(UsageError)
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

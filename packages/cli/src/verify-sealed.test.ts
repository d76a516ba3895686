import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fromHex, toBase64url, utf8Encode } from '@onetrip/codec'
import { parseSealFile } from '@onetrip/seal'
import { afterAll, describe, expect, test } from 'vitest'
import { quietContext } from './quiet-context.ts'
import { UsageError } from './usage.ts'
import { runVerify } from './verify-command.ts'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/vectors')
const OFFICE = '12339901XYN0000570'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-sealed-'))
const { pack, root } = readJson('trust-packs/sealing')
const trustFile = write('province.otpack', fromHex(pack))
const rootFile = write('root.json', root)
const { now, input } = readJson('documents/valid')

afterAll(() => rmSync(folder, { recursive: true }))

async function run(
  file: string,
  ...extra: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const lines: string[] = []
  const context = quietContext({
    args: [file, '--trust', trustFile, '--root', rootFile, '--office', OFFICE, ...extra],
    now: () => now,
    print: (line) => lines.push(line),
  })
  const code = await runVerify(context)
  return { code, output: lines.join('\n') }
}

/** The file and the `.seal` beside it. */
function writeSealed(name: string, vector: string): string {
  const { file, seal } = readJson(`documents/${vector}`).input
  write(`${name}.seal`, fromHex(seal))
  return write(name, file.text)
}

describe('onetrip verify of a file beside which its .seal lies', () => {
  test('the .seal may be named instead of the file', async () => {
    const file = writeSealed('named.txt', 'valid')
    expect(await run(`${file}.seal`)).toEqual(await run(file))
  })

  test('says who sealed, with what, when and by whose clock, what for, and as of when', async () => {
    const { code, output } = await run(writeSealed('letter.txt', 'valid'))
    expect(code).toBe(0)
    expect(output.split('\n')[0]).toBe('valid')
    for (const words of [
      '  shown as document',
      '  seal 1 of 1: valid',
      '虚构市云栖区市场监督管理局电子证照专用章 33990100000017, 其他印章 (99)',
      'made by 虚构市样例印章制作中心 (91339901MAXYN0775D)',
      'not suspended or revoked as of 2026-12-01T00:10:00Z, 60 min old',
      'used at 2026-11-23T01:10:00Z by the clock of the server that sealed',
      'purpose 出具样例事项的函, approval 5f0c2b1e9a7d4c3380e6b1f2a4d5c6e7',
      'covers bytes 0 to 43 of text/plain',
    ]) {
      expect(output).toContain(words)
    }
  })

  test.for([
    ['byte-changed', 1, 'invalid: seal/digest-mismatch', '内容与用印时不一致'],
    ['seal-revoked', 1, 'invalid: seal/revoked', '印章已被撤销'],
    ['maker-unknown', 3, 'unverifiable: seal/maker-unknown', '印章制作单位不在信任名单中'],
    ['image-swapped', 1, 'invalid: seal/image-mismatch', '印章图样被换过'],
    ['counter-sealed', 0, 'valid', '    confirms impression '],
    ['seal-ended-since', 0, 'valid', '(ended since; sealed within it)'],
  ] as const)('%s: exit %i', async ([vector, exit, firstLine, words]) => {
    const { code, output } = await run(writeSealed(`${vector}.txt`, vector))
    expect([code, output.split('\n')[0]]).toEqual([exit, firstLine])
    expect(output).toContain(words)
  })

  test('what is not signed is not told', async () => {
    const { output } = await run(writeSealed('u.txt', 'maker-unknown'))
    expect(output).toContain('nothing of the seal is signed by its maker')
    expect(output).not.toContain('电子证照专用章')
    expect(output).not.toContain('出具样例事项的函')
  })

  test('--seal names one that lies elsewhere, and counts before the one beside', async () => {
    const file = write('elsewhere.txt', input.file.text)
    const seal = write('other-name.seal', fromHex(input.seal))
    expect((await run(file, '--seal', seal)).code).toBe(0)
    write('elsewhere.txt.seal', 'x')
    expect((await run(file, '--seal', seal)).code).toBe(0)
    expect((await run(file)).code).toBe(1)
  })

  test('the name says what type a file is of', async () => {
    const { code, output } = await run(writeSealed('letter.pdf', 'valid'))
    expect([code, output.split('\n')[0]]).toEqual([1, 'invalid: seal/media-type-mismatch'])
  })

  test('--json prints all of it, bytes as base64url', async () => {
    const verdict = JSON.parse((await run(writeSealed('json.txt', 'valid'), '--json')).output)
    expect(verdict).toMatchObject({
      outcome: 'valid',
      evidence: { mode: 'document' },
      impressions: [
        {
          seal: { kind: '99', image: { bytes: toBase64url(utf8Encode('<svg>样例</svg>')) } },
          stated: { proofOfTime: { kind: 'none' } },
        },
      ],
    })
  })

  test('a file that is larger than any code is read to its end', async () => {
    const file = write('large.txt', new Uint8Array(5_000_000).fill(0x20))
    write('large.txt.seal', fromHex(input.seal))
    const { output } = await run(file)
    expect(output).toContain('seal/length-mismatch')
  })

  test('a .seal that is too large is refused by its own rule', async () => {
    write('big.txt.seal', new Uint8Array(4 * 2 ** 20 + 5))
    const { code, output } = await run(write('big.txt', 'x'))
    expect([code, output.split('\n')[0]]).toEqual([3, 'unverifiable: seal/too-large'])
  })

  test('--accept may leave files out', async () => {
    const { output } = await run(writeSealed('mode.txt', 'valid'), '--accept', 'live,copy')
    expect(output.split('\n')[0]).toBe('invalid: presentation/mode')
  })
})

describe('onetrip verify of a PDF that carries its seals', () => {
  function writePdf(vector: string): string {
    return write(`${vector}.pdf`, fromHex(readJson(`documents/${vector}`).input.pdf))
  }

  test('says where the seal stands and what is signed', async () => {
    const { code, output } = await run(writePdf('pdf-valid'))
    expect([code, output.split('\n')[0]]).toEqual([0, 'valid'])
    expect(output).toContain('stands on page 1, from 380 120 to 499.055 239.055 points')
    expect(output).toMatch(/covers bytes 0 to \d+ of application\/pdf/)
    expect(output).toMatch(/put there by bytes \d+ to \d+, signed with all before them/)
  })

  test.for([
    ['pdf-twice', 0, 'valid', '  seal 2 of 2: valid'],
    ['pdf-altered', 1, 'invalid: seal/digest-mismatch', '内容与用印时不一致'],
    ['pdf-other-revision', 1, 'invalid: pdf/other-revision', ': pdf/other-revision'],
    ['pdf-foreign-signature', 2, 'caution: pdf/foreign-signature', '  found at byte 0: '],
    ['pdf-not-sealed', 3, 'unverifiable: pdf/not-sealed', '没有本程序能核验的印章'],
  ] as const)('%s: exit %i', async ([vector, exit, firstLine, words]) => {
    const { code, output } = await run(writePdf(vector))
    expect([code, output.split('\n')[0]]).toEqual([exit, firstLine])
    expect(output).toContain(words)
  })

  test('a .seal beside it counts instead', async () => {
    const file = writePdf('pdf-valid')
    write('pdf-valid.pdf.seal', fromHex(input.seal))
    expect((await run(file)).output).toContain('seal/digest-mismatch')
  })

  test('one that comes by standard input is told by its first bytes', async () => {
    const bytes = fromHex(readJson('documents/pdf-valid').input.pdf)
    const context = quietContext({
      args: ['-', '--trust', trustFile, '--root', rootFile, '--office', OFFICE],
      now: () => now,
      readInput: async (maxBytes) => bytes.subarray(0, maxBytes),
    })
    expect(await runVerify(context)).toBe(0)
  })
})

describe('onetrip verify of a PDF that carries the code of a licence', () => {
  const carrying = readJson('trust-packs/sealed-licences')
  const trust = write('licences.otpack', fromHex(carrying.pack))
  const ownRoot = write('licences-root.json', carrying.root)

  test('reads its pages, and says of which code they are', async () => {
    const vector = readJson('documents/pdf-licence')
    const lines: string[] = []
    const file = write('licence.pdf', fromHex(vector.input.pdf))
    const context = quietContext({
      args: [file, '--trust', trust, '--root', ownRoot, '--office', OFFICE],
      now: () => vector.now,
      print: (line) => lines.push(line),
    })
    // The vector states its text beside it; the page itself shows a grey rectangle.
    expect(await runVerify(context)).toBe(1)
    const output = lines.join('\n')
    expect(output.split('\n')[0]).toBe('invalid: document/facts-differ')
    expect(output).toContain('  seal 1 of 1: valid')
    expect(output).toContain('  the licence in the file: invalid: document/facts-differ')
    expect(output).toContain('食品经营许可证')
    expect(output).toMatch(/code number \(二维码编号\) [0-9A-Z]{4}-[0-9A-Z]{4}/)
  })
})

describe('onetrip verify of a seal by itself', () => {
  const { seals } = parseSealFile(fromHex(input.seal))
  const { cose = new Uint8Array(), jws = '' } = seals[0]?.bytes ?? {}

  test.for([
    ['seal.cbor', cose],
    ['seal.jws', `${jws}\n`],
  ] as const)('%s says whose it is, from when to when, and as of when', async ([name, content]) => {
    const { code, output } = await run(write(name, content))
    expect([code, output.split('\n')[0]]).toEqual([0, 'valid'])
    for (const words of [
      '  a seal by itself',
      '虚构市云栖区市场监督管理局电子证照专用章 33990100000017, 其他印章 (99)',
      'made by 虚构市样例印章制作中心 (91339901MAXYN0775D)',
      'not suspended or revoked as of 2026-12-01T00:10:00Z, 60 min old',
    ]) {
      expect(output).toContain(words)
    }
  })

  test('a byte altered in its signature: nothing of it is told', async () => {
    const { code, output } = await run(write('bad.cbor', cose.with(-1, (cose.at(-1) ?? 0) ^ 1)))
    expect([code, output.split('\n')[0]]).toEqual([1, 'invalid: signature/invalid'])
    expect(output).toContain('nothing of the seal is signed by its maker')
  })

  test('--json prints all of it', async () => {
    const verdict = JSON.parse((await run(write('json.cbor', cose), '--json')).output)
    expect(verdict).toMatchObject({ outcome: 'valid', seal: { id: '33990100000017' } })
  })
})

describe('wrong usage', () => {
  const seal = write('usage.seal', fromHex(input.seal))
  test.for([
    ['standard input has no name', '-', seal, 'is that of its name'],
    ['a file that is not there', join(folder, 'none'), seal, 'cannot read'],
    ['a folder', folder, seal, 'cannot read'],
    ['a .seal that is not there', trustFile, join(folder, 'none'), 'cannot read'],
  ] as const)('%s', async ([, file, named, message]) => {
    const wrong = run(file, '--seal', named)
    await expect(wrong).rejects.toThrow(UsageError)
    await expect(wrong).rejects.toThrow(message)
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

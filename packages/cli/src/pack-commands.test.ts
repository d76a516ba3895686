/** `onetrip pack make`, `show`, `import`, and `verify --store`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packInMemory, readPackIndex } from '@onetrip/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listen } from '../../trust/samples/test-server.ts'
import { PACK_NOW, packOfVersion } from '../testing/sample-packs.ts'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const BASE_MISSING = 'pack/base-missing'

const DAY = 86_400
const folder = mkdtempSync(join(tmpdir(), 'onetrip-pack-'))
const file = (name: string): string => join(folder, name)
const root = ['--root', file('root.json')]
const store = ['--store', file('store')]

beforeAll(async () => {
  for (const version of [1, 2]) {
    const made = await packOfVersion(version)
    writeFileSync(file(`${version}.otpack`), made.pack)
    writeFileSync(file('root.json'), made.root)
  }
})
beforeEach(() => rmSync(file('store'), { recursive: true, force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...argv: readonly string[]) {
  return runAt(PACK_NOW, argv)
}

async function runAt(now: number, argv: readonly string[]) {
  const lines: string[] = []
  const errors: string[] = []
  const shares: number[] = []
  const exit = await runCommandLine({
    argv,
    contextFor: ({ args }) =>
      quietContext({
        args,
        now: () => now,
        print: (line) => lines.push(line),
        progress: () => ({ update: (done, total) => shares.push(done / total), end: () => {} }),
      }),
    print: (line) => lines.push(line),
    printError: (line) => errors.push(line),
  })
  return { exit, text: lines.join('\n'), error: errors[0] ?? '', shares }
}

describe('onetrip pack import', () => {
  test('keeps what the pack brings, with progress, and says what is in use', async () => {
    const { exit, text, shares } = await run(
      'pack',
      'import',
      file('1.otpack'),
      ...store,
      ...root,
      '--json',
    )
    expect(exit).toBe(0)
    expect(JSON.parse(text)).toMatchObject({ version: 1, environment: 'test', faults: [] })
    expect(shares.at(-1)).toBe(1)
    const plain = await run('pack', 'import', file('2.otpack'), ...store, ...root)
    expect(plain.text).toMatch(/^imported; in use:/)
    const older = await run('pack', 'import', file('1.otpack'), ...store, ...root)
    expect(older).toMatchObject({ exit: 1 })
    expect(older.text).toContain('trust/rollback')
    expect(older.text).toContain('version: 2')
  })

  test('a pack that is over is refused, and what was kept stays in use', async () => {
    await run('pack', 'import', file('1.otpack'), ...store, ...root)
    const late = await runAt(PACK_NOW + 30 * DAY, [
      'pack',
      'import',
      file('2.otpack'),
      ...store,
      ...root,
      '--json',
    ])
    expect(late.exit).toBe(1)
    const { version, faults } = JSON.parse(late.text)
    expect(version).toBe(1)
    expect(faults[0]).toEqual({ part: 'timestamp', code: 'trust/expired-metadata' })
    const alone = await runAt(PACK_NOW + 30 * DAY, [
      'pack',
      'import',
      file('2.otpack'),
      '--store',
      file('other'),
      ...root,
    ])
    expect(alone).toMatchObject({ exit: 1, error: 'onetrip pack import: trust/expired-metadata' })
  })

  test.for([
    ['no pack', ['root.json'], 1, 'pack/format'],
    ['no file', ['none'], 64, 'cannot read'],
  ] as const)('%s', async ([, [name], exit, words]) => {
    const result = await run('pack', 'import', file(name), ...store, ...root)
    expect(result.exit).toBe(exit)
    expect(result.error).toContain(words)
  })
})

describe('onetrip pack make', () => {
  test('from a store: whole, and as a delta that only its base’s receiver can use', async () => {
    await run('pack', 'import', file('2.otpack'), ...store, ...root)
    const whole = await run('pack', 'make', ...store, ...root, '--out', file('w.otpack'), '--json')
    expect(whole.exit).toBe(0)
    const base = ['--base', file('1.otpack')]
    const delta = await run(
      'pack',
      'make',
      ...store,
      ...root,
      ...base,
      '--out',
      file('d.otpack'),
      '--json',
    )
    expect(JSON.parse(delta.text)).toMatchObject({ snapshot: 2, buildsOnSnapshot: 1 })
    expect(JSON.parse(delta.text).members).toBeLessThan(JSON.parse(whole.text).members)
    const fresh = ['--store', file('fresh')]
    const alone = await run('pack', 'import', file('d.otpack'), ...fresh, ...root)
    expect(alone).toMatchObject({ exit: 1, error: expect.stringContaining(BASE_MISSING) })
    expect((await run('pack', 'import', file('1.otpack'), ...fresh, ...root)).exit).toBe(0)
    const onTop = await run('pack', 'import', file('d.otpack'), ...fresh, ...root, '--json')
    expect(onTop.exit).toBe(0)
    expect(JSON.parse(onTop.text).version).toBe(2)
  })

  test('from a server: what it gives is verified before it is written', async () => {
    const asked: string[] = []
    let body = readFileSync(file('2.otpack'))
    const server = await listen((request, response) => {
      asked.push(request.url ?? '')
      response.end(body)
    })
    const from = ['--server', server.origin]
    const good = await run('pack', 'make', ...from, ...root, '--out', file('s.otpack'))
    expect(good.exit).toBe(0)
    expect(readFileSync(file('s.otpack')).equals(body)).toBe(true)
    await run('pack', 'make', ...from, ...root, '--base-version', '7', '--out', file('s7.otpack'))
    expect(asked).toEqual(['/trust/pack', '/trust/pack?base=7'])
    body = Buffer.from(body)
    body.write('x', body.length - 300)
    const bad = await run('pack', 'make', ...from, ...root, '--out', file('bad.otpack'))
    expect(bad.exit).toBe(1)
    expect(() => readFileSync(file('bad.otpack'))).toThrow('ENOENT')
    server.close()
    const gone = await run('pack', 'make', ...from, ...root, '--out', file('bad.otpack'))
    expect(gone).toMatchObject({ exit: 1, error: 'onetrip pack make: trust/unavailable' })
  })

  test.for([
    ['from nowhere', [], 'either --server URL or --store DIR is wanted'],
    ['from both', ['--server', 'https://a.example', ...store], 'either --server'],
    ['a version of a store', [...store, '--base-version', '3'], 'knows no older versions'],
    ['no version', ['--server', 'https://a.example', '--base-version', '0'], 'wants a number'],
    ['no address', ['--server', 'ftp://a.example'], 'wants an http or https address'],
    ['two bases', [...store, '--base', 'x', '--base-version', '3'], 'exclude each other'],
  ] as const)('%s is refused', async ([, args, words]) => {
    const result = await run('pack', 'make', ...args, ...root, '--out', file('none.otpack'))
    expect(result.exit).toBe(64)
    expect(result.error).toContain(words)
  })
})

describe('onetrip pack show', () => {
  test('lists, and with a root verifies', async () => {
    const listed = await run('pack', 'show', file('2.otpack'), '--json')
    const { members } = await readPackIndex(packInMemory(readFileSync(file('2.otpack'))))
    expect(JSON.parse(listed.text)).toMatchObject({
      verified: false,
      snapshot: 2,
      members: members.size,
      statusLists: 2,
    })
    const verified = await run('pack', 'show', file('2.otpack'), ...root)
    expect(verified.text).toMatch(/^an offline pack, verified from the root given/)
    expect(await run('pack', 'show', file('root.json'))).toMatchObject({
      exit: 1,
      error: 'onetrip pack show: pack/format',
    })
  })
})

describe('onetrip verify --store', () => {
  test('judges by what was imported, and wants one of pack and store', async () => {
    writeFileSync(file('code.txt'), 'https://a.example/')
    const verify = ['verify', file('code.txt'), '--office', 'x', ...root]
    expect((await run(...verify, ...store)).error).toContain('is no store of trust data')
    await run('pack', 'import', file('1.otpack'), ...store, ...root)
    expect(await run(...verify, ...store)).toMatchObject({ exit: 3 })
    expect((await run(...verify)).exit).toBe(64)
    expect((await run(...verify, ...store, '--trust', file('1.otpack'))).exit).toBe(64)
  })
})

/** `kill -9` at any moment of an import: what was kept is whole, and the next import goes on. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { followTrust, openTrust, packFetcher, packInMemory } from '@onetrip/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childProgram } from '../../../server/testing/child-program.ts'
import { PACK_NOW, packOfVersion } from '../testing/sample-packs.ts'
import { openFileStore, readFileStore } from './store/file-tuf-store.ts'

const CHILD = childProgram('import-child')
/** `ONETRIP_KILLS=50` looks longer. */
const KILLS = Number(process.env['ONETRIP_KILLS'] ?? 10)
const folder = mkdtempSync(join(tmpdir(), 'onetrip-kill-'))
const rootFile = join(folder, 'root.json')
const store = join(folder, 'store')
let initialRoot: Uint8Array
let packs: readonly Uint8Array[]

beforeAll(async () => {
  const versions = await Promise.all([1, 2].map((version) => packOfVersion(version)))
  packs = versions.map(({ pack }) => pack)
  initialRoot = versions[0]?.root ?? new Uint8Array()
  writeFileSync(rootFile, initialRoot)
  for (const [at, pack] of packs.entries()) writeFileSync(packFile(at + 1), pack)
})

afterAll(() => rmSync(folder, { recursive: true }))

function packFile(version: number): string {
  return join(folder, `${version}.otpack`)
}

/** Imports in a child; with `after`, it is killed so many milliseconds after it began. */
function importPack(version: number, after?: number): Promise<{ code: number | null; ms: number }> {
  const args = [packFile(version), '--store', store, '--root', rootFile]
  const child = spawn(process.execPath, [CHILD, String(PACK_NOW), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let began = performance.now()
  child.stdout.once('data', () => {
    began = performance.now()
    if (after !== undefined) setTimeout(() => child.kill('SIGKILL'), after)
  })
  return new Promise((done) =>
    child.once('exit', (code) => done({ code, ms: performance.now() - began })),
  )
}

async function keptVersion(): Promise<number> {
  return (await openTrust({ store: await readFileStore(store), initialRoot })).version
}

describe('an import that is killed', () => {
  test(`${KILLS} times leaves the version before or the one after, and the next goes on`, async () => {
    expect((await importPack(1)).code).toBe(0)
    const { ms } = await importPack(1)
    cpSync(store, join(folder, 'first'), { recursive: true })
    const ended: (number | null)[] = []
    for (let turn = 0; turn < KILLS; turn += 1) {
      // Each round begins with the first version alone.
      rmSync(store, { recursive: true })
      cpSync(join(folder, 'first'), store, { recursive: true })
      ended.push((await importPack(2, Math.random() * ms * 1.5)).code)
      expect([1, 2]).toContain(await keptVersion())
      await expectResumed()
    }
    expect(ended.filter((code) => code === null).length).toBeGreaterThan(KILLS / 3)
  }, 900_000)
})

/** Imports again here: what is kept is not read from the pack again. */
async function expectResumed(): Promise<void> {
  const again = await openFileStore(store)
  try {
    const asked: string[] = []
    const pack = await packFetcher(packInMemory(packs[1] ?? new Uint8Array()))
    const had = new Set(readdirSync(join(store, 'content')))
    const fetcher = {
      ...pack,
      target: (path: string, limits: { readonly maxBytes: number }) => {
        asked.push(/([0-9a-f]{64})\./.exec(path)?.[1] ?? path)
        return pack.target(path, limits)
      },
    }
    const trust = await followTrust({ store: again, fetcher, initialRoot, now: PACK_NOW })
    expect(trust).toMatchObject({ version: 2, faults: [] })
    expect(asked.filter((digest) => had.has(digest))).toEqual([])
  } finally {
    again.close()
  }
}

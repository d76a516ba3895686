import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let place: string

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'onetrip-folder-'))
})
afterAll(() => rmSync(place, { recursive: true }))

test('parents are made before it, for the owner only; again is nothing', () => {
  const path = join(place, 'a', 'b')
  makeFolder(path)
  makeFolder(path)
  for (const each of [path, join(place, 'a')]) expect(statSync(each).mode & 0o777).toBe(0o700)
})

test('what the system refuses is thrown, at once', () => {
  writeFileSync(join(place, 'file'), '')
  const refused: readonly (readonly [string, string])[] = [
    [join(place, 'file'), 'EEXIST'],
    [join(place, 'file', 'x'), 'EEXIST'],
  ]
  for (const [path, code] of refused) {
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code }))
  }
})

test.skipIf(!existsSync('/proc/self'))('a place in /proc is refused and not tried for ever', () => {
  const missing = expect.objectContaining({ code: 'ENOENT' })
  for (const path of ['/proc/x', '/proc/x/y/z']) expect(() => makeFolder(path)).toThrow(missing)
})

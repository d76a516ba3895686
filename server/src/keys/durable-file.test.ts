/** A file that appears whole or not at all leaves nothing of itself where it does not fit. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createFileOnce } from './durable-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-durable-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('where a disk takes no more, neither the file nor its draft is left', () => {
  const path = join(folder, 'key.json')
  const module = new URL('./durable-file.ts', import.meta.url).href
  const script = `import(process.argv[1]).then(({ createFileOnce }) => createFileOnce(process.argv[2], 'x'.repeat(4096)))
    .then(() => process.exit(0), ({ code }) => { console.log(code); process.exit(1) })`
  // The system refuses the bytes as a full disk does, once the file is open.
  const limited = spawnSync('sh', [
    ...['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, '-e', script, module, path],
  ])
  expect([limited.status, limited.stdout.toString().trim()]).toEqual([1, 'EFBIG'])
  expect(readdirSync(folder)).toEqual([])
  expect(createFileOnce(path, 'first')).toBe(true)
  expect(createFileOnce(path, 'second')).toBe(false)
  expect(readdirSync(folder)).toEqual(['key.json'])
})

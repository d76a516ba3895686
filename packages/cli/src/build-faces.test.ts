/** The faces of an installation are built once, and again when what they are made of changes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Encode } from '@onetrip/codec'
import { loadConfig } from '@onetrip/server'
import { afterAll, expect, test } from 'vitest'
import { buildFaces } from './build-faces.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'onetrip-faces-'))
const config = loadConfig({ ONETRIP_DATA_DIR: dataDir })
const root = utf8Encode('{"signed":{"version":1}}')

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('a second start builds nothing; another API or root builds the faces again', async () => {
  const faces = await buildFaces(config, root)
  expect(scripts(faces.counter)).toContain('"version":1')
  const pageOf = (folder: string) => statSync(join(folder, 'index.html')).mtimeMs
  const built = [faces.wallet, faces.counter, faces.console].map(pageOf)
  expect(scripts(faces.wallet)).toContain(config.apiOrigin)
  expect(await buildFaces(config, root)).toEqual(faces)
  expect([faces.wallet, faces.counter, faces.console].map(pageOf)).toEqual(built)

  const moved = { ...config, apiOrigin: 'https://api.elsewhere.example' }
  const other = utf8Encode('{"signed":{"version":2}}')
  // Each of them alone is a reason to build; one build shows what both come to.
  const stop = (): never => {
    throw new Error('builds')
  }
  await expect(buildFaces(moved, root, stop)).rejects.toThrow('builds')
  await expect(buildFaces(config, other, stop)).rejects.toThrow('builds')
  await buildFaces(moved, other)
  expect(scripts(faces.wallet)).toContain('https://api.elsewhere.example')
  expect(scripts(faces.counter)).toContain('https://api.elsewhere.example')
  expect(scripts(faces.counter)).toContain('"version":2')
}, 120_000)

function scripts(folder: string): string {
  return readdirSync(join(folder, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, 'assets', name), 'utf8'))
    .join('\n')
}

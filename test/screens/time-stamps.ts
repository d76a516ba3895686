/** A time-stamper that a demo trusts, and its time-stamps in `.seal` files, where the server would put those of one it asks. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { encodeSealFile, parseSealFile } from '@onetrip/seal'
import { type SampleTsa, sampleTsa } from '../../packages/seal/samples/sample-tsa.ts'
import { childProgram } from '../../server/testing/child-program.ts'
import type { Demo } from '../e2e/demo.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

/** Has a demo trust a time-stamper. */
export async function trustStamper(demo: Demo): Promise<SampleTsa> {
  const tsa = await sampleTsa()
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-stamper-'))
  const { id, name, certificates } = tsa.stamper
  writeFileSync(join(folder, 'tsa.der'), certificates[0] ?? new Uint8Array())
  const file = join(folder, 'register.json')
  writeFileSync(file, JSON.stringify({ timeStampers: [{ id, name, certificates: ['tsa.der'] }] }))
  const env = {
    ...process.env,
    ONETRIP_PORT: new URL(demo.api).port,
    ONETRIP_DATA_DIR: demo.dataDir,
  }
  await run(process.execPath, [childProgram('onetrip'), 'register', file], { cwd: root, env })
  rmSync(folder, { recursive: true })
  return tsa
}

/** The `.seal` with a time-stamp of this moment and its maker's list beside each impression. */
export async function stamped(sealFile: Uint8Array, tsa: SampleTsa): Promise<Buffer> {
  const { seals, impressions } = parseSealFile(sealFile)
  const time = Math.floor(Date.now() / 1000)
  return Buffer.from(
    encodeSealFile({
      seals: seals.map(({ bytes }) => bytes),
      impressions: await Promise.all(
        impressions.map(async ({ bytes, digest, seal }) => ({
          ...bytes,
          timestamp: await tsa.stamp(digest, { time }),
          statusList: await listAt(seal.cose.facts.status.uri),
        })),
      ),
    }),
  )
}

/** The `.seal` with the time-stamp of another's impression in place of its own. */
export function mixed(sealFile: Uint8Array, other: Uint8Array): Buffer {
  const { seals, impressions } = parseSealFile(sealFile)
  const timestamp = parseSealFile(other).impressions[0]?.bytes.timestamp ?? new Uint8Array()
  return Buffer.from(
    encodeSealFile({
      seals: seals.map(({ bytes }) => bytes),
      impressions: impressions.map(({ bytes }) => ({ ...bytes, timestamp })),
    }),
  )
}

async function listAt(uri: string): Promise<Uint8Array> {
  const answer = await fetch(uri, { headers: { Accept: 'application/statuslist+cwt' } })
  if (!answer.ok) throw new Error(`${uri} answers ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** The demo needs no configuration: it keeps a passphrase beside its keys and says so. Never in production. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { createFileOnce } from './durable-file.ts'

const FILE_NAME = 'demo-passphrase'

/** The configured passphrase, or, in the demo only, one made at first start (mode 0600). */
export function passphraseFor(config: Config, log: Log): string {
  if (config.keyPassphrase !== undefined) return config.keyPassphrase
  if (config.mode !== 'demo') throw new TypeError('keys: production needs a passphrase')
  const path = join(config.dataDir, FILE_NAME)
  if (!existsSync(path)) createFileOnce(path, `${randomBytes(32).toString('base64url')}\n`)
  log('keys/demo-passphrase-in-data-dir', { file: FILE_NAME })
  return readFileSync(path, 'utf8').trim()
}

/** The demo needs no configuration: it keeps a passphrase beside its keys and says so. Never in production. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Passphrase } from './derive-key.ts'
import { createFileOnce } from './durable-file.ts'

const FILE_NAME = 'demo-passphrase'
const RANDOM = /^[\w-]{43}$/

/** The configured passphrase; in the demo only, one made at first start (mode 0600) where none is, and told from one that somebody chose. */
export function passphraseFor(config: Config, log: Log): Passphrase {
  const configured = config.keyPassphrase
  if (config.mode === 'demo') return asPassphrase(configured ?? ownPassphrase(config, log))
  if (configured === undefined) throw new TypeError('keys: production needs a passphrase')
  return configured
}

function asPassphrase(text: string): Passphrase {
  return RANDOM.test(text) ? { random: text } : text
}

function ownPassphrase({ dataDir }: Config, log: Log): string {
  const path = join(dataDir, FILE_NAME)
  if (!existsSync(path)) createFileOnce(path, `${randomBytes(32).toString('base64url')}\n`)
  log('keys/demo-passphrase-in-data-dir', { file: FILE_NAME })
  return readFileSync(path, 'utf8').trim()
}

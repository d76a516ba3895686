/**
 * A SoftHSM of one's own for tests: Debian's, installed where whoever runs the tests may do so. Its tokens lie in a folder that is thrown
 * away.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MODULE = '/usr/lib/softhsm/libsofthsm2.so'
const TOKEN = 'onetrip-test'
const PIN = 'canary-pin-4711'

/** A token that is there until it is closed. */
export interface SoftHsm {
  readonly module: string
  readonly tokenLabel: string
  readonly pin: string
  /** What a process needs in its environment to find the token. */
  readonly environment: { readonly SOFTHSM2_CONF: string }
  /** Takes the token away, as if its cable were pulled, or puts it back. */
  readonly unplug: () => void
  readonly plugIn: () => void
  readonly remove: () => void
}

/** Whether SoftHSM is installed, and OpenSC's tool, which looks into it beside us. */
export function hasSoftHsm(): boolean {
  const programs = ['softhsm2-util', 'pkcs11-tool']
  return programs.every((name) => spawnSync(name, ['--help']).error === undefined)
}

/** The processes of this one that hold a module. */
export function hsmProcesses(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isOurs(pid))
}

function isOurs(pid: number): boolean {
  try {
    const [, parent] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return Number(parent) === process.pid && words.includes('hsm-process')
  } catch {
    return false
  }
}

/** Makes a token and has this process, and those that it starts, find it. */
export function makeSoftHsm(): SoftHsm {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-hsm-'))
  const [tokens, away, file] = ['tokens', 'away', 'softhsm2.conf'].map((name) => join(folder, name))
  if (tokens === undefined || away === undefined || file === undefined) throw new TypeError('paths')
  mkdirSync(tokens)
  writeFileSync(file, `directories.tokendir = ${tokens}\nobjectstore.backend = file\n`)
  const environment = { SOFTHSM2_CONF: file }
  execFileSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', TOKEN, '--so-pin', '12345678', '--pin', PIN],
    { env: { ...process.env, ...environment }, stdio: 'ignore' },
  )
  Object.assign(process.env, environment)
  return {
    module: MODULE,
    tokenLabel: TOKEN,
    pin: PIN,
    environment,
    unplug: () => {
      renameSync(tokens, away)
      mkdirSync(tokens)
    },
    plugIn: () => {
      rmSync(tokens, { recursive: true })
      renameSync(away, tokens)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

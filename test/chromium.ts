/** Finds Debian's Chromium, and installs it when it is missing and this process may. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PACKAGES = ['chromium', 'fonts-noto-cjk']

/** Path of an installed Chromium: `CHROMIUM_PATH`, else where Debian puts it. */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named) return existsSync(named) ? named : undefined
  return CANDIDATES.find((path) => existsSync(path))
}

/** Path of Chromium; installs it as root; without root, throws with the command to run. */
export function ensureChromium(): string {
  const found = chromiumPath()
  if (found) return found
  const command = `apt-get install -y ${PACKAGES.join(' ')}`
  const named = process.env['CHROMIUM_PATH']
  if (named) throw new Error(`CHROMIUM_PATH names no file. Install Chromium: ${command}`)
  if (process.getuid?.() !== 0) {
    throw new Error(`Chromium is not installed. Run: sudo ${command}\nor set CHROMIUM_PATH.`)
  }
  run('apt-get', ['update'])
  run('apt-get', ['install', '-y', ...PACKAGES])
  const installed = chromiumPath()
  if (!installed) throw new Error(`Chromium did not install. Run: ${command}`)
  return installed
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}

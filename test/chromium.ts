/** Finds Debian's Chromium, and installs it when it is missing and this process may. */
import { existsSync } from 'node:fs'
import { installPackages } from '@onetrip/cli'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PACKAGES = ['chromium', 'fonts-noto-cjk']
const SHELL_PACKAGE = 'chromium-headless-shell'

/** Path of an installed Chromium: `CHROMIUM_PATH`, else where Debian puts it. */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named) return existsSync(named) ? named : undefined
  return CANDIDATES.find((path) => existsSync(path))
}

/**
 * Path of the headless shell that Debian has beside its Chromium: the same pages without what surrounds them, for a fifth less of
 * the processor. Chromium itself where it is not installed.
 */
export function shellOf(chromium: string): string {
  const shell = `${chromium}-headless-shell`
  return existsSync(shell) ? shell : chromium
}

/** Whether a Chromium has its shell beside it, installed as root where it is missing. */
export function ensureShell(chromium: string): boolean {
  if (shellOf(chromium) !== chromium) return true
  try {
    installPackages([SHELL_PACKAGE], 'The headless shell is not installed.')
  } catch {
    return false
  }
  return shellOf(chromium) !== chromium
}

/** Path of Chromium; installs it as root; without root, throws with the command to run. */
export function ensureChromium(): string {
  const found = chromiumPath()
  if (found) return found
  const command = `apt-get install -y ${PACKAGES.join(' ')}`
  const named = process.env['CHROMIUM_PATH']
  if (named) throw new Error(`CHROMIUM_PATH names no file. Install Chromium: ${command}`)
  installPackages(PACKAGES, 'Chromium is not installed (CHROMIUM_PATH may name another).')
  const installed = chromiumPath()
  if (!installed) throw new Error(`Chromium did not install. Run: ${command}`)
  return installed
}

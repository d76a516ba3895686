/** Finds Debian's Chromium, and installs it when it is missing and this process may. */
import { existsSync } from 'node:fs'
import { installPackages } from '@onetrip/cli'

/** The shell is the same engine without windows of its own, and takes less of a processor. */
const CANDIDATES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const FONTS = 'fonts-noto-cjk'
/** Not every Debian has the shell. */
const PACKAGES = ['chromium-headless-shell', 'chromium']

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
  const named = process.env['CHROMIUM_PATH']
  if (named) throw new Error('CHROMIUM_PATH names no file')
  for (const [index, name] of PACKAGES.entries()) {
    try {
      const missing = 'Chromium is not installed (CHROMIUM_PATH may name another).'
      installPackages([name, FONTS], missing)
      break
    } catch (error) {
      if (index === PACKAGES.length - 1) throw error
    }
  }
  const installed = chromiumPath()
  if (!installed) throw new Error('Chromium did not install')
  return installed
}

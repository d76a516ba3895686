/** Finds poppler's programs, which read a printed PDF back; installs them as Chromium is installed. */
import { spawnSync } from 'node:child_process'
import { installPackages } from '@onetrip/cli'

const PACKAGES = ['poppler-utils']

/** Makes sure that `pdfinfo`, `pdftotext` and `pdftoppm` are there; throws with the command to run. */
export function ensurePoppler(): void {
  if (spawnSync('pdftoppm', ['-v']).error === undefined) return
  installPackages(PACKAGES, 'poppler is not installed.')
}

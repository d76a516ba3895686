/** Finds the font in which seals are drawn; installs it as Chromium is installed. */
import { existsSync } from 'node:fs'
import { installPackages } from './debian-packages.ts'

const PATH = '/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc'
const PACKAGES = ['fonts-noto-cjk']

/** Makes sure that the font is there; throws with the command to run. */
export function ensureSealFont(): void {
  if (existsSync(PATH)) return
  installPackages(PACKAGES, 'The font of seals is not installed.')
}

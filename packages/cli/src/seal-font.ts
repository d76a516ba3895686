/** The font in which seals are drawn, which a fresh Debian has not. */
import { existsSync } from 'node:fs'
import { installPackages } from './debian-packages.ts'

const PATH = '/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc'
const PACKAGES = ['fonts-noto-cjk']

/** Makes sure that the font is there; throws with the command to run where this process may not install it. */
export function ensureSealFont(): void {
  if (existsSync(PATH)) return
  installPackages(PACKAGES, 'The font of seals is not installed.')
}

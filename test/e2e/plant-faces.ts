/** Faces that were built for one demo, as the same build makes them for another: what they are built with stands in one file of each. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STAMP } from '../../packages/cli/src/build-faces.ts'

/** A demo's data, and what its faces are built with, as `seed-child.ts` prints it. */
export interface SeededDemo {
  readonly dataDir: string
  readonly settings: Readonly<Record<string, string>>
  /** What the build is known by. */
  readonly fingerprint: string
}

/** Puts the faces of `from` into the data of `to`, with the settings of `to`. */
export function plantFaces(from: SeededDemo, to: SeededDemo): void {
  const faces = join(to.dataDir, 'faces')
  cpSync(join(from.dataDir, 'faces'), faces, { recursive: true })
  for (const face of ['wallet', 'counter', 'console']) {
    const assets = join(faces, face, 'assets')
    const settled = readdirSync(assets)
      .filter((name) => /^index-.*\.js$/.test(name))
      .map((name) => settle(join(assets, name), from.settings, to.settings))
    if (!settled.includes(true)) throw new Error(`${face}: no file has the settings`)
  }
  writeFileSync(join(faces, STAMP), to.fingerprint)
}

/** Whether the file had the settings. */
function settle(file: string, from: SeededDemo['settings'], to: SeededDemo['settings']): boolean {
  let text = readFileSync(file, 'utf8')
  for (const name of Object.keys(to)) {
    const before = `${name}:${literal(from[name])}`
    if (!text.includes(before)) return false
    text = text.replaceAll(before, () => `${name}:${literal(to[name])}`)
  }
  writeFileSync(file, text)
  return true
}

/** As the build writes texts. */
function literal(text = ''): string {
  if (/[`\\]|\$\{/.test(text)) throw new Error('a setting that would be escaped')
  return `\`${text}\``
}

/**
 * `pnpm screens`: pictures of every screen of both faces, and a contact sheet of them.
 * `pnpm screens --compare OLD` marks what differs from the pictures in OLD; `--only TEXT` takes the screens whose
 * name holds TEXT; `--check` looks for faults instead (`screen-faults.ts`); `--readme` takes the README's pictures; a
 * folder may be named, `out/screens` unless said.
 */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../e2e/browser.ts'
import { comparePictures, type Difference } from './compare-pictures.ts'
import { writeContactSheet } from './contact-sheet.ts'
import { takeReadmePictures } from './readme-pictures.ts'
import { LANGUAGES, type Language, nameOf, type Screen } from './screen.ts'
import { screenFaults } from './screen-faults.ts'
import { openStage } from './stage.ts'
import { SCREENS } from './table.ts'
import { type Picture, takePictures } from './take-pictures.ts'

const PORT = 18_827
const root = resolve(import.meta.dirname, '../..')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    compare: { type: 'string' },
    only: { type: 'string', default: '' },
    readme: { type: 'boolean', default: false },
  },
})

const started = performance.now()
const stage = await openStage(PORT)
try {
  if (values.readme) await takeReadmePictures(stage)
  else if (values.check) await checkAll()
  else await takeAll()
} finally {
  await stage.close()
}
console.log(`${Math.round((performance.now() - started) / 1000)} s`)

async function takeAll(): Promise<void> {
  const folder = resolve(root, positionals[0] ?? 'out/screens')
  mkdirSync(folder, { recursive: true })
  const screens = SCREENS.filter((screen) => nameOf(screen).includes(values.only))
  const taken = await takePictures({ stage, screens, folder })
  const differences =
    values.compare === undefined
      ? []
      : await compared(taken.pictures, folder, resolve(root, values.compare))
  console.log(writeContactSheet({ folder, taken, differences }))
  console.log(`${taken.pictures.length} pictures of ${screens.length} screens`)
  for (const { file, share } of differences) {
    console.log(`changed: ${file} ${(share * 100).toFixed(2)} %`)
  }
  if (taken.failures.length > 0) process.exitCode = 1
}

async function checkAll(): Promise<void> {
  for (const [turn, screen] of SCREENS.entries()) {
    if (!nameOf(screen).includes(values.only)) continue
    for (const language of LANGUAGES) {
      const faults = await faultsOf({ screen, language, turn })
      if (faults.length > 0) process.exitCode = 1
      console.log(`${nameOf(screen)} (${language}): ${faults.length === 0 ? 'ok' : ''}`)
      for (const fault of faults) console.log(`  ${fault}`)
    }
  }
}

async function faultsOf(walk: {
  readonly screen: Screen
  readonly language: Language
  readonly turn: number
}): Promise<readonly string[]> {
  try {
    const page = await stage.open(walk.screen, walk.language)
    return await screenFaults({ page, ...walk })
  } catch (error) {
    return [`not reached: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`]
  }
}

async function compared(
  pictures: readonly Picture[],
  folder: string,
  before: string,
): Promise<readonly Difference[]> {
  const browser = await launchBrowser()
  try {
    return await comparePictures({ page: await browser.newPage(), pictures, folder, before })
  } finally {
    await browser.close()
  }
}

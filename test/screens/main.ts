/**
 * `pnpm screens`: pictures of every screen of both faces, and a contact sheet of them.
 * `pnpm screens console` takes those of the console. `pnpm screens --compare OLD` marks what differs from the pictures in OLD; `--only TEXT` takes the screens whose
 * name holds TEXT; `--readme` takes the README's pictures; a folder may be named, `out/screens` unless said.
 */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../e2e/browser.ts'
import { comparePictures, type Difference } from './compare-pictures.ts'
import { CONSOLE_SCREENS } from './console-screens.ts'
import { openConsoleStage } from './console-stage.ts'
import { writeContactSheet } from './contact-sheet.ts'
import { takeReadmePictures } from './readme-pictures.ts'
import { type Language, nameOf, type PicturedScreen } from './screen.ts'
import { openStage } from './stage.ts'
import { SCREENS } from './table.ts'
import { type Picture, takePictures } from './take-pictures.ts'

const root = resolve(import.meta.dirname, '../..')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    compare: { type: 'string' },
    only: { type: 'string', default: '' },
    readme: { type: 'boolean', default: false },
  },
})

const isConsole = positionals[0] === 'console'
const started = performance.now()
if (isConsole) {
  const stage = await openConsoleStage()
  try {
    await takeAll(stage, CONSOLE_SCREENS, positionals[1] ?? 'out/screens-console')
  } finally {
    await stage.close()
  }
} else {
  const stage = await openStage()
  try {
    if (values.readme) await takeReadmePictures(stage)
    else await takeAll(stage, SCREENS, positionals[0] ?? 'out/screens')
  } finally {
    await stage.close()
  }
}
console.log(`${Math.round((performance.now() - started) / 1000)} s`)

async function takeAll<One extends PicturedScreen>(
  stage: { open(screen: One, language: Language): Promise<Page> },
  all: readonly One[],
  to: string,
): Promise<void> {
  const folder = resolve(root, to)
  mkdirSync(folder, { recursive: true })
  const screens = all.filter((screen) => nameOf(screen).includes(values.only))
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

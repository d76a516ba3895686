/** Takes the pictures of the table: one PNG per screen and mode, and what in each changes by itself. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { DESK, type Mode, PHONE, SHEET, showIn } from './modes.ts'
import { type Language, nameOf, type PicturedScreen } from './screen.ts'

/** A mode that is pictured, with its language. */
export interface PictureMode extends Mode {
  readonly language: Language
}

/** The pictures of each screen, grouped by language: a language is a fresh start, the rest is not. */
export const PICTURE_MODES: readonly PictureMode[] = [
  { name: 'zh', language: 'zh-CN', ...PHONE },
  { name: 'zh-desk', language: 'zh-CN', ...DESK },
  { name: 'zh-large', language: 'zh-CN', ...PHONE, scale: 200 },
  { name: 'zh-dark', language: 'zh-CN', ...PHONE, colours: 'dark' },
  { name: 'en', language: 'en', ...PHONE },
  { name: 'en-large', language: 'en', ...PHONE, scale: 200 },
]

/** The pictures of what is printed. */
const PRINT_MODES: readonly PictureMode[] = [
  { name: 'zh-print', language: 'zh-CN', ...SHEET },
  { name: 'en-print', language: 'en', ...SHEET },
]

/** A rectangle in CSS px of the picture. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One picture; its file is `${screen}.${mode}.png` in the folder. */
export interface Picture {
  readonly screen: string
  readonly mode: string
  readonly file: string
  /** Codes, times and the like, which differ from run to run. */
  readonly volatile: readonly Area[]
}

/** What came of a run. */
export interface Taken {
  readonly pictures: readonly Picture[]
  /** Screens that could not be reached, with why. */
  readonly failures: readonly string[]
}

const MAX_HEIGHT = 2600
const LIST = 'pictures.json'

/** Takes the pictures of `screens` into `folder`, with their list beside them. */
export async function takePictures<One extends PicturedScreen>(options: {
  readonly stage: { open(screen: One, language: Language): Promise<Page> }
  readonly screens: readonly One[]
  readonly folder: string
}): Promise<Taken> {
  const { stage, screens, folder } = options
  mkdirSync(folder, { recursive: true })
  const pictures: Picture[] = []
  const failures: string[] = []
  for (const screen of screens) {
    const modes = screen.printed ? PRINT_MODES : PICTURE_MODES
    for (const language of ['zh-CN', 'en'] as const) {
      try {
        const page = await stage.open(screen, language)
        for (const mode of modes.filter((one) => one.language === language)) {
          pictures.push(await take({ page, screen: nameOf(screen), mode, folder }))
        }
      } catch (error) {
        const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
        const failure = `${nameOf(screen)} (${language}): ${why}`
        failures.push(failure)
        console.error(`not reached: ${failure}`)
      }
    }
  }
  writeFileSync(join(folder, LIST), `${JSON.stringify(pictures, undefined, 1)}\n`)
  return { pictures, failures }
}

async function take(options: {
  readonly page: Page
  readonly screen: string
  readonly mode: PictureMode
  readonly folder: string
}): Promise<Picture> {
  const { page, screen, mode, folder } = options
  await showIn(page, mode)
  const file = `${screen}.${mode.name}.png`
  const full = await page.evaluate(() => document.documentElement.scrollHeight)
  const height = Math.max(mode.height, Math.min(full, MAX_HEIGHT))
  // A bar that sticks to the foot of the window would lie across the middle of a tall picture.
  if (height > mode.height && (await page.locator('nav.places, .consent-foot').count()) > 0) {
    await showIn(page, { ...mode, height })
  }
  await page.screenshot({
    path: join(folder, file),
    fullPage: true,
    scale: 'css',
    clip: { x: 0, y: 0, width: mode.width, height },
  })
  return { screen, mode: mode.name, file, volatile: await page.evaluate(volatileAreas) }
}

/** Runs in the page: codes, cameras, and the lines that hold a time, a count-down or a random number. */
function volatileAreas(): readonly Area[] {
  const boxes = [
    ...document.querySelectorAll('.qr, .ring, video, time, .recent-number, .note-number'),
  ]
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const holds = /\d:\d\d|\d\s?(秒|分|s\b|sec|min)|[0-9A-F]{16}|localhost|20\d\d/.test(
      node.nodeValue ?? '',
    )
    if (holds && node.parentElement !== null) boxes.push(node.parentElement)
  }
  return boxes.map((box) => {
    const { x, y, width, height } = box.getBoundingClientRect()
    return { x: x + scrollX, y: y + scrollY, width, height }
  })
}

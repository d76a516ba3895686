/** Every page of the console, once on a phone in the largest type and once at a desk in English: axe, reflow, sizes, language. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFaults } from '../e2e/accessible.ts'
import { CONSOLE_SCREENS, type ConsoleScreen } from './console-screens.ts'
import { type ConsoleStage, openConsoleStage } from './console-stage.ts'
import { languageFaults } from './language-faults.ts'
import { LARGE, NORMAL, reflowFaults, sizeFaults } from './layout-faults.ts'
import { DESK, type Mode, PHONE, showIn } from './modes.ts'
import { type Language, nameOf } from './screen.ts'

let stage: ConsoleStage

beforeAll(async () => {
  stage = await openConsoleStage()
})

afterAll(async () => {
  await stage?.close()
})

test.each(CONSOLE_SCREENS.map((screen) => [nameOf(screen), screen] as const))(
  '%s',
  async (_, screen) => {
    const large = { name: 'large', ...PHONE, scale: 200 } as const
    expect(await faultsIn(screen, 'zh-CN', large)).toEqual([])
    expect(await faultsIn(screen, 'en', { name: 'desk', ...DESK })).toEqual([])
  },
)

async function faultsIn(
  screen: ConsoleScreen,
  language: Language,
  mode: Mode,
): Promise<readonly string[]> {
  const page = await stage.open(screen, language)
  await showIn(page, mode)
  return [
    ...(await axeFaults(page, 'all')),
    ...(await reflowFaults(page)),
    ...(await sizeFaults(page, mode.scale === undefined ? NORMAL : LARGE)),
    ...(await languageFaults(page)),
  ]
}

/** Every page of the console, once on a phone in the largest type and once at a desk in English: axe in one of the two, reflow, sizes, language. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFaults } from '../e2e/accessible.ts'
import { CONSOLE_SCREENS } from './console-screens.ts'
import { type ConsoleStage, openConsoleStage, speak } from './console-stage.ts'
import { languageFaults } from './language-faults.ts'
import { LARGE, NORMAL, reflowFaults, sizeFaults } from './layout-faults.ts'
import { DESK, type Mode, PHONE, showIn } from './modes.ts'
import { nameOf } from './screen.ts'

let stage: ConsoleStage

beforeAll(async () => {
  stage = await openConsoleStage()
})

afterAll(async () => {
  await stage?.close()
})

/** `ONETRIP_SCREENS=all`: axe in both looks; else they take turns with it, a member's pages among themselves. */
const isWhole = process.env['ONETRIP_SCREENS'] === 'all'

const byMember = [
  ...Map.groupBy(CONSOLE_SCREENS, ({ role, office }) => `${role} ${office}`).values(),
]

test.each(byMember.flat().map((screen, turn) => [nameOf(screen), screen, turn % 2] as const))(
  '%s',
  async (_, screen, turn) => {
    const large = { name: 'large', ...PHONE, scale: 200 } as const
    const page = await stage.open(screen, 'zh-CN')
    expect(await faultsIn(page, large, isWhole || turn === 0)).toEqual([])
    await speak(page, 'en')
    expect(await faultsIn(page, { name: 'desk', ...DESK }, isWhole || turn === 1)).toEqual([])
  },
)

async function faultsIn(page: Page, mode: Mode, withAxe: boolean): Promise<readonly string[]> {
  await showIn(page, mode)
  return [
    ...(withAxe ? await axeFaults(page, 'all') : []),
    ...(await reflowFaults(page)),
    ...(await sizeFaults(page, mode.scale === undefined ? NORMAL : LARGE)),
    ...(await languageFaults(page)),
  ]
}

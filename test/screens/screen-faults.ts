/**
 * What is wrong with a screen: axe, reflow at 320 px (also 400 % of 1280) and with wider text spacing, sizes of
 * targets and text, language, motion, states without colour.
 */
import type { Page } from 'playwright-core'
import { axeFaults } from '../e2e/accessible.ts'
import { languageFaults, motionFaults } from './language-faults.ts'
import { LARGE, NORMAL, reflowFaults, sizeFaults, spaceText, unspaceText } from './layout-faults.ts'
import { type Mode, PHONE, SHEET, showIn } from './modes.ts'
import type { Language, Screen } from './screen.ts'
import { forcedSignFaults, stateFaults } from './state-faults.ts'

interface Look extends Mode {
  /** Everything, or the one rule whose answer hangs on colours alone. */
  readonly axe?: 'all' | 'colours'
  readonly spaced?: true
}

/** Between languages only words differ, so each has looks of its own. */
const LOOKS: Readonly<Record<Language, readonly Look[]>> = {
  'zh-CN': [
    { name: 'normal, light', ...PHONE, axe: 'all' },
    { name: 'normal, forced', ...PHONE, colours: 'forced', axe: 'colours' },
    { name: '320 px', width: 320, height: 640 },
  ],
  en: [
    { name: 'large, dark', ...PHONE, scale: 200, colours: 'dark', axe: 'all' },
    { name: '400 %, spaced', width: 320, height: 200, spaced: true },
  ],
}

/** One of these more for each screen, in turn along the table; type size and colours change nothing in each other. */
const IN_TURN: Readonly<Record<Language, readonly [Look, Look]>> = {
  'zh-CN': [
    { name: 'large, light', ...PHONE, scale: 200, axe: 'colours' },
    { name: 'large, forced', ...PHONE, scale: 200, colours: 'forced', axe: 'colours' },
  ],
  en: [
    { name: 'normal, dark', ...PHONE, colours: 'dark', axe: 'colours' },
    { name: 'least large', ...PHONE, scale: 125, axe: 'colours' },
  ],
}

/** Everything wrong with the open screen in a language; `turn` is its place in the table. Empty when all is well. */
export async function screenFaults(options: {
  readonly page: Page
  readonly screen: Screen
  readonly language: Language
  readonly turn: number
}): Promise<readonly string[]> {
  const { page, screen, language, turn } = options
  const faults: string[] = [...(await languageFaults(page))]
  if (screen.printed) {
    await showIn(page, { name: 'A4', ...SHEET })
    return [...faults, ...(await reflowFaults(page))]
  }
  for (const look of [...LOOKS[language], IN_TURN[language][turn % 2 === 0 ? 0 : 1]]) {
    const found = await faultsIn(page, look)
    faults.push(...found.map((fault) => `${look.name}: ${fault}`))
  }
  return [...faults, ...(await stateFaults(page)), ...(await motionFaults(page))]
}

async function faultsIn(page: Page, look: Look): Promise<readonly string[]> {
  await showIn(page, look)
  if (look.spaced) {
    await spaceText(page)
    const reflow = await reflowFaults(page)
    await unspaceText(page)
    return reflow
  }
  return [
    ...(look.axe === undefined ? [] : await axeFaults(page, look.axe)),
    ...(look.colours === 'forced' ? await forcedSignFaults(page) : []),
    ...(await reflowFaults(page)),
    ...(await sizeFaults(page, (look.scale ?? 100) > 100 ? LARGE : NORMAL)),
  ]
}

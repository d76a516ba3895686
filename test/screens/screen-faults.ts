/**
 * What is wrong with a screen: axe, reflow at 320 px (also 400 % of 1280) and with wider text spacing, sizes of
 * targets and text, language, motion, states without colour.
 */
import type { Page } from 'playwright-core'
import { axeFaults } from '../e2e/accessible.ts'
import { languageFaults, motionFaults } from './language-faults.ts'
import { LARGE, NORMAL, reflowFaults, sizeFaults, spaceText, unspaceText } from './layout-faults.ts'
import { DESK, type Mode, PHONE, SHEET, showIn } from './modes.ts'
import type { Language, Screen } from './screen.ts'
import { forcedSignFaults, stateFaults } from './state-faults.ts'

interface Look extends Mode {
  /** Everything, or the one rule whose answer hangs on colours alone. */
  readonly axe?: 'all' | 'colours'
  readonly spaced?: true
}

/** The looks of a screen in a run of all tests, which take turns. */
export const FEW = ['light', 'dark'] as const

/** One of {@link FEW}. */
export type Few = (typeof FEW)[number]

const LOOKS: Readonly<Record<Language, readonly Look[]>> = {
  'zh-CN': [
    { name: 'normal, light', ...PHONE, axe: 'all' },
    { name: 'normal, dark', ...PHONE, colours: 'dark', axe: 'colours' },
    { name: 'normal, forced', ...PHONE, colours: 'forced', axe: 'colours' },
    { name: 'large, light', ...PHONE, scale: 200, axe: 'all' },
    { name: 'large, dark', ...PHONE, scale: 200, colours: 'dark', axe: 'colours' },
    { name: 'large, forced', ...PHONE, scale: 200, colours: 'forced', axe: 'colours' },
    { name: 'desk', ...DESK, axe: 'all' },
    { name: '320 px', width: 320, height: 640 },
  ],
  en: [
    { name: 'normal', ...PHONE, axe: 'all' },
    { name: 'least large', ...PHONE, scale: 125 },
    { name: 'larger', ...PHONE, scale: 150, axe: 'all' },
    { name: 'large', ...PHONE, scale: 200 },
    { name: '400 %, spaced', width: 320, height: 200, spaced: true },
  ],
}

/** What a run of all tests has time for, by turns: axe takes as long as everything else. */
const FEW_LOOKS: Readonly<Record<Few, readonly Look[]>> = {
  light: [
    { name: 'normal, light', ...PHONE, axe: 'all' },
    { name: '400 %, spaced', width: 320, height: 200, spaced: true },
  ],
  dark: [
    { name: 'large, dark', ...PHONE, scale: 200, colours: 'dark', axe: 'all' },
    { name: 'normal, forced', ...PHONE, colours: 'forced' },
  ],
}

const ALL_LOOKS: Readonly<Record<Language | Few, readonly Look[]>> = { ...LOOKS, ...FEW_LOOKS }

/** Everything wrong with the open screen; empty when all is well. `looks`: all of a language, or one of the turns of few. */
export async function screenFaults(options: {
  readonly page: Page
  readonly screen: Screen
  readonly looks: Language | Few
}): Promise<readonly string[]> {
  const { page, screen, looks } = options
  const faults: string[] = [...(await languageFaults(page))]
  if (screen.printed) {
    await showIn(page, { name: 'A4', ...SHEET })
    return [...faults, ...(await reflowFaults(page))]
  }
  for (const look of ALL_LOOKS[looks]) {
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

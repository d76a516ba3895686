/** axe, and the modes in which every screen is looked at. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The query is what a clerk hands over (`?lang=…&scale=…`). */
export const MODES = [
  { name: 'zh-CN, light', query: '?lang=zh-CN&scale=100', colorScheme: 'light' },
  { name: 'en, dark, large', query: '?lang=en&scale=200', colorScheme: 'dark' },
  { name: 'zh-CN, forced colours', query: '?lang=zh-CN&scale=100', forcedColors: 'active' },
] as const

/** Shows a page in a mode; nothing moves. */
export function showIn(page: Page, mode: (typeof MODES)[number]): Promise<void> {
  return page.emulateMedia({
    // What a mode does not name is set back: it may follow another on the same page.
    colorScheme: 'colorScheme' in mode ? mode.colorScheme : 'light',
    forcedColors: 'forcedColors' in mode ? mode.forcedColors : 'none',
    reducedMotion: 'reduce',
  })
}

/**
 * Expects that axe finds nothing; `screen` names the screen in the complaint. Forced colours change nothing but colours
 * on a screen that is looked at whole in another mode.
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const forced = await page.evaluate(() => matchMedia('(forced-colors: active)').matches)
  expect(await axeFaults(page, forced ? 'colours' : 'all'), screen).toEqual([])
}

/** What axe finds: with all its rules, or with the one whose answer hangs on colours. */
export async function axeFaults(page: Page, rules: 'all' | 'colours'): Promise<readonly string[]> {
  // The page has no frames, for which the other way opens a second page each time.
  // What passes is not wanted, and naming each of its elements takes most of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rules === 'all' ? axe : axe.withRules('color-contrast')).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

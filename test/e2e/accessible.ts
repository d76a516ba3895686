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
    ...('colorScheme' in mode ? { colorScheme: mode.colorScheme } : {}),
    ...('forcedColors' in mode ? { forcedColors: mode.forcedColors } : {}),
    reducedMotion: 'reduce',
  })
}

/** Expects that axe finds nothing; `screen` names the screen in the complaint. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${screen}: ${id}: ${nodes.map((n) => n.html).join(' | ')}`),
  ).toEqual([])
}

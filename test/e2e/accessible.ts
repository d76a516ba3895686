/** What axe says of a page. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Expects that axe finds nothing on a screen that the table of screens does not have; `screen` names it. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  expect(await axeFaults(page, 'all'), screen).toEqual([])
}

/** What axe finds: with all its rules, or with the one whose answer hangs on colours. */
export async function axeFaults(page: Page, rules: 'all' | 'colours'): Promise<readonly string[]> {
  // The page has no frames, for which the other way opens a second page each time.
  // What passes is not wanted, and naming each of its elements takes most of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rules === 'all' ? axe : axe.withRules('color-contrast')).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

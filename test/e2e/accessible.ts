/** What axe says of a page. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** axe as one script, half the length of what the package gives by name. */
export const AXE_SCRIPT: string = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** Expects that axe finds nothing on a screen that the table of screens does not have; `screen` names it. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  expect(await axeFaults(page, 'all'), screen).toEqual([])
}

/** What axe finds: with all its rules, or with the one whose answer hangs on colours. */
export async function axeFaults(page: Page, rules: 'all' | 'colours'): Promise<readonly string[]> {
  // Bringing axe into the page takes longer than what it does there.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE_SCRIPT)
  const { violations } = await page.evaluate(
    (only) => {
      const { axe: there } = window as unknown as { readonly axe: typeof axe }
      return there.run({
        resultTypes: ['violations'],
        preload: false,
        ...(only === undefined ? {} : { runOnly: { type: 'rule', values: only } }),
      })
    },
    rules === 'all' ? undefined : ['color-contrast'],
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

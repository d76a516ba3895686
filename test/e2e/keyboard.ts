/** Walking a page by Tab; each stop must be seen. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const MAX_STOPS = 80

/** The `data-testid` of what has the focus. */
export function focusedTestId(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '')
}

/** Takes the focus away, so that the next Tab is the first. */
export async function startOver(page: Page): Promise<void> {
  await page.bringToFront()
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    getSelection()?.setPosition(document.body, 0)
  })
}

/** Presses Tab until the focus is on `testId`; fails when a stop cannot be seen or the page has no such stop. */
export async function tabTo(
  page: Page,
  testId: string,
  direction: 'forwards' | 'backwards' = 'forwards',
): Promise<void> {
  for (let stops = 0; stops < MAX_STOPS; stops += 1) {
    if ((await focusedTestId(page)) === testId) return
    await page.keyboard.press(direction === 'forwards' ? 'Tab' : 'Shift+Tab')
    expect(await page.evaluate(unseenFocus)).toBe('')
  }
  throw new Error(`Tab does not reach ${testId}`)
}

/** Expects an open dialog to keep the focus, whichever way one goes. */
export async function expectFocusKept(page: Page): Promise<void> {
  for (const key of [...Array<string>(8).fill('Tab'), ...Array<string>(8).fill('Shift+Tab')]) {
    await page.keyboard.press(key)
    const outside = await page.evaluate(() => {
      const at = document.activeElement
      return at !== null && at !== document.body && at.closest('dialog[open]') === null
    })
    expect(outside).toBe(false)
  }
}

/** Runs in the page: what has the focus without showing it, or lies under something else. */
function unseenFocus(): string {
  const at = document.activeElement
  if (at === null || at === document.body || at.id === 'main') return ''
  const name = `${at.tagName} ${at.getAttribute('data-testid') ?? at.textContent}`
  // A hidden file field shows its focus on the button around it.
  const shown = at.closest('.upload-button') ?? at
  const { outlineStyle, outlineWidth } = getComputedStyle(shown)
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return `${name}: no outline`
  const { left, top, width, height } = shown.getBoundingClientRect()
  const over = document.elementFromPoint(left + width / 2, top + height / 2)
  const seen = over !== null && (shown.contains(over) || over.contains(shown))
  return seen ? '' : `${name}: lies under ${over?.tagName}.${over?.getAttribute('class')}`
}

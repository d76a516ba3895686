/** The modes a screen is looked at in; all but the language change on the open page. */
import type { Page } from 'playwright-core'

/** How a page is shown. */
export interface Mode {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly scale?: 100 | 125 | 150 | 200
  readonly colours?: 'light' | 'dark' | 'forced'
  readonly printed?: true
}

/** A phone, CSS px. */
export const PHONE = { width: 390, height: 844 } as const
/** A desk, CSS px. */
export const DESK = { width: 1280, height: 800 } as const
/** A sheet of A4, CSS px. */
export const SHEET = { width: 794, height: 1123, printed: true } as const

/** Puts an open page into a mode and waits until it is drawn so. */
export async function showIn(page: Page, mode: Mode): Promise<void> {
  const { width, height, scale = 100, colours = 'light', printed = false } = mode
  await page.setViewportSize({ width, height })
  await page.emulateMedia({
    colorScheme: colours === 'dark' ? 'dark' : 'light',
    forcedColors: colours === 'forced' ? 'active' : 'none',
    reducedMotion: 'reduce',
    media: printed ? 'print' : 'screen',
  })
  await page.evaluate((size) => {
    // What choosing the size does; pages that show a code or a verdict have no choice on them.
    document.documentElement.dataset['scale'] = String(size)
    const choices = document.querySelectorAll<HTMLSelectElement>('[data-testid="scale-switch"]')
    for (const choice of choices) choice.value = String(size)
    return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  }, scale)
}

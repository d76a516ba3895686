/**
 * What may be wrong with a page's layout: WCAG 2.2 §1.4.10 (reflow), §1.4.12 (text spacing) and the norm for large
 * type (MIIT 2021: targets of 60 px, text of 18 px, line spacing of 1.3).
 */
import type { Page } from 'playwright-core'

/** What is asked of a layout; CSS px. */
export interface LayoutRules {
  readonly minTarget: number
  readonly minText: number
  readonly minLineHeight: number
}

/** Normal type. */
export const NORMAL: LayoutRules = { minTarget: 44, minText: 14, minLineHeight: 1.25 }
/** Large type, any step. */
export const LARGE: LayoutRules = { minTarget: 60, minText: 18, minLineHeight: 1.3 }

/** The spacing that a reader may set (§1.4.12). */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`

/** Sets the text spacing of §1.4.12 on the open page. */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
  }, SPACED)
}

/** Takes it away again. */
export async function unspaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.adoptedStyleSheets = []
  })
}

/** Scrolling sideways, and words that leave their button; empty when all is well. */
export function reflowFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll('body *')].filter(
        (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
      )
      faults.push(
        `scrolls sideways: ${wide
          .slice(0, 4)
          .map((one) => `${one.tagName}.${one.getAttribute('class')}`)
          .join(', ')}`,
      )
    }
    for (const button of document.querySelectorAll('button, .button, .place, .stamp, summary')) {
      const box = button.getBoundingClientRect()
      if (box.width === 0 || button.closest('.visually-hidden, .skip') !== null) continue
      if (button.classList.contains('stamp')) continue
      const words = document.createRange()
      const parts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT)
      for (let part = parts.nextNode(); part !== null; part = parts.nextNode()) {
        if (part.parentElement?.closest('.visually-hidden') !== null) continue
        words.selectNodeContents(part)
        const text = words.getBoundingClientRect()
        const leaves = text.left < box.left - 1 || text.right > box.right + 1
        if (leaves || text.bottom > box.bottom + 2) faults.push(`words leave ${button.textContent}`)
      }
    }
    return faults
  })
}

/** Targets, text and lines that are smaller than `rules` ask; empty when all is well. */
export function sizeFaults(page: Page, rules: LayoutRules): Promise<readonly string[]> {
  return page.evaluate(({ minTarget, minText, minLineHeight }) => {
    const faults = new Set<string>()
    const nameOf = (one: Element): string =>
      `${one.tagName}.${one.getAttribute('class') ?? ''} ${one.textContent.slice(0, 24)}`
    const isSeen = (one: Element): boolean =>
      one.checkVisibility({ visibilityProperty: true }) &&
      one.closest('.visually-hidden, .skip') === null
    const modal = document.querySelector('dialog[open]')

    for (const control of document.querySelectorAll('a[href], button, input, select, summary')) {
      const target = control.closest('label') ?? control
      if (!isSeen(target) || (modal !== null && !modal.contains(control))) continue
      // A link within a sentence is as high as its line (§2.5.8, inline).
      const siblings = [...(control.parentElement?.childNodes ?? [])]
      const inSentence = siblings.some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue ?? '').trim().length > 1,
      )
      if (control.tagName === 'A' && inSentence) continue
      const { width, height } = target.getBoundingClientRect()
      if (height < minTarget - 0.5 || width < minTarget - 0.5) {
        faults.add(`target ${Math.round(width)}×${Math.round(height)}: ${nameOf(target)}`)
      }
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const holder = node.parentElement
      if (holder === null || (node.nodeValue ?? '').trim() === '' || !isSeen(holder)) continue
      if (holder.closest('svg, option, script') !== null) continue
      const style = getComputedStyle(holder)
      const size = Number.parseFloat(style.fontSize)
      if (size < minText - 0.01) faults.add(`text of ${size} px: ${nameOf(holder)}`)
      const line = Number.parseFloat(style.lineHeight) / size
      if (line < minLineHeight - 0.01) faults.add(`line height ${line}: ${nameOf(holder)}`)
    }
    return [...faults]
  }, rules)
}

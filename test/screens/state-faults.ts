/**
 * States that colour alone would tell (WCAG 2.2 §1.4.1), and verdicts that are not announced as they should be
 * (§4.1.3): red at once, every other politely.
 */
import type { Page } from 'playwright-core'

/** What is wrong with the states on the page; empty when all is well. */
export function stateFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const signOf = (holder: Element): string =>
      holder.querySelector('svg.sign')?.getAttribute('class') ?? ''

    // The sign of each look; the two kinds of red differ in shape too.
    const signs: Readonly<Record<string, RegExp>> = {
      'verdict-valid': /sign-tick/,
      'verdict-caution': /sign-exclamation/,
      'verdict-lapsed': /sign-cross/,
      'verdict-forged': /sign-octagon/,
      'verdict-unverifiable': /sign-question/,
    }
    for (const verdict of document.querySelectorAll('[data-testid="verdict"]')) {
      const outcome = verdict.getAttribute('data-outcome') ?? ''
      const role = verdict.querySelector('.verdict-says')?.getAttribute('role')
      const expected = outcome === 'invalid' ? 'alert' : 'status'
      if (role !== expected) faults.push(`verdict ${outcome} has role ${role}`)
      const [, look = ''] = verdict.classList
      if (!signs[look]?.test(signOf(verdict))) faults.push(`${look} has another sign`)
      const words = verdict.querySelectorAll('.verdict-word, .verdict-reason')
      if ([...words].some((one) => one.textContent.trim() === '')) {
        faults.push(`verdict ${outcome} has no words`)
      }
    }
    for (const state of document.querySelectorAll('.notice, .status-line')) {
      const name = state.getAttribute('class')
      if (signOf(state) === '') faults.push(`${name} has no sign`)
      if (state.textContent.trim() === '') faults.push(`${name} has no words`)
    }
    for (const card of document.querySelectorAll('.licence[data-state]')) {
      const state = card.getAttribute('data-state') ?? ''
      const isStamped = (card.querySelector('.stamp')?.textContent.trim() ?? '') !== ''
      if (isStamped === ['in-force', 'checking'].includes(state)) {
        faults.push(`card ${state} is ${isStamped ? '' : 'not '}stamped`)
      }
    }
    return faults
  })
}

/** Signs that are not drawn or cannot be told from what is behind them in forced colours; empty when all is well. */
export function forcedSignFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.verdict-says .sign, .notice > .sign, .status-line > .sign')]
      .filter((sign) => sign.checkVisibility())
      .filter((sign) => {
        const { width, height } = sign.getBoundingClientRect()
        const mark = sign.querySelector('.sign-mark')
        if (mark === null) return true
        const { stroke } = getComputedStyle(mark)
        const shape = sign.querySelector('.sign-shape')
        const fill = shape === null ? 'none' : getComputedStyle(shape).fill
        return width < 12 || height < 12 || stroke === 'none' || stroke === fill
      })
      .map((sign) => `forced colours: ${sign.getAttribute('class')} cannot be seen`),
  )
}

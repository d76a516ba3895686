/** Words of the wrong language: what a page says itself is in its language, data and names are marked. */
import type { Page } from 'playwright-core'

/** Words of the other language outside `<bdi>` and `lang`; names that are heard count; empty when all is well. */
export function languageFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const language = document.documentElement.lang
    // One or two Latin words are a name of something (CSV, Esc); a phrase is English.
    const foreign = language === 'en' ? /\p{Script=Han}/u : /[A-Za-z]{2,}\s+[a-z]{2,}\s+[a-z]{2,}/
    const faults = new Set<string>()
    const isMarked = (one: Element): boolean => {
      const marked = one.closest('bdi, [lang]')
      return marked !== null && marked !== document.documentElement
    }
    const look = (holder: Element, text: string, where: string): void => {
      if (foreign.test(text) && !isMarked(holder)) faults.add(`${where}: ${text.slice(0, 60)}`)
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const holder = node.parentElement
      if (holder === null || holder.closest('script, noscript, svg') !== null) continue
      look(holder, node.nodeValue ?? '', holder.tagName)
    }
    for (const holder of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
        look(holder, holder.getAttribute(name) ?? '', name)
      }
    }
    if (foreign.test(document.title)) faults.add(`title: ${document.title}`)
    return [...faults]
  })
}

/** Everything that would move although the person asked for no motion; empty when all is well. */
export function motionFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const moving = document.getAnimations().map((one) => `animation ${one.id}`)
    const timed = [...document.querySelectorAll('body *')].filter((one) => {
      const { transitionDuration, animationDuration } = getComputedStyle(one)
      return [transitionDuration, animationDuration].some((times) =>
        times.split(',').some((time) => Number.parseFloat(time) > 0),
      )
    })
    return [...moving, ...timed.map((one) => `${one.tagName}.${one.getAttribute('class')}`)]
  })
}

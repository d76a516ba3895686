/**
 * Screens that a test in test/e2e comes by are looked at there: to lead a browser of their own to them takes ten times as long as
 * the look. The whole walk and the pictures go to them as to all others.
 */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { nameOf } from './screen.ts'
import { FEW, screenFaults } from './screen-faults.ts'
import { SCREENS } from './table.ts'

/** The screens, by the test that comes by them: `lock` is `test/e2e/lock.browser.test.ts`. */
export const PASSED: Readonly<Record<string, readonly string[]>> = {
  ask: ['counter-ask-answer'],
  backup: ['wallet-details-unbound'],
  counter: [
    'counter-continuous',
    'counter-verdict-held',
    'counter-verdict-ends-soon',
    'counter-recent-not-erased',
    'counter-kiosk',
    'counter-kiosk-verdict',
    'counter-kiosk-exit',
    'counter-kiosk-wrong',
  ],
  delegates: [
    'wallet-delegate',
    'wallet-delegate-consent',
    'counter-ask-choose',
    'counter-ask-code',
    'counter-ask-delegate',
  ],
  document: [
    'counter-document',
    'counter-document-no-seal',
    'counter-document-valid',
    'counter-document-altered',
    'counter-document-pdf-twice',
    'counter-document-seal-alone',
    'counter-document-no-file',
    'counter-document-too-many',
    'counter-document-twice',
    'counter-document-lapsed',
    'counter-document-stamped',
    'counter-document-sealed-before',
    'counter-document-stamp-mixed',
    'counter-document-unknown',
    'counter-document-pdf-appended',
    'counter-document-pdf-fonts',
    'counter-document-pdf-locked',
    'counter-document-seal-alone-lapsed',
    'counter-document-stale',
    'wallet-document',
    'wallet-document-no-seal',
    'wallet-document-valid',
    'wallet-document-altered',
    'wallet-document-pdf-twice',
    'wallet-document-seal-alone',
  ],
  enrolment: [
    'counter-enrolment-code',
    'counter-enrolment-enrolled',
    'counter-enrolment-leave',
    'counter-enrolment-denied',
    'counter-ready-enrolled',
    'counter-verdict-enrolled',
  ],
  faces: ['counter-verdict-lapsed'],
  home: [
    'wallet-cases',
    'wallet-case-review',
    'wallet-case-correct',
    'wallet-case-returned',
    'wallet-case-declined',
    'wallet-kiosk-cases',
    'wallet-kiosk-case',
    'wallet-kiosk-returned',
  ],
  intake: ['counter-ready-camera', 'counter-ready-guidance', 'counter-intake-progress'],
  lock: [
    'wallet-home-one',
    'wallet-lock',
    'wallet-lock-forgotten',
    'wallet-lock-settings',
    'wallet-lock-change',
    'wallet-lock-wrong',
    'wallet-lock-waiting',
    'wallet-show-not-recorded',
  ],
  'new-phone': ['wallet-agency-licences', 'wallet-agency-lost'],
  online: ['counter-ask-online', 'counter-ask-online-answer', 'counter-ask-online-over'],
  pack: ['counter-no-trust', 'counter-pack-imported', 'counter-pack-refused'],
  storage: [
    'wallet-home-lost',
    'wallet-home-missing',
    'wallet-home-unreadable',
    'wallet-home-damaged',
    'wallet-home-newer',
    'wallet-closed',
    'wallet-home-stale',
    'wallet-home-no-trust',
  ],
  'rare-name': ['counter-verdict-valid-person'],
  story: [
    'wallet-offer-asking',
    'wallet-offer-wrong-code',
    'wallet-offer-done',
    'counter-ready-stale',
    'counter-verdict-valid',
    'counter-verdict-repeated',
    'counter-verdict-forged',
    'counter-verdict-clock',
    'counter-verdict-copy',
    'counter-verdict-not-for-here',
    'counter-verdict-stale',
    'counter-verdict-not-ours',
  ],
  told: ['wallet-home-reminders'],
  update: ['wallet-update'],
}

const ALL_PASSED: ReadonlySet<string> = new Set(Object.values(PASSED).flat())

/** Whether a test in test/e2e looks at the screen of this name. */
export function isPassed(name: string): boolean {
  return ALL_PASSED.has(name)
}

/** Expects no fault on the page, which shows the screen of this name; the page is then shown as before. */
export async function lookInPassing(page: Page, name: string): Promise<void> {
  const screen = SCREENS.find((one) => nameOf(one) === name)
  if (screen === undefined || !isPassed(name)) throw new Error(`no test comes by ${name}`)
  const viewport = page.viewportSize()
  const turn = [...ALL_PASSED].indexOf(name) % FEW.length
  const looks = FEW[turn] ?? 'light'
  expect(await screenFaults({ page, screen, looks }), `${name}, ${looks}`).toEqual([])
  if (viewport !== null) await page.setViewportSize(viewport)
  await page.emulateMedia({
    colorScheme: null,
    forcedColors: null,
    media: null,
    reducedMotion: null,
  })
  await page.evaluate(() => {
    document.documentElement.dataset['scale'] = '100'
  })
}

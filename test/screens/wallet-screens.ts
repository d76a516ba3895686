/** Every screen and state of the wallet. */
import { businessLicenceOfSample, identityOfChen } from '@onetrip/fixtures'
import type { Locator, Page } from 'playwright-core'
import { loadAfresh } from '../e2e/browser.ts'
import { fetchOnlineRequest, openOnlineRequest, openRequest, requestOf } from './asked.ts'
import { breakStorage } from './break-storage.ts'
import { CASE_SCREENS } from './case-screens.ts'
import { type CastName, PASSCODE } from './casts.ts'
import { entrust, showersCode } from './delegates.ts'
import { documentScreens } from './document-screens.ts'
import type { Scene, Screen } from './screen.ts'

/** Licences of the holder by their number, which is one in both languages. */
const IDENTITY = identityOfChen.facts.serial
const BUSINESS = businessLicenceOfSample.facts.serial
const SUSPENDED = 'JY23399010009002'
const LONG = 'JY23399010009003'

const WRONG = 'not the passcode'

/** The wallet's part of the table. */
export const WALLET_SCREENS: readonly Screen[] = [
  at('home-empty', 'nobody', '#/', 'home-empty'),
  screen('starting', 'starting', async ({ page, go }) => {
    await go('#/')
    // Nothing is in it yet, so there is nothing of it to be seen.
    await page.getByTestId('home').waitFor({ state: 'attached' })
  }),
  at('home-one', 'keeper', '#/', 'lock-offer'),
  at('home-several', 'holder', '#/', 'card'),
  at('home-stale', 'later', '#/', 'card'),
  at('home-no-trust', 'untrusting', '#/', 'refresh-trust'),
  at('home-reminders', 'reminded', '#/', 'reminder-lifted'),
  at('home-lost', 'lost', '#/', 'home-lost'),
  at('home-missing', 'missing', '#/', 'notice-missing'),
  at('home-unreadable', 'unreadable', '#/', 'home-unreadable'),
  at('home-damaged', 'damaged', '#/', 'home-damaged'),
  at('home-newer', 'newer', '#/', 'home-newer'),
  at('no-storage', 'refused', '#/', 'home-no-storage'),
  screen('closed', 'closed', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('home-empty').waitFor()
    await page.evaluate(() => {
      indexedDB.open('onetrip-wallet', 99)
    })
    await page.getByTestId('home-closed').waitFor()
  }),
  at('update', 'updating', '#/', 'update-now'),
  at('add', 'nobody', '#/add', 'add-screen'),
  screen('add-picture-none', 'nobody', async ({ page, go }) => {
    await go('#/add')
    await page.getByTestId('add-screen').waitFor()
    const picture = { name: 'page.png', mimeType: 'image/png', buffer: await page.screenshot() }
    await page.getByTestId('offer-picture').setInputFiles(picture)
    await page.getByTestId('offer-picture-trouble').waitFor()
  }),

  ...documentScreens('wallet', 'nobody'),
  ...CASE_SCREENS,

  at('agency', 'nobody', '#/agency', 'sign-in'),
  screen('agency-licences', 'nobody', signedIn),
  screen('agency-lost', 'nobody', async (scene) => {
    await signedIn(scene)
    await scene.page.getByTestId('phone-lost').click()
    await scene.page.getByTestId('phone-lost-yes').waitFor()
  }),

  screen('offer-asking', 'receiver', openOffer),
  spoiling('offer-working', 'nobody', async (scene) => {
    await openOffer(scene)
    const token = `${scene.stage.demo.api}/openid/token`
    // Held up for good: the next screen leaves the page.
    await scene.page.route(token, () => undefined, { times: 1 })
    await scene.page.getByTestId('accept-offer').click()
    await scene.page.locator('.offer-step:not(:empty)').waitFor()
  }),
  screen('offer-wrong-code', 'receiver', async (scene) => {
    const { page } = scene
    await openOffer(scene)
    const right = await page.getByTestId('txcode-input').inputValue()
    await page.getByTestId('txcode-input').fill(right === '000000' ? '000001' : '000000')
    await page.getByTestId('accept-offer').click()
    await page.getByTestId('offer-trouble').waitFor()
  }),
  screen('offer-done', 'receiver', async (scene) => {
    await openOffer(scene)
    await scene.page.getByTestId('accept-offer').click()
    await scene.page.getByTestId('offer-done').waitFor({ timeout: 30_000 })
  }),
  screen('offer-refused', 'nobody', async ({ page, go }) => {
    await go('#/add')
    await page.getByTestId('link-input').fill('https://verify.example/offer')
    await page.getByTestId('open-link').click()
    await page.getByTestId('offer-screen').waitFor()
    await page.getByRole('heading').first().waitFor()
  }),

  screen('request', 'holder', async (scene) => {
    await openRequest(scene, await requestOf(scene.stage, 'allowed'))
  }),
  screen('request-refused', 'holder', async (scene) => {
    await openRequest(scene, await requestOf(scene.stage, 'too-much'))
    await scene.page.getByTestId('over-asking').waitFor()
  }),
  screen('answer', 'holder', async (scene) => {
    await openRequest(scene, await requestOf(scene.stage, 'allowed'))
    await scene.page.getByTestId('agree').click()
    await scene.page.getByTestId('answer-screen').getByTestId('qr').waitFor()
  }),

  screen('online-link', 'holder', openOnlineRequest),
  screen('online-consent', 'holder', fetchOnlineRequest),
  screen('online-given', 'holder', async (scene) => {
    await fetchOnlineRequest(scene)
    await scene.page.getByTestId('agree').click()
    await scene.page.getByTestId('online-given').waitFor()
  }),

  screen('delegate', 'holder', async ({ stage, page, go }) => {
    const code = await showersCode(stage)
    await page.bringToFront()
    await go('#/add')
    await page.getByTestId('link-input').fill(code)
    await page.getByTestId('open-link').click()
    await page.getByTestId('make-delegation').waitFor()
  }),
  screen('delegate-consent', 'shower', async (scene) => {
    await entrust(scene.stage)
    await openRequest(scene, await requestOf(scene.stage, 'allowed'))
    await scene.page.getByTestId('act').click()
    await scene.page.getByTestId('delegate-consent').waitFor()
  }),

  screen('show', 'holder', (scene) => show(scene, BUSINESS)),
  screen('show-more', 'holder', async (scene) => {
    await show(scene, IDENTITY)
    await scene.page.locator('.choices input').first().check()
    await scene.page.getByTestId('qr').first().waitFor()
  }),
  screen('show-suspended', 'holder', (scene) => show(scene, SUSPENDED)),
  screen('show-long', 'holder', (scene) => show(scene, LONG)),
  screen('show-animated', 'holder', async (scene) => {
    await show(scene, LONG)
    await scene.page.getByTestId('choose-items').check()
    await scene.page.getByTestId('choose-address').check()
    await scene.page.getByTestId('next-frame').click()
  }),
  spoiling('show-covered', 'holder', async (scene) => {
    await show(scene, BUSINESS)
    await scene.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', {
        configurable: true,
        get: () => 'hidden',
      })
    })
    await scene.page.locator('.show-waiting').waitFor()
  }),

  screen('details', 'holder', (scene) => details(scene, IDENTITY)),
  screen('details-suspended', 'holder', (scene) => details(scene, SUSPENDED)),
  screen('details-long', 'holder', (scene) => details(scene, LONG)),
  screen('details-delete', 'holder', async (scene) => {
    await details(scene, SUSPENDED)
    await scene.page.getByTestId('delete-licence').click()
    await scene.page.getByTestId('delete-licence-yes').waitFor()
  }),
  screen('copy-form', 'holder', copyForm),
  screen('copy-form-faults', 'holder', async (scene) => {
    await copyForm(scene)
    await scene.page.getByTestId('copy-recipient').selectOption('other')
    await scene.page.getByTestId('make-copy').click()
    await scene.page.getByTestId('copy-trouble').waitFor()
  }),
  screen('copy-sheet', 'holder', copySheet),
  screen('copy-animated', 'holder', animatedCopy),
  printed('copy-animated-print', 'holder', animatedCopy),
  printed('details-print', 'holder', (scene) => details(scene, BUSINESS)),
  printed('copy-print', 'holder', copySheet),
  at('history-empty', 'nobody', '#/history', 'history-empty'),
  at('history', 'holder', '#/history', 'history-list'),
  spoiling('history-trouble', 'holder', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('card').first().waitFor()
    await page.evaluate(breakStorage, ['getAll', 'getAllKeys'] as const)
    await page.getByTestId('place-history').click()
    await page.getByTestId('history-trouble').waitFor()
  }),
  spoiling('show-not-recorded', 'holder', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('card').first().waitFor()
    await page.evaluate(breakStorage, ['put'] as const)
    await page.getByTestId('show-button').first().click()
    await page.getByTestId('not-recorded').waitFor()
  }),
  screen('history-erase', 'holder', async ({ page, go }) => {
    await go('#/history')
    await page.getByTestId('history-erase-all').click()
    await page.getByTestId('history-erase-all-yes').waitFor()
  }),
  at('settings', 'holder', '#/settings', 'settings-screen'),
  screen('backup-code', 'holder', async ({ page, go }) => {
    await go('#/backup')
    await page.getByTestId('show-code').click()
    await page.getByTestId('recovery-code').waitFor()
  }),
  screen('restore-refused', 'nobody', async ({ page, go }) => {
    await go('#/restore')
    const file = { name: 'photo.otbackup', mimeType: 'image/png', buffer: Buffer.from('photo') }
    await page.getByTestId('backup-input').setInputFiles(file)
    await page.getByTestId('restore-trouble').waitFor()
  }),
  screen('details-unbound', 'restored', async ({ page, go }) => {
    await go('#/')
    await checkedCards(page).first().getByTestId('details-link').click()
    await page.getByTestId('unbound').waitFor()
  }),
  at('lost-phone', 'nobody', '#/lost-phone', 'lost-phone-screen'),
  at('help', 'nobody', '#/help', 'help-screen'),
  at('install', 'nobody', '#/install', 'install-screen'),
  at('settings-empty', 'nobody', '#/settings', 'settings-screen'),
  screen('lock-set', 'nobody', async ({ page, go }) => {
    await go('#/lock')
    await page.getByTestId('passcode-new').fill('123456')
    await page.getByTestId('set-passcode').click()
    await page.locator('.field-error').first().waitFor()
  }),

  at('lock', 'guarded', '#/', 'lock-screen'),
  screen('lock-forgotten', 'guarded', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('lock-forgotten').click()
    await page.getByTestId('lock-forgotten-yes').waitFor()
  }),
  screen('lock-settings', 'guarded', async (scene) => {
    await scene.go('#/lock')
    await unlock(scene)
    await scene.page.getByTestId('lock-after').waitFor({ timeout: 30_000 })
  }),
  screen('lock-change', 'guarded', async (scene) => {
    await scene.go('#/lock')
    await unlock(scene)
    await scene.page.getByTestId('act-change').click()
    await scene.page.getByTestId('passcode-current').waitFor()
  }),
  screen('lock-wrong', 'guarded', async ({ page, go }) => {
    await go('#/')
    await tryWrong(page)
  }),
  screen('lock-waiting', 'guarded', async ({ page, go }) => {
    await go('#/')
    const waiting = page.getByTestId('lock-wait')
    for (let tries = 0; tries < 4 && !(await comesSoon(waiting)); tries += 1) await tryWrong(page)
    await waiting.waitFor()
  }),
]

function screen(name: string, cast: CastName, open: (scene: Scene) => Promise<void>): Screen {
  return { name, face: 'wallet', cast, open }
}

function spoiling(name: string, cast: CastName, open: (scene: Scene) => Promise<void>): Screen {
  return { ...screen(name, cast, open), spoils: true }
}

function printed(name: string, cast: CastName, open: (scene: Scene) => Promise<void>): Screen {
  return { ...screen(name, cast, open), printed: true }
}

function at(name: string, cast: CastName, address: string, testId: string): Screen {
  return screen(name, cast, async ({ page, go }) => {
    await go(address)
    await page.getByTestId(testId).first().waitFor()
    if (testId === 'card') await checkedCards(page).first().waitFor()
  })
}

async function openOffer({ page, stage, language }: Scene): Promise<void> {
  const { offer } = await stage.agency.issueFood({ serial: nextSerial() })
  await loadAfresh(page, offer.link.replace('/#', `/?lang=${language}&scale=100#`))
  await page.getByTestId('txcode-input').fill(offer.txCode)
}

async function signedIn({ page, go, language }: Scene): Promise<void> {
  await go('#/agency')
  await page.getByTestId('sign-in').click()
  await page.getByTestId('demo-chen').click()
  await page.getByTestId('agency-list').waitFor()
  // The address it comes back to names no language: that is chosen, as a person would.
  const shown = await page.locator('html').getAttribute('lang')
  if (shown !== language) await page.getByTestId('language-switch').click()
}

let serials = 0
function nextSerial(): string {
  serials += 1
  return `JY23399010008${String(serials).padStart(3, '0')}`
}

async function openCard({ page, go }: Scene, number: string, button: string): Promise<void> {
  await go('#/')
  const card = checkedCards(page).filter({ hasText: number }).first()
  await card.getByTestId(button).click()
}

/** What was found is stamped on a card soon after it is there: one that is suspended grows, and its buttons leave a press. */
function checkedCards(page: Page): Locator {
  return page.locator('[data-testid="card"]:not([data-state="checking"])')
}

async function show(scene: Scene, number: string): Promise<void> {
  await openCard(scene, number, 'show-button')
  await scene.page.getByTestId('qr').first().waitFor()
}

async function details(scene: Scene, number: string): Promise<void> {
  await openCard(scene, number, 'details-link')
  await scene.page.locator('[data-testid="licence"]:not([data-state="checking"])').waitFor()
}

async function copyForm(scene: Scene): Promise<void> {
  await details(scene, BUSINESS)
  await scene.page.getByTestId('copy-button').click()
  await scene.page.getByTestId('copy-purpose').waitFor()
}

async function copySheet(scene: Scene): Promise<void> {
  const { page } = scene
  await copyForm(scene)
  await page.getByTestId('copy-purpose').fill('办理户外招牌设置')
  await page.getByTestId('copy-recipient').selectOption({ index: 1 })
  await page.getByTestId('make-copy').click()
  await page.getByTestId('copy-sheet').waitFor()
}

async function animatedCopy(scene: Scene): Promise<void> {
  const { page } = scene
  await details(scene, LONG)
  await page.getByTestId('copy-button').click()
  await page.getByTestId('copy-purpose').fill('办理户外招牌设置')
  await page.getByTestId('copy-recipient').selectOption({ index: 1 })
  for (const box of await page.locator('.choices input').all()) await box.check()
  await page.getByTestId('make-copy').click()
  await page.getByTestId('copy-unprintable').waitFor()
}

async function unlock({ page }: Scene): Promise<void> {
  await page.getByTestId('lock-passcode').fill(PASSCODE)
  await page.getByTestId('unlock').click()
}

/** A wait from before the page was loaded is read from storage first. */
function comesSoon(waiting: Locator): Promise<boolean> {
  return waiting.waitFor({ timeout: 700 }).then(
    () => true,
    () => false,
  )
}

async function tryWrong(page: Page): Promise<void> {
  await page.getByTestId('lock-passcode').fill(WRONG)
  await page.getByTestId('unlock').click()
  await page.getByTestId('lock-trouble').waitFor()
}

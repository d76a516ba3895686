/** One demo with an office's work in it, and one browser, where the members of staff take turns, each signed in when first wanted. */
import type { BrowserContext, Page } from 'playwright-core'
import { AXE_SCRIPT } from '../e2e/accessible.ts'
import { foodTable } from '../e2e/batch-tables.ts'
import { launchBrowser, loadAfresh } from '../e2e/browser.ts'
import { beginAtWindow, fillRestaurant, handIn, RESTAURANT, takeStep } from '../e2e/case-people.ts'
import { OFFICES, passProvider } from '../e2e/console-people.ts'
import { type Demo, startDemo } from '../e2e/demo.ts'
import { keepCases } from '../e2e/kept-cases.ts'
import type { ConsoleScreen } from './console-screens.ts'
import type { Language } from './screen.ts'
import { walk } from './walk.ts'

/** Where the console's pages are looked at. */
export interface ConsoleStage {
  /** Leads the page of a screen's role to the screen in a language. */
  open(screen: ConsoleScreen, language: Language): Promise<Page>
  close(): Promise<void>
}

type Session = Awaited<ReturnType<BrowserContext['cookies']>>

/** Starts the demo, and lets the office have worked for a while. */
export async function openConsoleStage(): Promise<ConsoleStage> {
  const demo = await startDemo()
  const browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  await context.addInitScript(AXE_SCRIPT)
  const page = await context.newPage()
  const sessions = new Map<string, Session>()
  let shown: string | undefined

  /** Another member at the same browser: a browser for each would cost a second more than a load does. */
  async function pageOf(role: string | undefined, office: number = OFFICES.market): Promise<Page> {
    const member = role === undefined ? '' : `staff-${role}-${office}`
    if (member === shown) return page
    if (shown !== undefined) sessions.set(shown, await context.cookies())
    await context.clearCookies()
    const session = sessions.get(member)
    if (session !== undefined) await context.addCookies(session)
    else if (role !== undefined) await passProvider(context.request, demo, member)
    await loadAfresh(page, `${demo.api}/console/`)
    await page.getByTestId(role === undefined ? 'sign-in' : 'person').waitFor()
    shown = member
    return page
  }

  const stage: ConsoleStage = {
    async open({ role, office = 'market', address, reach }, language) {
      const page = await pageOf(role, OFFICES[office])
      await page.bringToFront()
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'screen' })
      await speak(page, language)
      await walk(page, address)
      await page.locator('h1').first().waitFor()
      await page.waitForFunction(() => document.querySelector('.loading') === null)
      await reach?.(page)
      return page
    },
    async close() {
      await browser.close()
      await demo.stop()
    },
  }
  keepCases(demo, { subject: 'staff-clerk-2', count: 20 })
  await haveWorked(demo, await pageOf('clerk'))
  await haveTakenIn(demo, await pageOf('clerk', OFFICES.centre))
  return stage
}

/** Changes the language of the open page, as a person would, though a dialog be before the switch. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.locator('h1').first().waitFor()
  if ((await page.locator('html').getAttribute('lang')) === language) return
  await page.getByTestId('language-switch').evaluate((button: HTMLElement) => button.click())
  await page.locator(`html[lang="${language}"]`).waitFor()
}

/** A case that was handed in and accepted. */
async function haveTakenIn(demo: Demo, clerk: Page): Promise<void> {
  await beginAtWindow(clerk, {
    matter: 'open-restaurant',
    answers: RESTAURANT,
    applicant: '陈样例',
  })
  await fillRestaurant(clerk)
  await handIn(clerk)
  await takeStep(clerk, {}, { name: 'accept', to: 'accepted' })
  await clerk.goto(`${demo.api}/console/`)
}

/** A batch and a seal that wait for a decision, and a licence that was reported. */
async function haveWorked(demo: Demo, clerk: Page): Promise<void> {
  const done = await clerk.evaluate(async (table) => {
    const json = { 'Content-Type': 'application/json' }
    const post = (path: string, type: object, body: string): Promise<Response> =>
      fetch(path, {
        method: 'POST',
        headers: { ...type, 'Idempotency-Key': `screens-${path.length}` },
        body,
      })
    const me = await (await fetch('/api/staff/me')).json()
    const food = me.types.find((type: { name: { en: string } }) => /food/i.test(type.name.en))
    const batch = await post(
      `/api/batches?type=${food.code}`,
      { 'Content-Type': 'text/csv' },
      table,
    )
    const { seals } = await (await fetch('/api/seals')).json()
    const seal = seals.find((one: { state: string }) => one.state === 'in-use')
    const file = {
      sha256: 'A'.repeat(43),
      length: 18_234,
      mediaType: 'application/pdf',
      name: '食品安全告知书.pdf',
      place: { page: 1, x: 400, y: 120 },
    }
    const purpose = '在《食品安全告知书》上加盖印章'
    const use = await post(
      `/api/seals/${seal.id}/uses`,
      json,
      JSON.stringify({ purpose, files: [file] }),
    )
    const report = await post(
      '/reports',
      json,
      JSON.stringify({
        code: 'signature/invalid',
        place: 'counter',
        agency: me.agency,
        type: food.code,
        digest: 'A'.repeat(43),
        judgedAt: 1_790_000_000,
        words: '打印件扫不出来，像是自己画的',
      }),
    )
    return [batch.status, use.status, report.status]
  }, foodTable(['样例面馆', '样例粥铺', '布买日耶姆·阿卜杜热合曼·图尔荪托合提']).toString())
  if (done.some((status) => status !== 201)) throw new Error(`the office's work: ${done.join()}`)
  await clerk.goto(`${demo.api}/console/`)
}

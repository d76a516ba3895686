/** Members of staff in the console: they sign in at the demo's provider, each in a browser of their own. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openPage, type WatchedPage } from './browser.ts'
import type { Demo } from './demo.ts'

/** Which of the demo's organisations is which, as the provider counts them. */
export const OFFICES = { market: 2, centre: 6, fire: 8 } as const

/** Somebody at the console. */
export interface Officer extends WatchedPage {
  readonly context: BrowserContext
}

/**
 * Opens the console in a browser of its own, of somebody who is signed in with a role; of the market regulator unless said. The
 * way through the provider ({@link signIn}) is gone without its pages, each of which takes half a second of a processor.
 */
export async function officer(
  browser: Browser,
  demo: Demo,
  role: string,
  office: number = OFFICES.market,
): Promise<Officer> {
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    // A colour on its way to another has no contrast of its own.
    reducedMotion: 'reduce',
  })
  await passProvider(context.request, demo, `staff-${role}-${office}`)
  const watched = await openPage(context, `${demo.api}/console/`)
  await watched.page.getByTestId('person').waitFor()
  return { ...watched, context }
}

/** What a browser sends while somebody signs in, sent without a page; `subject` is the provider's name for them. */
export async function passProvider(
  request: APIRequestContext,
  { api }: Demo,
  subject: string,
): Promise<void> {
  // A connection that was kept may be closed by the server at that moment.
  const asked = await request.get(`${api}/staff/sign-in`, { maxRetries: 1 })
  const [, action] = /<form method="post" action="([^"]+)"/.exec(await asked.text()) ?? []
  if (action === undefined) throw new Error('the provider has no form')
  const answer = await request.post(new URL(action, asked.url()).href, { form: { subject } })
  if (!answer.ok()) throw new Error(`the provider answers ${answer.status()}`)
}

/** From the sign-in page through the provider and back. */
export async function signIn(
  page: Page,
  role: string,
  office: number = OFFICES.market,
): Promise<void> {
  await page.getByTestId('sign-in').click()
  await page.getByTestId(`staff-${role}-${office}`).click()
  await page.getByTestId('person').waitFor()
}

/** As if everybody had signed in an hour ago. */
export function ageSignIns({ dataDir }: Demo): void {
  const database = new DatabaseSync(join(dataDir, 'onetrip.sqlite'), { timeout: 30_000 })
  try {
    database.exec('UPDATE staff_session SET authenticated_at = authenticated_at - 3600')
  } finally {
    database.close()
  }
}

/** Goes to a place and waits for its screen. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByTestId(`place-${place}`).click()
  await page.getByTestId(`${place}-screen`).waitFor()
  await expect.poll(() => page.locator('.loading').count()).toBe(0)
}

/** The holder lets the shower answer with the business licence: both wallets, as their people press through them. */
import type { Page } from 'playwright-core'
import { loadAfresh } from '../e2e/browser.ts'
import type { Stage } from './stage.ts'

const entrusted = new WeakMap<Stage, Promise<void>>()

/** The code of the shower's key. */
export async function showersCode(stage: Stage): Promise<string> {
  const shower = await stage.pageOf('shower')
  await shower.bringToFront()
  await loadAfresh(shower, `${stage.demo.wallet}/?lang=zh-CN#/delegate-code`)
  return (await shower.getByTestId('delegate-code').textContent()) ?? ''
}

/** Once: the holder agrees, the shower keeps it. */
export function entrust(stage: Stage): Promise<void> {
  const done = entrusted.get(stage) ?? lend(stage)
  entrusted.set(stage, done)
  return done
}

/** The shower's answer for the holder. */
export async function answerForHolder(stage: Stage, request: string): Promise<string> {
  await entrust(stage)
  const shower = await stage.pageOf('shower')
  await openText(shower, stage, request)
  await shower.getByTestId('act').click()
  await shower.getByTestId('act-agree').click()
  const code = shower.getByTestId('answer-screen').getByTestId('qr')
  await code.waitFor()
  return (await code.getAttribute('data-text')) ?? ''
}

async function lend(stage: Stage): Promise<void> {
  const code = await showersCode(stage)
  const holder = await stage.pageOf('holder')
  await openText(holder, stage, code)
  const licence = holder.getByTestId('delegate-licence')
  const business = await licence
    .locator('option', { hasText: '营业执照' })
    .first()
    .getAttribute('value')
  await licence.selectOption(business)
  await holder.getByTestId('delegate-matter').selectOption('open-restaurant')
  await holder.getByTestId('delegate-name').fill('林测试')
  // What is left fits one code, which can be pasted.
  await holder.getByTestId('choose-scope').uncheck()
  await holder.getByTestId('make-delegation').click()
  const drawn = holder.getByTestId('delegation-screen').getByTestId('qr')
  await drawn.waitFor()
  const delegation = (await drawn.getAttribute('data-text')) ?? ''
  await holder.getByTestId('delegation-done').click()
  const shower = await stage.pageOf('shower')
  await openText(shower, stage, delegation)
  await shower.getByTestId('keep-entrusted').click()
  await shower.getByTestId('entrusted-kept').waitFor()
}

async function openText(page: Page, { demo }: Stage, text: string): Promise<void> {
  await page.bringToFront()
  await loadAfresh(page, `${demo.wallet}/?lang=zh-CN#/add`)
  await page.getByTestId('link-input').fill(text)
  await page.getByTestId('open-link').click()
}

/** Codes to scan, from a real wallet: fresh live ones, a copy, one of a suspended licence, an altered one. */
import { sampleOffices } from '@onetrip/fixtures'
import type { Page } from 'playwright-core'
import { loadAfresh } from '../e2e/browser.ts'
import { codeOn } from '../e2e/people.ts'
import { readVectorFolder } from '../vectors/read-vector-folder.ts'
import type { Stage } from './stage.ts'

/** Licences in the shower's wallet, by what their card says. */
const LICENCES = {
  person: '林测试',
  food: 'JY23399010000012',
  suspended: 'JY23399010009004',
  ending: 'JY23399010009012',
} as const

/** A live code of a licence, signed within the last second or so. */
export async function liveCode(stage: Stage, licence: keyof typeof LICENCES): Promise<string> {
  const page = await showersHome(stage)
  const card = page.getByTestId('card').filter({ hasText: LICENCES[licence] })
  await card.getByTestId('show-button').click()
  await page.getByTestId('show-screen').waitFor()
  return codeOn(page)
}

/** The shower's answer to a request: agrees to all that the wallet has, which is an identity and no business licence. */
export async function answerTo(stage: Stage, request: string): Promise<string> {
  const page = await showersHome(stage)
  await page.getByTestId('place-add').click()
  await page.getByTestId('link-input').fill(request)
  await page.getByTestId('open-link').click()
  await page.getByTestId('agree').click()
  const code = page.getByTestId('answer-screen').getByTestId('qr')
  await code.waitFor()
  return (await code.getAttribute('data-text')) ?? ''
}

/** The shower answers a request over the network in the same way, by its link. */
export async function agreeOnline(stage: Stage, link: string): Promise<void> {
  const page = await showersHome(stage)
  await loadAfresh(page, link)
  await page.getByTestId('fetch-request').click()
  await page.getByTestId('agree').click()
  await page.getByTestId('online-given').waitFor()
}

/** A copy of the food licence made out to the first office. */
export async function copyCode(stage: Stage): Promise<string> {
  const page = await showersHome(stage)
  const card = page.getByTestId('card').filter({ hasText: LICENCES.food })
  await card.getByTestId('details-link').click()
  await page.getByTestId('copy-button').click()
  await page.getByTestId('copy-purpose').fill('办理户外招牌设置')
  await page.getByTestId('copy-recipient').selectOption(sampleOffices[0]?.id ?? '')
  await page.getByTestId('make-copy').click()
  return codeOn(page)
}

/** A live code that is {@link altered}. */
export async function alteredCode(stage: Stage): Promise<string> {
  return altered(await liveCode(stage, 'food'))
}

/** The code with one character changed, in its signature. */
export function altered(text: string): string {
  const at = text.length - 30
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
}

/** A code of an issuer that this demo's trust list does not name. */
export function strangersCode(): string {
  const vectors = readVectorFolder<{ readonly input: { readonly text?: string } }>('verifier')
  const text = vectors['issuer-unknown']?.input.text
  if (text === undefined) throw new Error('the vector is not there')
  return text
}

async function showersHome(stage: Stage): Promise<Page> {
  const page = await stage.pageOf('shower')
  // A page behind another is drawn once a second.
  await page.bringToFront()
  const home = `${stage.demo.wallet}/?lang=zh-CN#/`
  // A wallet that is open goes home in a tenth of the time that it takes to start.
  if (page.url().startsWith(`${stage.demo.wallet}/?`))
    await page.goto(`${page.url().split('#')[0]}#/`)
  else await loadAfresh(page, home)
  await page.getByTestId('card').first().waitFor()
  return page
}

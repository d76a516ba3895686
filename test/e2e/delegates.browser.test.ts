/**
 * Somebody goes for another (代办) with two wallets: the delegate's key code, the holder's consent, the delegate's answer to a
 * counter's request, the verdict that names both; and the holder takes it back.
 */
import { decodeCodeText } from '@onetrip/codec'
import { parsePresentation, parseRequest, type Want } from '@onetrip/credential'
import { identityOfLin, sampleOffices } from '@onetrip/fixtures'
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import { verifyAnswer } from '@onetrip/verifier'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { enrolNodeCounter } from './node-counter.ts'
import {
  enrolAtDesk,
  paste as pasteAtCounter,
  readVerdict,
  receive,
  waitingOffers,
} from './people.ts'
import { DESK, WITHOUT_WORKER } from './without-worker.ts'

const WANTS: readonly Want[] = [
  {
    material: 'business-licence',
    required: true,
    options: [{ type: '1110000099XYN9907G001', claims: ['address', 'legalRepresentative'] }],
  },
]

let demo: Demo
let browser: Browser
let holder: Page
let delegate: Page
let request = ''
let answer = ''

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  const contexts: BrowserContext[] = []
  for (let at = 0; at < 2; at++) {
    contexts.push(
      await browser.newContext({
        ...WITHOUT_WORKER,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        viewport: { width: 390, height: 844 },
      }),
    )
  }
  const [one, other] = contexts
  if (one === undefined || other === undefined) throw new Error('two wallets')
  holder = (await openPage(one, `${demo.wallet}/`)).page
  delegate = (await openPage(other, `${demo.wallet}/`)).page
  const [, person, business] = await waitingOffers(demo)
  if (person === undefined || business === undefined) throw new Error('the desk has no offer')
  await receive(holder, business)
  await receive(delegate, person)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('the holder lets the delegate’s key answer for one matter', async () => {
  const code = (await delegateCode()) ?? ''
  expect(code).toMatch(/^key:[\w-]{43}$/)
  await expectAccessible(delegate, 'the delegate’s code')
  await paste(holder, code)
  await holder.getByTestId('make-delegation').waitFor()
  await lookInPassing(holder, 'wallet-delegate')
  await holder.getByTestId('delegate-matter').selectOption('open-restaurant')
  await holder.getByTestId('make-delegation').click()
  await holder.getByText('请写上代办人的姓名').waitFor()
  await holder.getByTestId('delegate-name').fill('林测试')
  // What is left fits one code, which can be pasted.
  await holder.getByTestId('choose-scope').uncheck()
  await holder.getByTestId('make-delegation').click()
  const drawn = holder.getByTestId('delegation-screen').getByTestId('qr')
  await drawn.waitFor()
  const delegation = (await drawn.getAttribute('data-text')) ?? ''
  await holder.getByTestId('delegation-done').click()
  await paste(delegate, delegation)
  await delegate.getByTestId('keep-entrusted').click()
  await delegate.getByTestId('entrusted-kept').waitFor()
  await expectAccessible(delegate, 'a delegation that is kept')
})

test('the delegate answers for the holder, and the verdict names both', async () => {
  request = await (await enrolNodeCounter(demo, '三号窗口')).ask(WANTS)
  await paste(delegate, request)
  await delegate.getByTestId('act').click()
  await delegate.getByTestId('delegate-consent').waitFor()
  await lookInPassing(delegate, 'wallet-delegate-consent')
  await delegate.getByTestId('act-agree').click()
  const drawn = delegate.getByTestId('answer-screen').getByTestId('qr')
  await drawn.waitFor()
  answer = (await drawn.getAttribute('data-text')) ?? ''
  const verdict = await judge()
  expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
  expect(verdict.delegate?.licence?.claims.map(({ value }) => value)).toEqual([
    identityOfLin.facts.claims['name'],
  ])
  expect(verdict.materials[0]?.licence?.claims.map(({ name }) => name)).toEqual([
    'name',
    'uscc',
    'legalRepresentative',
    'address',
  ])
})

test('a counter says who came, and for whom', async () => {
  const { page } = await openPage(await browser.newContext(DESK), `${demo.counter}/#/settings`)
  await enrolAtDesk(page, demo, { office: sampleOffices[0]?.id ?? '', name: '四号窗口' })
  await page.goto(`${demo.counter}/#/ask`)
  await page.getByTestId('ask-choose').waitFor()
  await lookInPassing(page, 'counter-ask-choose')
  for (const material of ['premises', 'identity']) {
    await page.getByTestId(`ask-material-${material}`).uncheck()
  }
  await page.getByTestId('ask-show').click()
  const asked = page.getByTestId('ask-qr')
  await asked.waitFor()
  await lookInPassing(page, 'counter-ask-code')
  await paste(delegate, (await asked.getAttribute('data-text')) ?? '')
  await delegate.getByTestId('act').click()
  await delegate.getByTestId('act-agree').click()
  const drawn = delegate.getByTestId('answer-screen').getByTestId('qr')
  await drawn.waitFor()
  await page.bringToFront()
  await pasteAtCounter(page, (await drawn.getAttribute('data-text')) ?? '')
  const { outcome, code, words } = await readVerdict(page)
  // The office asks for the scope too, which was not lent.
  expect([outcome, code]).toEqual(['caution', 'answer/missing'])
  expect(words).toContain(identityOfLin.facts.claims['name'])
  await lookInPassing(page, 'counter-ask-delegate')
})

test('the holder takes it back, and the counter that knows refuses it', async () => {
  await holder.goto(`${demo.wallet}/#/`)
  await holder.getByTestId('details-link').click()
  await holder.getByTestId('take-back').click()
  await holder.getByTestId('taken-back').waitFor()
  await expectAccessible(holder, 'a delegation that was taken back')
  const verdict = await judge()
  expect(verdict.reason).toBe('delegation/revoked')
})

test('of two windows that let at the same time, each lends a copy of its own (WA07)', async () => {
  const code = (await delegateCode()) ?? ''
  const windows = [holder, (await openPage(holder.context(), `${demo.wallet}/`)).page]
  for (const page of windows) {
    await paste(page, code)
    await page.getByTestId('delegate-matter').selectOption('open-restaurant')
    await page.getByTestId('delegate-name').fill('林测试')
    await page.getByTestId('choose-scope').uncheck()
  }
  await Promise.all(windows.map((page) => page.getByTestId('make-delegation').click()))
  const entries = await Promise.all(
    windows.map(async (page) => {
      const drawn = page.getByTestId('delegation-screen').getByTestId('qr')
      const text = (await drawn.getAttribute('data-text')) ?? ''
      const { uri, index } = parsePresentation(decodeCodeText(text)).claims.status
      return `${uri} ${index}`
    }),
  )
  expect(new Set(entries).size).toBe(windows.length)
})

async function delegateCode(): Promise<string | null> {
  await delegate.goto(`${demo.wallet}/#/add`)
  await delegate.getByTestId('delegate-code-link').click()
  return delegate.getByTestId('delegate-code').textContent()
}

async function judge(): ReturnType<typeof verifyAnswer> {
  const trust = await trustNow()
  const now = Math.floor(Date.now() / 1000)
  return verifyAnswer(answer, { trust, now, request: parseRequest(decodeCodeText(request)) })
}

async function trustNow(): Promise<Trust> {
  const pack = new Uint8Array(await (await fetch(`${demo.api}/trust/pack`)).arrayBuffer())
  const initialRoot = new Uint8Array(
    await (await fetch(`${demo.api}/trust/metadata/root.json`)).arrayBuffer(),
  )
  return openPack({ source: packInMemory(pack), initialRoot })
}

async function paste(page: Page, text: string): Promise<void> {
  await page.bringToFront()
  await page.goto(`${demo.wallet}/#/add`)
  await page.getByTestId('link-input').fill(text)
  await page.getByTestId('open-link').click()
}

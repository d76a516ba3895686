/**
 * From home (零上门): questions, a consent in the wallet, a form that a reload does not lose, a file, a promise, handing in; the window
 * accepts it and the receipt is there. At a kiosk: the same pages, what the phone holds by one code there and one back.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handwrittenPdf } from '@onetrip/fixtures'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencyOf } from '../screens/agency.ts'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { keepOwnCases, OWN_CASES } from '../screens/own-cases.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { writeCameraFile } from './camera.ts'
import { type Demo, startDemo } from './demo.ts'
import { receive, waitingOffers } from './people.ts'
import { stepBy, type TakenStep } from './step-by.ts'
import { storedIn } from './stored-rows.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

const SLOW = { timeout: 60_000 } as const
const CENTRE = '12339901XYN0000570'
const ANSWERS = {
  sign: 'no',
  area: 'small',
  tobacco: 'no',
  agent: 'no',
} as const
const MARKET = '11339901XYN000014M'
const FOOD_PART = 'food-business-licence'
const LAYOUT = {
  name: 'layout.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(handwrittenPdf(['BT /F 20 Tf 100 700 Td (layout) Tj ET'])),
}

let demo: Demo
let browser: Browser
let wallet: WatchedPage

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  const phone = { viewport: { width: 390, height: 844 }, locale: 'zh-CN' } as const
  const context = await browser.newContext({ ...WITHOUT_WORKER, ...phone, reducedMotion: 'reduce' })
  wallet = await openPage(context, `${demo.wallet}/`)
  const [identity] = await waitingOffers(demo)
  if (identity === undefined) throw new Error('the desk has no offer')
  await receive(wallet.page, identity)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('from home', () => {
  test('questions leave what applies, and signing in comes back to them', async () => {
    const { page } = wallet
    await page.goto(`${demo.wallet}/#/cases`)
    await answerQuestions(page)
    await expectAccessible(page, 'apply')
    await signIn(page)
    await page.getByTestId('plan').waitFor(SLOW)
    expect(await page.getByTestId('question-area').inputValue()).toBe('small')
    await page.getByTestId('apply-office').selectOption(CENTRE)
    await page.getByTestId('begin-case').click()
    await page.getByTestId('case-state').waitFor(SLOW)
  })

  test('one consent shows what the wallet holds; the rest by register, promise, file and later', async () => {
    const { page } = wallet
    await page.getByTestId('show-licences').click()
    await page.getByTestId('fetch-request').click()
    await page.getByTestId('wanted').first().waitFor(SLOW)
    await page.getByTestId('agree').click()
    await page.getByTestId('work-note').waitFor(SLOW)
    for (const material of ['identity', 'food-safety-manager']) {
      await expect.poll(() => wayOf(page, material), SLOW).toBe('licence')
    }
    await settle(page, 'business-licence', 'use-register')
    await page.getByTestId('material-food-safety-rules').getByTestId('promise').click()
    await page.getByTestId('promise-yes').click()
    await expect.poll(() => wayOf(page, 'food-safety-rules'), SLOW).toBe('promise')
    await settle(page, 'health-certificate', 'later')
    await page.getByTestId('upload-layout').setInputFiles({ ...LAYOUT, mimeType: 'text/plain' })
    await page.getByTestId('work-trouble').waitFor(SLOW)
    // The second file is chosen while the first is on its way.
    for (const material of ['layout', 'premises']) {
      await page.getByTestId(`upload-${material}`).setInputFiles(LAYOUT)
    }
    for (const material of ['layout', 'premises']) {
      await expect.poll(() => wayOf(page, material), SLOW).toBe('upload')
    }
    await expectAccessible(page, 'case')
  })

  test('what was typed outlives a reload, and is handed in once', async () => {
    const { page } = wallet
    expect(await page.getByTestId('field-name').inputValue()).not.toBe('')
    await page.getByTestId('submit-case').click()
    const marked = page.locator('[aria-invalid="true"]')
    await expect.poll(() => marked.count()).toBe(3)
    expect(await page.getByTestId('submit-missing').textContent()).toContain('还有 3 项')
    expect(await marked.first().evaluate((field) => field === document.activeElement)).toBe(true)
    await page.getByTestId('field-items').fill('热食类制售')
    await page.getByTestId('field-phone').fill('0571-00000000')
    await page.getByTestId('field-businessForm').selectOption('2')
    const forms = { database: 'onetrip-cases', box: 'forms' }
    await expect.poll(() => storedIn(page, forms)).toMatchObject([{ businessForm: '2' }])
    await page.reload()
    await signIn(page)
    await page.getByTestId('field-items').waitFor(SLOW)
    await expect.poll(() => page.getByTestId('field-items').inputValue()).toBe('热食类制售')
    expect(await page.getByTestId('field-phone').inputValue()).toBe('0571-00000000')
    expect(await page.getByTestId('field-businessForm').inputValue()).toBe('2')
    await page.getByTestId('submit-case').click()
    await expect.poll(() => stateOf(page), SLOW).toBe('submitted')
    expect(await page.getByTestId('submit-case').count()).toBe(0)
  })

  test('what the window gave back says why, and is handed in again', async () => {
    const { page } = wallet
    await atWindow(caseOn(page), { step: 'return', body: { reason: '经营项目请写全' } })
    await readAgain(page)
    await expect.poll(() => stateOf(page), SLOW).toBe('returned')
    expect(await page.getByTestId('returned').textContent()).toContain('经营项目请写全')
    await lookInPassing(page, 'wallet-case-returned')
    await page.getByTestId('field-items').fill('热食类制售、冷食类制售')
    await page.getByTestId('submit-case').click()
    await expect.poll(() => stateOf(page), SLOW).toBe('submitted')
  })

  test('the window accepts it: number, progress and receipt are there', async () => {
    const { page } = wallet
    await atWindow(caseOn(page), { step: 'accept' })
    await readAgain(page)
    await expect.poll(() => stateOf(page), SLOW).toBe('accepted')
    const number = (await page.getByTestId('case-number').textContent()) ?? ''
    expect(number).not.toBe('')
    expect(await page.getByTestId('receipt').textContent()).toContain(number)
    expect(await page.getByTestId('part-business-check').getAttribute('data-state')).toBe(
      'concluded',
    )
    await page.getByTestId('upload-health-certificate').setInputFiles(LAYOUT)
    await page.getByTestId('deferred-materials').waitFor({ state: 'detached', ...SLOW })
    await page.getByTestId('level-5').click()
    await page.getByTestId('rate-send').click()
    await page.getByTestId('rated').waitFor(SLOW)
    await lookInPassing(page, 'wallet-case-review')
  })

  test('a part that a department gave back is corrected (补正)', async () => {
    const { page } = wallet
    const body = { reason: '布局图缺排水' }
    await stepBy(
      demo,
      { role: 'reviewer', organisation: MARKET },
      { id: caseOn(page), part: FOOD_PART, step: 'return', body },
    )
    await readAgain(page)
    const asked = page.getByTestId(`correct-${FOOD_PART}`)
    expect(await asked.textContent(SLOW)).toContain(body.reason)
    await lookInPassing(page, 'wallet-case-correct')
    const again = page.getByTestId('material-layout').getByRole('button', { name: '换一份' })
    await again.click()
    await page.getByTestId('upload-layout').setInputFiles(LAYOUT)
    // Offered once more as soon as the file is in and the case was read again.
    await again.waitFor(SLOW)
    await asked.getByTestId('correct-part').click()
    await asked.waitFor({ state: 'detached', ...SLOW })
    expect(await page.getByTestId(`part-${FOOD_PART}`).getAttribute('data-state')).toBe('reviewing')
  })
})

test('a kiosk has these pages alone, prints the receipt, and ends with nothing left', async () => {
  const context = await browser.newContext({
    ...WITHOUT_WORKER,
    viewport: { width: 1080, height: 1200 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const { page, complaints } = await openPage(context, `${demo.wallet}/?kiosk=12#/settings`)
  await page.getByTestId('cases-screen').waitFor(SLOW)
  expect(await page.locator('html').getAttribute('data-scale')).toBe('150')
  expect(await page.getByTestId('place-home').count()).toBe(0)
  await page.getByTestId('matter-open-restaurant').click()
  await page.getByTestId('question-area').selectOption('small')
  await page.goBack()
  await signIn(page)
  const line = page.getByTestId('my-cases').getByRole('link').first()
  await line.waitFor(SLOW)
  await lookInPassing(page, 'wallet-kiosk-cases')
  await line.click(SLOW)
  await page.getByTestId('receipt').waitFor(SLOW)
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByTestId('receipt').isVisible()).toBe(true)
  expect(await page.getByTestId('kiosk-end').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await lookInPassing(page, 'wallet-kiosk-case')
  keepOwnCases(demo)
  await openCase(page, OWN_CASES.returned)
  await page.getByTestId('kiosk-show').waitFor(SLOW)
  await lookInPassing(page, 'wallet-kiosk-returned')
  // Nobody is there any more.
  await expectEnded(page)
  // Nor is whoever typed for a case, and left at the provider's page: it is somebody else who comes back.
  await page.evaluate(typeForAnother)
  await page.getByTestId('sign-in').click()
  await page.getByTestId('demo-chen').click()
  const ended = { drafts: false, session: ['onetrip.kiosk'] }
  await expect.poll(() => leftOn(page), SLOW).toEqual(ended)
  await page.getByTestId('sign-in').waitFor(SLOW)
  expect(complaints).toEqual([])
  await context.close()
})

test('a kiosk takes what the phone holds: one code to the phone, one back before the camera, consent on record there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-kiosk-'))
  const cameraFile = join(folder, 'kiosk.y4m')
  writeCameraFile(cameraFile, undefined)
  const terminal = await launchBrowser({ cameraFile })
  try {
    const context = await terminal.newContext({
      ...WITHOUT_WORKER,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    })
    const { page: kiosk, complaints } = await openPage(context, `${demo.wallet}/?kiosk=60`)
    await signIn(kiosk)
    await answerQuestions(kiosk)
    await kiosk.getByTestId('apply-office').selectOption(CENTRE)
    await kiosk.getByTestId('begin-case').click()
    await kiosk.getByTestId('kiosk-show').click(SLOW)
    const code = kiosk.getByTestId('kiosk-request')
    await code.waitFor(SLOW)
    await expectAccessible(kiosk, 'kiosk asks a phone')

    const { page: phone } = wallet
    await phone.goto((await code.getAttribute('data-text')) ?? '')
    await phone.getByTestId('fetch-request').click()
    await phone.getByTestId('wanted').first().waitFor(SLOW)
    await phone.getByTestId('agree').click()
    const back = phone.getByTestId('kiosk-code')
    await back.waitFor(SLOW)
    await expectAccessible(phone, 'code for a kiosk')
    // Nothing that the phone showed is anybody's yet who only had the request.
    expect(await wayOf(kiosk, 'identity')).toBe('')

    // A camera that is on may see the code at once, or go on with what lay before it.
    await kiosk.getByTestId('camera-stop').click()
    writeCameraFile(cameraFile, (await back.getAttribute('data-text')) ?? '')
    await phone.getByTestId('kiosk-code-done').click()
    await kiosk.getByTestId('camera-start').click()
    await expect.poll(() => wayOf(kiosk, 'identity'), SLOW).toBe('licence')
    expect(await kiosk.getByTestId('kiosk-request').count()).toBe(0)
    await phone.goto(`${demo.wallet}/#/history`)
    expect(await phone.getByTestId('history-list').textContent()).toContain('办理开餐馆一件事')

    await kiosk.getByTestId('kiosk-end').click()
    await expectEnded(kiosk)
    expect(complaints).toEqual([])
  } finally {
    await terminal.close()
    rmSync(folder, { recursive: true })
  }
})

test('an application is taken back (撤回), and offers nothing more', async () => {
  const { page } = wallet
  await page.goto(`${demo.wallet}/#/cases`)
  const drafts = page.getByTestId('my-cases').locator('li').filter({ hasText: '未提交' })
  await drafts.first().waitFor(SLOW)
  await lookInPassing(page, 'wallet-cases')
  await drafts.first().getByRole('link').click(SLOW)
  await expect.poll(() => stateOf(page), SLOW).toBe('draft')
  await page.getByTestId('withdraw-case').click()
  await page.getByTestId('withdraw-case-yes').click()
  await expect.poll(() => stateOf(page), SLOW).toBe('withdrawn')
  for (const gone of ['withdraw-case', 'submit-case', 'materials']) {
    expect(await page.getByTestId(gone).count()).toBe(0)
  }
})

test('an application that was not accepted (不予受理) says on what ground', async () => {
  const { page } = wallet
  await openCase(page, OWN_CASES.declined)
  const told = page.getByTestId('declined')
  expect(await told.textContent(SLOW)).toContain('经营场所在住宅楼内')
  await lookInPassing(page, 'wallet-case-declined')
})

test('a card whose next version is held says that it is replaced (已被替换)', async () => {
  const { page } = wallet
  const agency = agencyOf(demo)
  const serial = 'JY23399010007001'
  const before = await agency.issueFood({ serial })
  await receive(page, before.offer)
  await receive(page, (await agency.replace(before.id)).offer)
  await page.goto(`${demo.wallet}/#/`)
  const cards = page.getByTestId('card').filter({ hasText: serial })
  const states = (): Promise<readonly (string | null)[]> =>
    cards.evaluateAll((all) => all.map((one) => one.getAttribute('data-state')).toSorted())
  await expect.poll(states, SLOW).toEqual(['in-force', 'superseded'])
  const old = cards.and(page.locator('[data-state="superseded"]'))
  expect(await old.textContent()).toContain('已被新版替换')
})

test('no page broke its content security policy', () => {
  expect(wallet.complaints).toEqual([])
})

/** The next person's page is loaded anew, and holds nothing; before it comes, the old one asks to sign in for a moment. */
async function expectEnded(kiosk: Page): Promise<void> {
  await kiosk.waitForURL(/[?&]begun=\d+#\/cases$/, SLOW)
  await kiosk.getByTestId('sign-in').waitFor(SLOW)
  expect(await leftOn(kiosk)).toEqual({ drafts: false, session: ['onetrip.kiosk'] })
}

/** What a kiosk that ended keeps. */
function leftOn(
  page: Page,
): Promise<{ readonly drafts: boolean; readonly session: readonly string[] }> {
  return page.evaluate(async () => ({
    drafts: (await indexedDB.databases()).some(({ name }) => name === 'onetrip-cases-kiosk'),
    session: Object.keys(sessionStorage),
  }))
}

/** Runs in the page: values of a case that is nobody's here. */
async function typeForAnother(): Promise<void> {
  const opening = indexedDB.open('onetrip-cases-kiosk', 1)
  opening.onupgradeneeded = () => {
    for (const box of ['matters', 'forms']) opening.result.createObjectStore(box)
  }
  await new Promise((resolve) => {
    opening.onsuccess = resolve
  })
  const transaction = opening.result.transaction('forms', 'readwrite')
  transaction.objectStore('forms').put({ name: '别人填的' }, '00000000-0000-7000-9000-00000000000f')
  await new Promise((resolve) => {
    transaction.oncomplete = resolve
  })
  opening.result.close()
}

async function answerQuestions(page: Page): Promise<void> {
  await page.getByTestId('matter-open-restaurant').click(SLOW)
  for (const [question, answer] of Object.entries(ANSWERS)) {
    await page.getByTestId(`question-${question}`).selectOption(answer)
  }
  await page.getByTestId('plan').waitFor(SLOW)
}

async function signIn(page: Page): Promise<void> {
  await page.getByTestId('sign-in').click(SLOW)
  await page.getByTestId('demo-chen').click(SLOW)
}

/** By its address, as the session outlives no load. */
function openCase(page: Page, id: string): Promise<void> {
  return page.evaluate((to) => {
    location.hash = `#/case/${to}`
  }, id)
}

async function settle(page: Page, material: string, button: string): Promise<void> {
  await page.getByTestId(`material-${material}`).getByTestId(button).click(SLOW)
  const way = button === 'later' ? 'deferred' : 'register'
  await expect.poll(() => wayOf(page, material), SLOW).toBe(way)
}

function wayOf(page: Page, material: string): Promise<string | null> {
  return page.getByTestId(`material-${material}`).getAttribute('data-way')
}

function stateOf(page: Page): Promise<string | null> {
  return page.getByTestId('case-state').getAttribute('data-state')
}

function caseOn(page: Page): string {
  return /[0-9a-f-]{36}$/.exec(page.url())?.[0] ?? ''
}

/** Leaves the case and comes back to it: it is read anew, and whoever signed in still is. */
async function readAgain(page: Page): Promise<void> {
  const { hash } = new URL(page.url())
  await page.goto(`${demo.wallet}/#/cases`)
  await page.getByTestId('my-cases').waitFor(SLOW)
  await page.goto(`${demo.wallet}/${hash}`)
  await page.getByTestId('case-state').waitFor(SLOW)
}

/** The clerk of the service centre takes a step of a case. */
function atWindow(id: string, taken: Omit<TakenStep, 'id'>): Promise<void> {
  return stepBy(demo, { role: 'clerk', organisation: CENTRE }, { id, ...taken })
}

/**
 * 开餐馆一件事, played by its people, each in a browser of their own: taken in once, reviewed side by side, visited together, refused by one
 * department and granted by the other, decided by a second person, sealed by two, in the wallet, believed by a counter.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFaults } from './accessible.ts'
import { launchBrowser, openPage } from './browser.ts'
import {
  beginAtWindow,
  fillRestaurant,
  handIn,
  openCase,
  panelOf,
  RESTAURANT,
  settle,
  takeStep,
} from './case-people.ts'
import { goTo, OFFICES, type Officer, officer } from './console-people.ts'
import { type Demo, startDemo } from './demo.ts'
import { readVerdict, receive, scanByHand, showFirst } from './people.ts'
import { PHONE, WITHOUT_WORKER } from './without-worker.ts'

const PICTURES = process.env['ONETRIP_LOOK']
const FOOD = { part: 'food-business-licence' }
const FIRE = { part: 'fire-safety' }

let demo: Demo
let browser: Browser
let clerk: Officer
let colleague: Officer
let reviewer: Officer
let firefighter: Officer
let counter: Page
let id = ''
let offer = { link: '', txCode: '' }
const everybody: Officer[] = []

async function signedIn(role: string, office: keyof typeof OFFICES): Promise<Officer> {
  const one = await officer(browser, demo, role, OFFICES[office])
  everybody.push(one)
  return one
}

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  clerk = await signedIn('clerk', 'centre')
  colleague = await signedIn('clerk', 'centre')
  reviewer = await signedIn('reviewer', 'market')
  firefighter = await signedIn('reviewer', 'fire')
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('a restaurant, by its people', () => {
  test('the window takes it in once: what applies, one form, each material in its way', async () => {
    const { page } = clerk
    await page.getByText('现在没有待您办理的').waitFor()
    const asked = { matter: 'open-restaurant', answers: RESTAURANT, applicant: '陈样例' }
    id = await beginAtWindow(page, asked)
    await page.getByTestId('ask-licences').click()
    await page.getByTestId('ask-code').waitFor()
    await page.getByTestId('take-licences').click()
    await page.getByTestId('refusal').getByText('还没有收到出示的证照').waitFor()
    await fillRestaurant(page)
    await look(page, 'intake')
    await handIn(page)
  })

  test('two at one case: the second sees the conflict, and keeps what was typed', async () => {
    const { page } = colleague
    await openCase(page, demo, id)
    const head = panelOf(page, {})
    await head.getByTestId('step-return').click()
    await head.getByTestId('reason').fill('平面图不清楚')
    await takeStep(clerk.page, {}, { name: 'accept', to: 'accepted' })
    await head.getByTestId('step-return-go').click()
    await head.getByTestId('refusal').getByText('同事刚刚改动了这一件').waitFor()
    expect(await head.getByTestId('reason').inputValue()).toBe('平面图不清楚')
    await head.getByRole('button', { name: '取消' }).click()
    await head.and(page.locator('[data-state="accepted"]')).waitFor()
    expect(await clerk.page.getByTestId('part-business-check').getAttribute('data-state')).toBe(
      'concluded',
    )
    await look(clerk.page, 'accepted')
  })

  test('a reviewer returns it for correction, and the window corrects it', async () => {
    await goTo(reviewer.page, 'cases')
    await reviewer.page.getByTestId('cases-reload').click()
    await reviewer.page.getByTestId('cases-table').waitFor()
    await openCase(reviewer.page, demo, id)
    await takeStep(reviewer.page, FOOD, {
      name: 'return',
      to: 'returned',
      fill: (panel) => panel.getByTestId('reason').fill('请重新提交布局图'),
    })
    await openCase(clerk.page, demo, id)
    await settle(clerk.page, 'layout', 'upload')
    await settle(clerk.page, 'health-certificate', 'upload')
    await takeStep(clerk.page, FOOD, { name: 'correct', to: 'reviewing' })
  })

  test('both departments visit on one day, and each says what it found', async () => {
    const { page } = clerk
    await openCase(page, demo, id)
    await page.getByTestId('set-visit').click()
    await look(page, 'visit')
    await page.getByTestId('set-visit-go').click()
    await page.getByTestId('visits').getByText('待勘验').first().waitFor()
    await openCase(reviewer.page, demo, id)
    await reviewer.page.getByTestId('planned').getByText('、').waitFor()
    for (const [{ page: own }, { part }, passed] of [
      [reviewer, FOOD, 'yes'],
      [firefighter, FIRE, 'no'],
    ] as const) {
      await openCase(own, demo, id)
      await own.getByTestId(`findings-${part}`).click()
      await own.getByTestId('visit-passed').selectOption(passed)
      await own.getByTestId('visit-found').fill(passed === 'yes' ? '布局合理' : '安全出口不足')
      await own.getByTestId(`findings-${part}-go`).click()
      await own.getByTestId('visits').getByText('待勘验').waitFor({ state: 'detached' })
    }
  })

  test('one department refuses with its legal ground, by two people', async () => {
    await takeStep(firefighter.page, FIRE, {
      name: 'refuse',
      to: 'refusing',
      fill: async (panel) => {
        await panel.getByTestId('ground').selectOption('fire-exits')
        await panel.getByTestId('reason').fill('安全出口不足')
      },
    })
    const chief = await signedIn('approver', 'fire')
    await chief.page.getByTestId('cases-table').locator('a').first().click()
    await takeStep(chief.page, FIRE, { name: 'approve', to: 'refused' })
    expect(await panelOf(chief.page, FIRE).textContent()).toContain('中华人民共和国消防法 第十六条')
  })

  test('a reviewer whose role was taken in between does nothing more', async () => {
    const { page } = reviewer
    await openCase(page, demo, id)
    const food = panelOf(page, FOOD)
    await food.getByTestId('step-grant').click()
    await food.getByTestId('opinion').fill('符合条件')
    const administrator = await signedIn('administrator', 'market')
    const row = administrator.page.locator('[data-row="staff-reviewer-2"]')
    await row.getByTestId('take-reviewer').click()
    await row.getByTestId('take-reviewer-go').click()
    await row.getByText('还没有岗位').waitFor()
    await food.getByTestId('step-grant-go').click()
    await food.getByTestId('refusal').waitFor()
    expect(await food.getByTestId('opinion').inputValue()).toBe('符合条件')
    for (const role of ['reviewer', 'approver']) {
      await row.getByTestId('give').click()
      await row.getByTestId('give-role').selectOption(role)
      await row.getByTestId('give-go').click()
      await row.getByTestId(`take-${role}`).waitFor()
    }
    await food.getByTestId('step-grant-go').click()
    await expect.poll(() => food.getAttribute('data-state')).toBe('granted')
  })

  test('the draft is tried before it stands; nobody approves their own', async () => {
    const { page } = reviewer
    await openCase(page, demo, id)
    const food = panelOf(page, FOOD)
    await food.getByTestId('step-draft').click()
    await food.getByTestId('claim-uscc').fill('91339901MAXYN00114')
    await food.getByTestId('step-draft-go').click()
    await food.getByTestId('refusal').waitFor()
    expect(await food.getByTestId('refusal').textContent()).toContain('格式不对')
    await look(page, 'draft-refused')
    await food.getByTestId('claim-uscc').fill('91339901MAXYN00113')
    await food.getByTestId('step-draft-go').click()
    await expect.poll(() => food.getAttribute('data-state')).toBe('drafted')
    await food.getByTestId('same-person').waitFor()
    expect(await food.getByTestId('step-approve').count()).toBe(0)
  })

  test('a second person decides, two people seal, and it is issued', async () => {
    const approver = await signedIn('approver', 'market')
    await openCase(approver.page, demo, id)
    await look(approver.page, 'decision')
    await takeStep(approver.page, FOOD, { name: 'approve', to: 'approved' })
    const handler = await signedIn('clerk', 'market')
    await openCase(handler.page, demo, id)
    await takeStep(handler.page, FOOD, {
      name: 'ask-seal',
      to: 'sealing',
      fill: async (panel) => {
        await panel.getByTestId('seal').selectOption({ index: 1 })
      },
    })
    const early = panelOf(handler.page, FOOD)
    await early.getByTestId('step-seal').click()
    await early.getByTestId('step-seal-go').click()
    await early.getByTestId('refusal').getByText('须由另一人先同意').waitFor()
    const keeper = await signedIn('seal-keeper', 'market')
    await goTo(keeper.page, 'seals')
    await keeper.page.getByTestId('approve').click()
    await keeper.page.getByTestId('approve-go').click()
    await keeper.page.getByTestId('decided-uses').getByText('已同意').waitFor()
    await keeper.page.getByTestId('decided-uses').getByRole('link').first().waitFor()
    await early.getByTestId('step-seal-go').click()
    await expect.poll(() => early.getAttribute('data-state')).toBe('sealed')
    await takeStep(handler.page, FOOD, { name: 'issue', to: 'issued' })
  })

  test('the window offers it to the wallet, which keeps and shows it; a counter believes it', async () => {
    const { page } = clerk
    await openCase(page, demo, id)
    const food = panelOf(page, FOOD)
    await food.getByTestId('offer').click()
    const code = food.getByTestId('offer-code')
    await code.waitFor()
    await look(page, 'offer')
    offer = {
      link: (await code.getAttribute('data-uri')) ?? '',
      txCode: ((await food.getByTestId('tx-code').textContent()) ?? '').trim(),
    }
    const citizen = await browser.newContext(PHONE)
    const wallet = await openPage(citizen, `${demo.wallet}/`)
    await receive(wallet.page, offer)
    await wallet.page.goto(`${demo.wallet}/`)
    const shown = await showFirst(wallet.page)
    const window = await browser.newContext({
      ...WITHOUT_WORKER,
      viewport: { width: 1280, height: 800 },
    })
    counter = (await openPage(window, `${demo.counter}/`)).page
    await counter.getByTestId('ready-screen').waitFor()
    expect(await scanByHand(counter, shown)).toMatchObject({ outcome: 'valid', code: '' })
    await page.bringToFront()
    await takeStep(page, FOOD, { name: 'deliver', to: 'delivered' })
    await takeStep(page, {}, { name: 'close', to: 'closed' })
    await look(page, 'closed')
    await page.getByTestId('print-acceptance').click()
    await look(page, 'paper')
    await page.getByTestId('print-dialog').getByText('关闭').click()
  })

  test('its window saves the decision with its seal, which a counter believes, and all of it as a package for the archive', async () => {
    const { page } = clerk
    const food = page.getByTestId(`part-${FOOD.part}`)
    await food.locator('.decision summary').click()
    const files: { name: string; mimeType: string; buffer: Buffer }[] = []
    for (const press of ['save-decision', 'save-seal']) {
      const download = page.waitForEvent('download')
      await food.getByTestId(press).click()
      const file = await download
      const buffer = readFileSync(await file.path())
      files.push({ name: file.suggestedFilename(), mimeType: '', buffer })
    }
    expect(files.map(({ name }) => name)).toEqual([`${FOOD.part}.txt`, `${FOOD.part}.txt.seal`])
    await counter.goto(`${demo.counter}/#/document`)
    await counter.getByTestId('document-input').setInputFiles(files)
    expect(await readVerdict(counter)).toMatchObject({ outcome: 'valid', code: '' })
    await page.bringToFront()
    await page.getByTestId('archive-package').click()
    const download = page.waitForEvent('download')
    await page.getByTestId('archive-package-go').click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/^12339901XYN0000570-\d{8}-000001\.zip$/)
    expect(
      readFileSync(await saved.path())
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('PK\x03\x04')
    await openCase(firefighter.page, demo, id)
    expect(await firefighter.page.getByTestId('archive-package').count()).toBe(0)
  })

  test('each form that is printed carries its facts, and nothing else of the page', async () => {
    const { page } = clerk
    const [number, taken] = [/受理编号：12339901XYN0000570-\d{8}-000001/, '陈样例：']
    await expectPrint(page, 'acceptance', [number, taken, '现予受理', '食品经营许可', '健康证明'])
    await expectPrint(page, 'refusal-fire-safety', [
      '安全出口、疏散通道',
      '消防法 第十六条',
      '行政复议',
    ])
    await expectPrint(page, 'delivery-fire-safety', ['陈样例', '不予行政许可决定书', '签收'])
    await expectPrint(page, 'delivery-food-business-licence', ['准予行政许可决定书、证照'])
    const asked = { matter: 'open-restaurant', answers: RESTAURANT, applicant: '陈样例' }
    await beginAtWindow(page, asked)
    await fillRestaurant(page)
    await handIn(page)
    const fill = async (panel: Locator): Promise<void> => {
      await panel.getByTestId('reason').fill('平面图看不清')
      const ground = panel.getByTestId('ground')
      if ((await ground.count()) > 0) await ground.selectOption({ index: 1 })
    }
    await takeStep(page, {}, { name: 'return', to: 'returned', fill })
    await expectPrint(page, 'returned', [taken, '须补正的内容：平面图看不清'])
    await takeStep(page, {}, { name: 'submit', to: 'submitted' })
    await takeStep(page, {}, { name: 'decline', to: 'declined', fill })
    await expectPrint(page, 'declined', [taken, '决定不予受理', '平面图看不清', '行政诉讼'])
  })

  test('no page broke its content security policy', () => {
    for (const { complaints } of everybody) expect(complaints).toEqual([])
  })
})

/** What is printed of a form: its facts, and no button, place or other part of the page. */
async function expectPrint(
  page: Page,
  name: string,
  facts: readonly (string | RegExp)[],
): Promise<void> {
  await page.getByTestId(`print-${name}`).click()
  const form = page.getByTestId('paper-form')
  // A dialog opens after what is in it is there.
  await page.getByTestId('print-dialog').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect([name, await form.isVisible()]).toEqual([name, true])
  for (const fact of facts) expect(await form.textContent(), name).toMatch(fact)
  const others = page.locator('button, a, h1, h2, .place, .panel p').filter({ visible: true })
  const ofForm = form.locator('p').filter({ visible: true })
  expect([name, await others.count()]).toEqual([name, await ofForm.count()])
  await page.emulateMedia({ media: 'screen' })
  await page.getByTestId('print-dialog').getByText('关闭').click()
  // Else the next one would be looked for where this one still is.
  await form.waitFor({ state: 'detached' })
}

/** Nothing wrong for axe, no wider than a phone; and pictures in every mode where they are wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect([name, await axeFaults(page, 'all')]).toEqual([name, []])
  const picture = async (how: string): Promise<void> => {
    if (PICTURES === undefined) return
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `case-${name}-${how}.png`), fullPage: true })
  }
  await picture('1280')
  await page.setViewportSize({ width: 390, height: 844 })
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect([name, 'wider than a phone', isWide]).toEqual([name, 'wider than a phone', false])
  await picture('390')
  await page.setViewportSize({ width: 1280, height: 800 })
  if (PICTURES === undefined) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => document.documentElement.setAttribute('data-scale', '150'))
  await picture('dark-150')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => document.documentElement.setAttribute('data-scale', '100'))
}

/** The console: members of staff see the places of their roles, decide what waits, and lose nothing that they typed. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleAgencies } from '@onetrip/fixtures'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFaults } from './accessible.ts'
import { foodTable } from './batch-tables.ts'
import { launchBrowser } from './browser.ts'
import { ageSignIns, goTo, type Officer, officer, signIn } from './console-people.ts'
import { type Demo, startDemo } from './demo.ts'
import { keepCases } from './kept-cases.ts'
import { NOTICE } from './notice-file.ts'

const PICTURES = process.env['ONETRIP_LOOK']
const PURPOSE = '在《食品安全告知书》上加盖印章'
const OTHER = Buffer.concat([NOTICE.buffer, Buffer.from('\n')])

let demo: Demo
let browser: Browser
let clerk: Officer
let keeper: Officer
let approver: Officer
let auditor: Officer
let administrator: Officer

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  clerk = await officer(browser, demo, 'clerk')
  keeper = await officer(browser, demo, 'seal-keeper')
  approver = await officer(browser, demo, 'approver')
  auditor = await officer(browser, demo, 'auditor')
  administrator = await officer(browser, demo, 'administrator')
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('the console', () => {
  test('each role sees its places, and no others', async () => {
    expect(await placesOf(clerk.page)).toEqual(['办件', '证照', '批量', '印章', '评价举报', '看板'])
    expect(await placesOf(keeper.page)).toEqual(['办件', '印章', '评价举报', '看板'])
    expect(await placesOf(auditor.page)).toEqual([
      '办件',
      '证照',
      '评价举报',
      '看板',
      '人员',
      '存证',
      '密钥',
    ])
    expect(await placesOf(administrator.page)).toEqual(['人员', '密钥'])
    await clerk.page.goto(`${demo.api}/console/#/staff`)
    await clerk.page.getByText('这里没有可看的').first().waitFor()
  })

  test('an approver suspends a licence, and a clerk finds it by its state', async () => {
    const { page } = approver
    await goTo(page, 'register')
    await page.getByTestId('register-table').locator('a').first().click()
    await page.getByTestId('suspend').click()
    await page.getByTestId('reason').fill('群众举报，待查')
    await look(page, 'suspend')
    await page.getByTestId('suspend-go').click()
    await page.getByTestId('reinstate').waitFor()
    expect(await page.getByTestId('change').textContent()).toContain('群众举报，待查')
    await goTo(clerk.page, 'register')
    await clerk.page.getByTestId('register-status').selectOption('suspended')
    const rows = clerk.page.getByTestId('register-table').locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(1)
    await rows.locator('a').click()
    await clerk.page.getByText('变更状态由“决定”岗位办理。').waitFor()
    expect(await clerk.page.getByTestId('reinstate').count()).toBe(0)
  })

  test('what was typed outlives a new authentication', async () => {
    ageSignIns(demo)
    const { page } = approver
    await page.getByTestId('reinstate').click()
    await page.getByTestId('reason').fill('已查清')
    await page.getByTestId('reinstate-go').click()
    await page.getByTestId('anew-go').waitFor()
    await look(page, 'anew')
    await page.getByTestId('anew-go').click()
    await page.getByTestId('staff-approver-2').click()
    await page.getByTestId('licence-screen').waitFor()
    await page.getByTestId('reinstate').click()
    expect(await page.getByTestId('reason').inputValue()).toBe('已查清')
    await page.getByTestId('reinstate-go').click()
    await page.getByTestId('order-lines').waitFor()
    await page.getByText('申请人本人不能同意').waitFor()
    expect(await page.getByTestId('approve').count()).toBe(0)
    await look(page, 'order-own')
  })

  test('a clerk places a seal on a page, a keeper approves, and the file is sealed', async () => {
    await askForSeal(clerk.page)
    await clerk.page.getByTestId('waiting-use').waitFor()
    expect(await clerk.page.getByTestId('approve').count()).toBe(0)
    const { page } = keeper
    await goTo(page, 'seals')
    await page.getByTestId('waiting-use').getByText(PURPOSE).waitFor()
    await page.getByTestId('approve').click()
    await page.getByTestId('approve-go').click()
    await page.getByTestId('anew-go').click()
    await page.getByTestId('staff-seal-keeper-2').click()
    await page.getByTestId('approve').click()
    await page.getByTestId('approve-go').click()
    const decided = page.getByTestId('decided-uses')
    await decided.getByText('已同意').waitFor()
    expect(await page.getByTestId('waiting-use').count()).toBe(0)
    await clerk.page.reload()
    await clerk.page.getByTestId('seal-file').setInputFiles({ ...NOTICE, buffer: OTHER })
    await clerk.page.getByTestId('refusal').getByText('不是申请时的那个文件').waitFor()
    const download = clerk.page.waitForEvent('download')
    await clerk.page.getByTestId('seal-file').setInputFiles(NOTICE)
    await clerk.page.getByTestId('anew-go').click()
    await clerk.page.getByTestId('staff-clerk-2').click()
    await clerk.page.getByTestId('seal-file').setInputFiles(NOTICE)
    const sealed = readFileSync(await (await download).path())
    expect(sealed.subarray(0, NOTICE.buffer.length)).toEqual(NOTICE.buffer)
    expect(sealed.length).toBeGreaterThan(NOTICE.buffer.length)
    await look(clerk.page, 'seals-decided')
  })

  test('a clerk tries a table, asks for its licences, and an approver lets them be issued', async () => {
    const { page } = clerk
    await goTo(page, 'batches')
    await page.getByTestId('new-batch').click()
    await page.getByTestId('batch-type').selectOption({ label: '食品经营许可证' })
    const choose = async (holders: readonly string[]): Promise<void> => {
      const file = { name: '一季度.csv', mimeType: 'text/csv', buffer: foodTable(holders) }
      await page.getByTestId('batch-file').setInputFiles(file)
      await page.getByTestId('trial').waitFor()
    }
    await choose(['样例面馆', ''])
    const faults = page.getByTestId('faults-table').locator('tbody tr')
    expect(await faults.allTextContents()).toEqual(['3缺少必填的内容。经营者名称'])
    const download = page.waitForEvent('download')
    await page.getByTestId('save-faults').click()
    expect((await download).suggestedFilename()).toBe('有误的行.csv')
    await choose(['样例面馆', '样例粥铺'])
    await page.getByTestId('request-batch').click()
    await page.getByTestId('batch-rows').waitFor()
    expect(await page.getByTestId('approve').count()).toBe(0)
    await approver.page.goto(page.url())
    await approver.page.getByTestId('batch-rows').waitFor()
    await approver.page.getByTestId('approve').click()
    await approver.page.getByTestId('approve-go').click()
    await approver.page.getByTestId('batch-counts').getByText('已颁发 2').waitFor()
    await approver.page.getByTestId('batch-next').getByText('已经结束').waitFor()
  })

  test('an approver answers a bad rating and a report, and a clerk sees the board', async () => {
    keepCases(demo, { subject: 'staff-clerk-2', count: 10 })
    await report(demo.api)
    const { page } = approver
    await goTo(page, 'feedback')
    await expect.poll(() => page.getByTestId('rating-task').count()).toBe(2)
    for (const task of ['rating-task', 'report-task']) {
      const open = page.getByTestId(task).first()
      await open.getByTestId('answer').click()
      await open.getByTestId('answer-text').fill('已查明并改正')
      await open.getByTestId('answer-go').click()
      await page.getByTestId('answer-text').waitFor({ state: 'detached' })
    }
    await page.getByTestId('reports-table').getByText('已查明并改正').waitFor()
    await page.getByTestId('ratings-table').getByText('已查明并改正').waitFor()
    expect(await page.getByTestId('rating-task').count()).toBe(1)
    await goTo(clerk.page, 'board')
    await look(clerk.page, 'board')
    const trips = clerk.page.getByTestId('chart-trips')
    expect(await trips.locator('tbody tr').allTextContents()).toEqual([
      '一次没跑225%',
      '跑了一次450%',
      '跑了两次及以上225%',
    ])
    expect(await trips.locator('desc').textContent()).toBe(
      '一次没跑 2, 跑了一次 4, 跑了两次及以上 2',
    )
  })

  test('an administrator registers somebody; a refusal keeps what was typed', async () => {
    const { page } = administrator
    await page.getByTestId('staff-table').waitFor()
    await page.getByTestId('register').click()
    await page.getByTestId('register-name').fill('郑新来')
    await page.getByTestId('register-subject').fill('staff-clerk-2')
    await page.getByTestId('register-go').click()
    await page.getByTestId('anew-go').click()
    await page.getByTestId('staff-administrator-2').click()
    await page.getByTestId('register').click()
    await page.getByTestId('register-go').click()
    await page.getByTestId('refusal').getByText('已经登记').waitFor()
    expect(await page.getByTestId('register-name').inputValue()).toBe('郑新来')
    await look(page, 'register-refused')
    await page.getByTestId('register-subject').fill('zheng.xinlai')
    await page.getByTestId('register-go').click()
    const row = page.locator('[data-row="zheng.xinlai"]')
    await row.getByTestId('give').click()
    await row.getByTestId('give-role').selectOption('reviewer')
    await row.getByTestId('give-go').click()
    await row.getByTestId('take-reviewer').click()
    await row.getByTestId('take-reviewer-go').click()
    await row.getByText('还没有岗位').waitFor()
  })

  test('a second approver finds what waits for them, approves it, and asks for many by number', async () => {
    const give = administrator.page.locator('[data-row="staff-seal-keeper-2"]')
    await give.getByTestId('give').click()
    await give.getByTestId('give-role').selectOption('approver')
    await give.getByTestId('give-go').click()
    await give.getByTestId('take-approver').waitFor()
    const { page } = keeper
    await page.goto(`${demo.api}/console/#/cases`)
    await page.reload()
    await page.getByTestId('waiting-orders').waitFor()
    await page.getByTestId('go-orders').click()
    await page.getByTestId('orders-table').getByText('待同意').waitFor()
    await page.getByTestId('orders-table').locator('a').click()
    await page.getByTestId('order-lines').getByText('已暂停').waitFor()
    await page.getByTestId('approve').click()
    await page.getByTestId('approve-go').click()
    await page.getByTestId('order-next').getByText('已经办结').waitFor()
    await goTo(page, 'register')
    const serials = await page
      .getByTestId('register-table')
      .locator('[data-name="证照编号"]')
      .allTextContents()
    expect(await page.getByTestId('register-table').getByText('已暂停').count()).toBe(0)
    await goTo(page, 'orders')
    await page.getByTestId('new-order').click()
    await page.getByTestId('reason').fill('专项检查')
    await page.getByTestId('order-serials').fill(`${serials.slice(0, 2).join('\n')}\n没有的`)
    await page.getByTestId('find-serials').click()
    await page.getByTestId('missing-serials').getByText('没有的').waitFor()
    const rows = page.getByTestId('chosen-table').locator('tbody tr')
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(2)
    await page.getByTestId('ask-order').click()
    await page.getByTestId('ask-order-go').click()
    await page.getByTestId('order-lines').waitFor()
    await page.getByTestId('withdraw').click()
    await page.getByTestId('withdraw-go').click()
    await page.getByTestId('order-next').getByText('已经办结').waitFor()
  })

  test('an auditor reads all of it in the log, and finds one kind of act', async () => {
    const { page } = auditor
    await goTo(page, 'log')
    await page.getByTestId('log-table').getByText('收回岗位').first().waitFor()
    await page.getByTestId('log-kind').selectOption('licence/status')
    const rows = page.getByTestId('log-table').locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(2)
    expect(await rows.first().textContent()).toContain('证照状态变更')
  })

  test('an auditor gives out the register of one type', async () => {
    const { page } = auditor
    await goTo(page, 'register')
    await page.getByTestId('register-type').selectOption({ label: '食品经营许可证' })
    await page.getByTestId('export').click()
    const download = page.waitForEvent('download')
    await page.getByTestId('export-go').click()
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text.split('\r\n')[0]).toContain('"identifier","serial"')
    expect(text).toContain('样例面馆')
  })

  test('signing out ends a session elsewhere, and everywhere', async () => {
    const other = await officer(browser, demo, 'auditor')
    await goTo(auditor.page, 'account')
    await auditor.page.getByTestId('end-session').first().click()
    await auditor.page.getByTestId('end-session-go').first().click()
    await expect.poll(() => auditor.page.getByTestId('end-session').count()).toBe(0)
    await other.page.reload()
    await other.page.getByTestId('sign-in-screen').waitFor()
    await signIn(other.page, 'auditor')
    await auditor.page.getByTestId('everywhere').click()
    await auditor.page.getByTestId('everywhere-go').click()
    await auditor.page.getByTestId('sign-in-screen').waitFor()
    await other.page.reload()
    await other.page.getByTestId('sign-in-screen').waitFor()
    await auditor.page.reload()
    await auditor.page.getByTestId('sign-in-screen').waitFor()
  })

  test('no page broke its content security policy', () => {
    for (const { complaints } of [clerk, keeper, approver, auditor, administrator]) {
      expect(complaints).toEqual([])
    }
  })
})

function placesOf(page: Page): Promise<readonly string[]> {
  return page.locator('.places .place').allTextContents()
}

/** Drags the seal's frame over the page, moves it by keys, and writes one number. */
async function askForSeal(page: Page): Promise<void> {
  await goTo(page, 'seals')
  await page.getByTestId('new-use').click()
  await page.getByTestId('use-purpose').fill(PURPOSE)
  await page.getByTestId('use-file').setInputFiles(NOTICE)
  const frame = page.getByTestId('seal-frame')
  await frame.scrollIntoViewIfNeeded()
  const box = await frame.boundingBox()
  if (box === null) throw new TypeError('no frame')
  const before = await frame.getAttribute('aria-label')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x, box.y, { steps: 3 })
  await page.mouse.up()
  expect(await frame.getAttribute('aria-label')).not.toBe(before)
  await page.getByTestId('place-y').fill('60')
  await frame.focus()
  await page.keyboard.press('Shift+ArrowUp')
  await page.keyboard.press('ArrowDown')
  expect(await frame.getAttribute('aria-label')).toMatch(/距下边 69 毫米/)
  await page.getByTestId('use-ask').click()
}

/** As a counter does: a licence in the name of the market regulator that was not believed. */
async function report(api: string): Promise<void> {
  const body = {
    code: 'signature/invalid',
    place: 'counter',
    agency: sampleAgencies[1]?.id,
    judgedAt: 1_790_000_000,
    words: '打印件扫不出来',
  }
  const { status } = await fetch(`${api}/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(status).toBe(201)
}

/** Of what the table of screens does not have: nothing wrong for axe, no wider than a phone; and pictures where they are wanted. */
async function look(page: Page, name: string): Promise<void> {
  expect([name, await axeFaults(page, 'all')]).toEqual([name, []])
  const picture = async (how: string): Promise<void> => {
    if (PICTURES === undefined) return
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `console-${name}-${how}.png`) })
  }
  await picture('1280')
  await page.setViewportSize({ width: 390, height: 844 })
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect([name, 'wider than a phone', isWide]).toEqual([name, 'wider than a phone', false])
  await picture('390')
  await page.setViewportSize({ width: 1280, height: 800 })
}

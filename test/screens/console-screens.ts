/** Every page of the console, each as a member of staff who has it. */
import type { Page } from 'playwright-core'
import { foodTable } from '../e2e/batch-tables.ts'
import { beginAtWindow, RESTAURANT } from '../e2e/case-people.ts'
import type { OFFICES } from '../e2e/console-people.ts'
import { NOTICE } from '../e2e/notice-file.ts'
import type { PicturedScreen } from './screen.ts'

/** One page or state of the console. */
export interface ConsoleScreen extends PicturedScreen {
  readonly face: 'console'
  /** Role of the member whose page it is; nobody's, before a sign-in. */
  readonly role: string | undefined
  /** Whose member; the market regulator's unless said. */
  readonly office?: keyof typeof OFFICES
  /** Fragment of the address. */
  readonly address: string
  /** What is done there, until the state is reached. */
  readonly reach?: (page: Page) => Promise<void>
}

/** The table; pictures and tests walk it, so that none is left out. */
export const CONSOLE_SCREENS: readonly ConsoleScreen[] = [
  at('sign-in', undefined, ''),
  { ...at('cases', 'clerk', '#/cases'), office: 'centre' },
  screen('cases-all', 'reviewer', '#/cases', async (page) => {
    await page.getByTestId('cases-state').selectOption('')
    await page.getByTestId('cases-table').locator('a').first().waitFor()
  }),
  {
    ...screen('case-new', 'clerk', '#/cases/new', async (page) => {
      await page.getByTestId('matter').selectOption('open-restaurant')
      for (const [question, answer] of Object.entries(RESTAURANT)) {
        await page.getByTestId(`question-${question}`).selectOption(answer)
      }
      await page.getByTestId('plan').waitFor()
    }),
    office: 'centre',
  },
  {
    ...screen('case-intake', 'clerk', '#/cases', async (page) => {
      await beginAtWindow(page, {
        matter: 'open-restaurant',
        answers: RESTAURANT,
        applicant: '阿卜杜热依木·买买提艾力',
      })
      await page.getByTestId('intake-form').waitFor()
    }),
    office: 'centre',
  },
  screen('case', 'reviewer', '#/cases', async (page) => {
    await page.getByTestId('cases-table').locator('a').first().click()
    await page.getByTestId('step-return').first().waitFor()
  }),
  at('register', 'approver', '#/register'),
  screen('licence', 'approver', '#/register', async (page) => {
    await page.getByTestId('register-table').locator('a').last().click()
    await page.getByTestId('licence-screen').locator('h1').waitFor()
  }),
  screen('licence-end', 'approver', '#/register', async (page) => {
    await page.getByTestId('register-table').locator('a').last().click()
    await page.getByTestId('revoke').click()
  }),
  at('orders', 'approver', '#/orders'),
  at('order-lost', 'approver', '#/orders/lost'),
  screen('order-new', 'approver', '#/orders/new', async (page) => {
    await page.getByTestId('order-kind').selectOption('revoke')
    await page.getByTestId('from-register').click()
    await page.getByTestId('take').first().check()
    await page.getByTestId('chosen-table').waitFor()
  }),
  screen('order', 'approver', '#/orders', async (page) => {
    await askForOrder(page)
    await page.getByTestId('orders-table').locator('a').first().click()
    await page.getByTestId('order-lines').waitFor()
  }),
  at('batches', 'approver', '#/batches'),
  screen('batch', 'approver', '#/batches', async (page) => {
    await page.getByTestId('batches-table').locator('a').first().click()
    await page.getByTestId('batch-rows').waitFor()
  }),
  at('batch-new', 'clerk', '#/batches/new'),
  screen('batch-faults', 'clerk', '#/batches/new', async (page) => {
    const faulty = foodTable(['样例面馆', '', ''])
    await chooseTable(page, faulty)
    await page.getByTestId('faults-table').waitFor()
  }),
  screen('batch-good', 'clerk', '#/batches/new', async (page) => {
    const good = foodTable(['样例面馆', '样例粥铺'])
    await chooseTable(page, good)
    await page.getByTestId('request-batch').waitFor()
  }),
  at('seals', 'seal-keeper', '#/seals'),
  screen('seal-new', 'clerk', '#/seals/new', async (page) => {
    await page.getByTestId('use-file').setInputFiles(NOTICE)
    await page.getByTestId('seal-frame').waitFor()
  }),
  at('feedback', 'approver', '#/feedback'),
  screen('feedback-answer', 'approver', '#/feedback', async (page) => {
    await page.getByTestId('answer').first().click()
  }),
  at('board', 'clerk', '#/board'),
  at('staff', 'administrator', '#/staff'),
  at('log', 'auditor', '#/log'),
  screen('trust', 'administrator', '#/trust', async (page) => {
    await page.getByTestId('publish').click()
    await page.getByTestId('publish-go').click()
    await page.getByTestId('published').waitFor()
    await page.getByTestId('announce-issue-cbor').waitFor()
  }),
  at('account', 'auditor', '#/account'),
  at('nothing', 'clerk', '#/staff'),
]

const TABLE = { name: '一季度.csv', mimeType: 'text/csv' } as const

async function chooseTable(page: Page, buffer: Buffer): Promise<void> {
  const types = page.getByTestId('batch-type')
  const food = await types.locator('option', { hasText: /食品|food/i }).getAttribute('value')
  await types.selectOption(food)
  await page.getByTestId('batch-file').setInputFiles({ ...TABLE, buffer })
}

/** Asks for two licences to be suspended, the same order each time, and shows the list with it. */
async function askForOrder(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const post = (path: string, body: object): Promise<Response> =>
      fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'screens-order' },
        body: JSON.stringify(body),
      })
    const found = await (await post('/api/licences/search', { status: 'valid' })).json()
    const licences = found.licences.slice(-2).map(({ id }: { id: string }) => id)
    await post('/api/orders', { kind: 'suspend', licences, reason: '专项检查发现场地不符，待查' })
  })
  await page.reload()
}

function at(name: string, role: string | undefined, address: string): ConsoleScreen {
  return { face: 'console', name, role, address }
}

function screen(
  name: string,
  role: string,
  address: string,
  reach: (page: Page) => Promise<void>,
): ConsoleScreen {
  return { face: 'console', name, role, address, reach }
}

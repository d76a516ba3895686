/** What staff do with a case in the console, by the names that its screens give. */
import { handwrittenPdf } from '@onetrip/fixtures'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Demo } from './demo.ts'

/** A file that is laid in. */
export const DRAWING: {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
} = {
  name: 'drawing.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(handwrittenPdf(['BT /F 20 Tf 100 700 Td (layout) Tj ET'])),
}

/** A case, and the part of it that is meant; without one, the case itself. */
export interface CasePlace {
  readonly id: string
  readonly part?: string
}

/** Opens a case as it stands by now. */
export async function openCase(page: Page, demo: Demo, id: string): Promise<void> {
  await page.goto(`${demo.api}/console/?at=${Date.now()}#/cases/${id}`)
  await page.getByTestId('case-head').waitFor()
}

/** The panel of a part, or of the case itself. */
export function panelOf(page: Page, { part }: Pick<CasePlace, 'part'>): Locator {
  return page.getByTestId(part === undefined ? 'case-head' : `part-${part}`)
}

/** Takes a step on an opened page, with what it asks for, and waits for the state that it leads to. */
export async function takeStep(
  page: Page,
  place: Pick<CasePlace, 'part'>,
  step: {
    readonly name: string
    readonly to: string
    readonly fill?: (panel: Locator) => Promise<void>
  },
): Promise<void> {
  const panel = panelOf(page, place)
  await panel.getByTestId(`step-${step.name}`).click()
  await step.fill?.(panel)
  await panel.getByTestId(`step-${step.name}-go`).click()
  await panel.and(page.locator(`[data-state="${step.to}"]`)).waitFor()
}

/** What the one who opens a restaurant of the demo answers. */
export const RESTAURANT = {
  sign: 'no',
  area: 'large',
  'fire-way': 'ordinary',
  tobacco: 'no',
  agent: 'no',
} as const

/** Begins a case at the window by its answers, and answers its id. */
export async function beginAtWindow(
  page: Page,
  of: {
    readonly matter: string
    readonly answers: Readonly<Record<string, string>>
    readonly applicant: string
  },
): Promise<string> {
  await page.getByTestId('place-cases').click()
  await page.getByTestId('new-case').click()
  await page.getByTestId('matter').selectOption(of.matter)
  for (const [question, answer] of Object.entries(of.answers)) {
    await page.getByTestId(`question-${question}`).selectOption(answer)
  }
  await page.getByTestId('applicant').fill(of.applicant)
  await page.getByTestId('begin').click()
  await page.getByTestId('case-head').waitFor()
  return new URL(page.url()).hash.split('/').at(-1) ?? ''
}

/** Settles a material in one of its ways. */
export async function settle(
  page: Page,
  material: string,
  way: 'register' | 'promise' | 'later' | 'upload',
): Promise<void> {
  const row = page.getByTestId(`material-${material}`)
  const head = page.getByTestId('case-head')
  const before = await head.getAttribute('data-version')
  if (way === 'upload') {
    await row.getByTestId(`upload-${material}`).setInputFiles(DRAWING)
  } else {
    await row.getByTestId(`${way}-${material}`).click()
    if (way === 'register') await row.getByTestId('registered').selectOption({ index: 1 })
    await row.getByTestId(`${way}-${material}-go`).click()
  }
  const said = { register: '登记簿核对', promise: '告知承诺', later: '容缺', upload: '上传' }[way]
  const refusal = row.getByTestId('refusal')
  await row.locator('.state').getByText(said).or(refusal).first().waitFor()
  if (await refusal.isVisible()) throw new Error(`${material}: ${await refusal.textContent()}`)
  // The next change goes by the version that this one led to.
  await page.waitForFunction(
    (version) =>
      document.querySelector('[data-testid="case-head"]')?.getAttribute('data-version') !== version,
    before,
  )
}

/** Lays in what a restaurant of the demo needs, each material in its way, and fills in its form; nothing is saved of the form. */
export async function fillRestaurant(page: Page): Promise<void> {
  for (const material of ['business-licence', 'identity']) await settle(page, material, 'register')
  await settle(page, 'food-safety-rules', 'promise')
  await settle(page, 'health-certificate', 'later')
  for (const material of ['premises', 'layout', 'food-safety-manager']) {
    await settle(page, material, 'upload')
  }
  // Each is chosen while the one before is on its way.
  const plans = ['fire-safety-rules', 'floor-plan']
  for (const material of plans) {
    await page.getByTestId(`upload-${material}`).setInputFiles(DRAWING)
  }
  for (const material of plans) {
    const row = page.getByTestId(`material-${material}`)
    await row.locator('.state').getByText('上传').waitFor()
  }
  expect(await page.getByTestId('field-name').inputValue()).toBe('虚构市云栖样例餐饮有限公司')
  await page.getByTestId('field-businessForm').selectOption('2')
  await page.getByTestId('field-items').fill('热食类制售')
  await page.getByTestId('field-phone').fill('0571-00000000')
}

/** Saves the form and hands the case in. */
export async function handIn(page: Page): Promise<void> {
  await page.getByTestId('form-save').click()
  await page.locator('[data-testid="form-save"]:disabled').waitFor()
  await takeStep(page, {}, { name: 'submit', to: 'submitted' })
}

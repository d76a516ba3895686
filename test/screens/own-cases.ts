/** Cases of the demo's applicant, laid straight into its database, and the way to them in the wallet or at a kiosk. */
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { RESTAURANT } from '../e2e/case-people.ts'
import type { Demo } from '../e2e/demo.ts'
import type { Scene } from './screen.ts'

const APPLICANT = '陈样例'
const CENTRE = '12339901XYN0000570'
const MARKET = '11339901XYN000014M'
const FIRE = '11339901XYN000030B'
const [FOOD, FIRE_SAFETY] = ['food-business-licence', 'fire-safety']
const DAY_SECONDS = 86_400
const KIOSK_SECONDS = 600
const FORM = {
  name: '虚构市云栖区阿卜杜热依木·买买提艾力样例餐饮管理有限公司',
  uscc: '91339901MAXYN00113',
  legalRepresentative: '阿卜杜热依木·买买提艾力',
  businessForm: '2',
  items: '热食类制售',
  phone: '0571-00000000',
} as const

/** The cases by what is to be seen of them. */
export const OWN_CASES = {
  review: '00000000-0000-7000-9000-000000000001',
  returned: '00000000-0000-7000-9000-000000000002',
  declined: '00000000-0000-7000-9000-000000000003',
  correct: '00000000-0000-7000-9000-000000000004',
} as const

/**
 * Lays in one under review, one that is returned, one that was not accepted, and one of which a part is refused and another returned;
 * once is enough.
 */
export function keepOwnCases({ dataDir }: Pick<Demo, 'dataDir'>): void {
  const database = new DatabaseSync(join(dataDir, 'onetrip.sqlite'), { timeout: 30_000 })
  const at = Math.floor(Date.now() / 1000) - 6 * DAY_SECONDS
  const lay = (table: string, row: Readonly<Record<string, SQLInputValue>>): void => {
    const names = Object.keys(row)
    database
      .prepare(
        `insert or ignore into ${table} (${names.join()}) values (${names.map(() => '?').join()})`,
      )
      .run(...Object.values(row))
  }
  const layCase = (id: string, row: Readonly<Record<string, SQLInputValue>>): void => {
    lay('case_file', {
      ...{ id, matter: 'open-restaurant', guide_version: 4, office_id: CENTRE, version: 9 },
      ...{ channel: 'home', applicant: APPLICANT, trips: 0, created_at: at, submitted_at: at },
      ...{ answers: JSON.stringify(RESTAURANT), form: JSON.stringify(FORM) },
      ...row,
    })
    for (const [code, way] of [
      ['business-licence', 'register'],
      ['identity', 'licence'],
      ['layout', 'upload'],
      ['food-safety-rules', 'promise'],
    ] as const) {
      lay('case_material', { case_id: id, code, way, evidence: '{}', at })
    }
  }
  const layPart = (id: string, code: string, row: Readonly<Record<string, SQLInputValue>>): void =>
    lay('case_part', {
      ...{ case_id: id, code, version: 3, promised_days: 5, warn_days: 1 },
      ...{ began_at: at, stopped_days: 0 },
      ...row,
    })
  /** By a member of the office, or from home where there is none. */
  const layStep = (
    id: string,
    sequence: number,
    row: Readonly<Record<string, SQLInputValue>>,
    office?: string,
  ): void => {
    const member = 'select actor_id as id from staff where agency_id = ? order by id limit 1'
    const actor = office === undefined ? undefined : database.prepare(member).get(office)
    lay('case_transition', {
      ...{ case_id: id, sequence, part: '', at: at + sequence * 3600 },
      ...{ doer: actor === undefined ? 'citizen' : 'staff', actor_id: actor?.['id'] ?? null },
      ...row,
    })
  }
  try {
    const [submit, accept, begin] = [
      { action: 'submit', from_state: 'draft', to_state: 'submitted' },
      { action: 'accept', from_state: 'submitted', to_state: 'accepted' },
      { action: 'begin', from_state: 'pending', to_state: 'reviewing', doer: 'server' },
    ]
    for (const [nth, id] of [OWN_CASES.review, OWN_CASES.correct].entries()) {
      layCase(id, { state: 'accepted', number: `SL-20261121-00090${nth}`, accepted_at: at })
      layPart(id, 'business-check', { office_id: MARKET, state: 'concluded', ended_at: at + 60 })
      layStep(id, 0, submit)
      layStep(id, 1, accept, CENTRE)
      layStep(id, 2, { ...begin, part: FOOD })
      layStep(id, 3, { ...begin, part: FIRE_SAFETY })
    }
    layPart(OWN_CASES.review, FOOD, { office_id: MARKET, state: 'reviewing' })
    layPart(OWN_CASES.review, FIRE_SAFETY, { office_id: FIRE, state: 'reviewing' })
    layPart(OWN_CASES.correct, FOOD, { office_id: MARKET, state: 'returned' })
    layPart(OWN_CASES.correct, FIRE_SAFETY, {
      ...{ office_id: FIRE, state: 'refused', ground: 'fire-exits', ended_at: at + DAY_SECONDS },
      opinion: '二楼只有一个安全出口，疏散距离超过三十米。',
    })
    const giveBack = {
      ...{ part: FOOD, action: 'return', from_state: 'reviewing', to_state: 'returned' },
      reason: '经营项目与布局图不符',
    }
    layStep(OWN_CASES.correct, 4, giveBack, MARKET)
    layCase(OWN_CASES.returned, { state: 'returned' })
    layStep(OWN_CASES.returned, 0, submit)
    const returned = {
      ...{ action: 'return', from_state: 'submitted', to_state: 'returned' },
      reason: '布局图缺排水，经营项目请写全',
    }
    layStep(OWN_CASES.returned, 1, returned, CENTRE)
    layCase(OWN_CASES.declined, { state: 'declined', closed_at: at + DAY_SECONDS })
    layStep(OWN_CASES.declined, 0, submit)
    const declined = {
      ...{ action: 'decline', from_state: 'submitted', to_state: 'declined' },
      ...{ reason: '经营场所在住宅楼内，不符合食品经营条件。', ground: 'conditions-unmet' },
    }
    layStep(OWN_CASES.declined, 1, declined, CENTRE)
  } finally {
    database.close()
  }
}

/** Begins a kiosk in the cast's window, which it stays. */
export async function beginKiosk({ page, stage }: Scene): Promise<void> {
  keepOwnCases(stage.demo)
  await page.goto(`${stage.demo.wallet}/?kiosk=${KIOSK_SECONDS}`)
  await page.getByTestId('cases-screen').waitFor()
}

/** Leads to an address of one's own cases, signed in; the session outlives a walk, not a load. */
export async function goSignedIn(scene: Scene, address: string): Promise<void> {
  const { page, go, language } = scene
  await go(address)
  const asks = page.getByTestId('sign-in')
  await asks.or(page.getByTestId('my-cases')).or(page.getByTestId('case-state')).first().waitFor()
  if ((await asks.count()) === 0) return
  await asks.click()
  await page.getByTestId('demo-chen').click()
  await page.getByTestId('cases-screen').or(page.getByTestId('case-screen')).first().waitFor()
  // The address it comes back to names no language: that is chosen, and named for the next walk.
  const shown = await page.locator('html').getAttribute('lang')
  if (shown !== language) await page.getByTestId('language-switch').click()
  await page.evaluate((to) => {
    history.replaceState(history.state, '', `/?lang=${to}${location.hash}`)
  }, language)
}

/** The people whose browsers the screens are seen in, and how each browser is made ready. */
import { sampleOffices } from '@onetrip/fixtures'
import type { Page } from 'playwright-core'
import { makeBackup, restore } from '../e2e/backups.ts'
import { type DeskOffer, receive } from '../e2e/people.ts'
import { forget, rows } from '../e2e/stored-rows.ts'
import { seedScans } from './many-scans.ts'
import { beginKiosk, keepOwnCases } from './own-cases.ts'
import { storageThatFails, storageThatHangs, versionThatWaits } from './page-scripts.ts'
import type { Face, Scene } from './screen.ts'
import type { BrowserKind } from './stage.ts'

/** A browser of its own: storage, permissions, clock. */
export interface Cast {
  readonly face: Face
  /** Whose browser it is instead, in a window of its own: who does nothing to what is stored there. */
  readonly beside?: CastName
  readonly browser?: BrowserKind
  /** Whether the camera is allowed. */
  readonly allowed?: boolean
  /** True lets the service worker in, which fetches the whole face before it is of use. */
  readonly workers?: true
  /** True where the face goes from screen to screen by its address, as a person would; else each screen loads it afresh. */
  readonly walks?: true
  /** True makes a fresh browser for each time a screen is opened. */
  readonly once?: boolean
  /** Device pixels per CSS px, for the README's pictures; 1 unless said. */
  readonly density?: number
  /** What is done once, before its first screen. */
  readonly ready?: (scene: Scene) => Promise<unknown>
}

/** Passcode of the locked wallet. */
export const PASSCODE = '开门 2468'
/** Exit code of the kiosk. */
export const KIOSK_CODE = '2580'

const OFFICE = sampleOffices[0]?.id ?? ''
const DAY_SECONDS = 86_400
const MINUTE_SECONDS = 60

/** Whose browser it is. */
export type CastName =
  | 'nobody'
  | 'starting'
  | 'refused'
  | 'closed'
  | 'updating'
  | 'keeper'
  | 'holder'
  | 'shower'
  | 'guarded'
  | 'later'
  | 'reminded'
  | 'untrusting'
  | 'receiver'
  | 'lost'
  | 'missing'
  | 'unreadable'
  | 'damaged'
  | 'newer'
  | 'restored'
  | 'resident'
  | 'terminal'
  | 'clerk'
  | 'unreached'
  | 'newcomer'
  | 'busy'
  | 'tardy'
  | 'stale'
  | 'steady'
  | 'kiosk'
  | 'applicant'
  | 'enrolled'
  | 'ousted'
  | 'filmed'
  | 'distant'

/** Every cast by its name. */
export const CASTS: Readonly<Record<CastName, Cast>> = {
  nobody: { face: 'wallet', walks: true },
  starting: {
    face: 'wallet',
    beside: 'nobody',
    ready: ({ page }) => page.addInitScript(storageThatHangs),
  },
  refused: {
    face: 'wallet',
    beside: 'nobody',
    ready: ({ page }) => page.addInitScript(storageThatFails),
  },
  closed: { face: 'wallet', once: true },
  updating: {
    face: 'wallet',
    workers: true,
    ready: ({ page }) => page.addInitScript(versionThatWaits),
  },
  keeper: { face: 'wallet', ready: (scene) => receiveNew(scene, 'JY23399010009001') },
  holder: { face: 'wallet', walks: true, density: 2, ready: speaking(receiveSeveral) },
  shower: { face: 'wallet', ready: receiveToShow },
  guarded: { face: 'wallet', ready: receiveAndLock },
  later: { face: 'wallet', ready: receiveAndWait },
  reminded: { face: 'wallet', ready: receiveAndHearOfIt },
  untrusting: { face: 'wallet', ready: receiveAndForgetTrust },
  receiver: { face: 'wallet' },
  lost: { face: 'wallet', ready: receiveAndLose },
  missing: { face: 'wallet', ready: receiveAndLoseOne },
  unreadable: {
    face: 'wallet',
    ready: (scene) => putRow(scene, 'licences', { broken: { format: 1, id: 'broken' } }),
  },
  damaged: { face: 'wallet', ready: (scene) => putRow(scene, 'lock', { only: { format: 1 } }) },
  newer: { face: 'wallet', ready: raiseLayout },
  restored: { face: 'wallet', ready: receiveAndRestore },
  resident: {
    face: 'wallet',
    walks: true,
    ready: async ({ stage }) => keepOwnCases(stage.demo),
  },
  terminal: { face: 'wallet', walks: true, ready: beginKiosk },

  clerk: { face: 'counter', walks: true, ready: speaking(keepMany) },
  unreached: { face: 'counter', ready: cutOff },
  newcomer: { face: 'counter', walks: true },
  busy: { face: 'counter' },
  tardy: { face: 'counter', ready: (scene) => shiftClock(scene, 4 * MINUTE_SECONDS) },
  stale: { face: 'counter', ready: chooseOfficeAndWait },
  steady: { face: 'counter', ready: switchContinuousOn },
  kiosk: { face: 'counter', browser: 'whole', ready: startKiosk },
  applicant: { face: 'counter', ready: (scene) => askToEnrol(scene, '一号窗口') },
  enrolled: { face: 'counter', walks: true, ready: (scene) => enrol(scene, '执法车 7 号平板') },
  ousted: { face: 'counter', ready: enrolAndDeny },
  filmed: { face: 'counter', browser: 'pattern', allowed: true },
  distant: { face: 'counter', browser: 'small', allowed: true },
}

/** Headless Chromium has no voices: the button that reads aloud is there with these, one for each language. */
function speaking(ready: (scene: Scene) => Promise<void>): (scene: Scene) => Promise<void> {
  return async (scene) => {
    await scene.page.addInitScript(() => {
      const voices = ['zh-CN', 'en-GB'].map((lang) => ({ lang, name: lang, localService: true }))
      Object.defineProperty(speechSynthesis, 'getVoices', { value: () => voices })
    })
    await ready(scene)
  }
}

async function receiveNew({ page, stage }: Scene, serial: string): Promise<void> {
  await receive(page, (await stage.agency.issueFood({ serial })).offer)
}

/** As on a new phone: what is restored came from a wallet that is not there any more. */
async function receiveAndRestore(scene: Scene): Promise<void> {
  const { page, stage } = scene
  await receiveNew(scene, 'JY23399010009021')
  const backup = await makeBackup(page, stage.demo.wallet)
  await forget(page, stage.demo.wallet, 'onetrip-wallet')
  await scene.go('#/restore')
  await restore(page, backup)
  await page.getByTestId('restore-done').waitFor()
}

/** An identity, a business licence, a food licence with the longest of names, and a suspended one. */
async function receiveSeveral(scene: Scene): Promise<void> {
  const { page, stage } = scene
  const [identity, , business] = stage.offers
  if (identity === undefined || business === undefined) throw new Error('the desk has no offer')
  await receive(page, identity)
  await receiveNext(page, business)
  const { agency } = stage
  const suspended = await agency.issueFood({ serial: 'JY23399010009002' })
  const long = await agency.issueFood({
    serial: 'JY23399010009003',
    claims: {
      name: '虚构市云栖区阿卜杜热依木·买买提艾力样例餐饮管理有限公司',
      legalRepresentative: '阿卜杜热依木·买买提艾力',
    },
  })
  await receiveNext(page, suspended.offer)
  await receiveNext(page, long.offer)
  await agency.setStatus(suspended.id, 'suspended')
  await scene.go('#/')
  await page.locator('[data-testid="card"][data-state="suspended"]').waitFor()
}

/** By its address alone, in a wallet that is open: a load would take a second. */
async function receiveNext(page: Page, { link, txCode }: DeskOffer): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, new URL(link).hash)
  await page.getByTestId('txcode-input').fill(txCode)
  await page.getByTestId('accept-offer').click()
  await page.getByTestId('offer-done').waitFor()
}

/** What the counter's screens are scanned from: a person's licence, a food licence, one to be suspended. */
async function receiveToShow(scene: Scene): Promise<void> {
  const { page, stage } = scene
  const [, person, , food] = stage.offers
  for (const offer of [person, food]) {
    if (offer === undefined) throw new Error('the desk has no offer')
    await receive(page, offer)
  }
  const { id, offer } = await stage.agency.issueFood({ serial: 'JY23399010009004' })
  await receive(page, offer)
  await stage.agency.setStatus(id, 'suspended')
  const ending = await stage.agency.issueFood({
    serial: 'JY23399010009012',
    validTo: dayFromNow(12),
  })
  await receive(page, ending.offer)
}

async function receiveAndLock(scene: Scene): Promise<void> {
  const { page } = scene
  await receiveNew(scene, 'JY23399010009005')
  await scene.go('#/lock')
  await page.getByTestId('passcode-new').fill(PASSCODE)
  await page.getByTestId('passcode-repeat').fill(PASSCODE)
  await page.getByTestId('set-passcode').click()
  await page.getByTestId('lock-done').waitFor({ timeout: 30_000 })
}

/** One licence suspended and back in force, one that ends in three weeks. */
async function receiveAndHearOfIt(scene: Scene): Promise<void> {
  const { page, stage } = scene
  const ending = await stage.agency.issueFood({
    serial: 'JY23399010009010',
    validTo: dayFromNow(21),
  })
  const suspended = await stage.agency.issueFood({ serial: 'JY23399010009011' })
  await receive(page, ending.offer)
  await receive(page, suspended.offer)
  await stage.agency.setStatus(suspended.id, 'suspended')
  await scene.go('#/')
  await page.getByTestId('reminder-suspended').waitFor()
  await stage.agency.setStatus(suspended.id, 'valid')
}

/** Three days without a network: one licence has expired, and the data are old. */
async function receiveAndWait(scene: Scene): Promise<void> {
  const { page, stage } = scene
  const ending = await stage.agency.issueFood({
    serial: 'JY23399010009006',
    validTo: dayFromNow(1),
  })
  await receive(page, ending.offer)
  await receiveNew(scene, 'JY23399010009007')
  await scene.go('#/')
  await page.getByTestId('card').first().waitFor()
  await cutOff(scene)
  await shiftClock(scene, 3 * DAY_SECONDS)
}

async function receiveAndForgetTrust(scene: Scene): Promise<void> {
  await receiveNew(scene, 'JY23399010009008')
  await cutOff(scene)
  await forget(scene.page, scene.stage.demo.wallet, 'onetrip-trust-files')
}

async function receiveAndLose(scene: Scene): Promise<void> {
  await receiveNew(scene, 'JY23399010009009')
  await forget(scene.page, scene.stage.demo.wallet, 'onetrip-wallet')
}

/** One of two licences is gone. */
async function receiveAndLoseOne(scene: Scene): Promise<void> {
  await receiveNew(scene, 'JY23399010009013')
  await receiveNew(scene, 'JY23399010009014')
  await leaveWallet(scene)
  await rows(scene.page, { box: 'licences', drop: 1 })
}

async function putRow(scene: Scene, box: string, put: Record<string, unknown>): Promise<void> {
  await scene.go('#/')
  await scene.page.getByTestId('home-empty').waitFor()
  await leaveWallet(scene)
  await rows(scene.page, { box, put })
}

async function raiseLayout(scene: Scene): Promise<void> {
  await leaveWallet(scene)
  await scene.page.evaluate(
    () =>
      new Promise((done, fail) => {
        const opening = indexedDB.open('onetrip-wallet', 99)
        opening.onerror = fail
        opening.onsuccess = () => {
          opening.result.close()
          done(undefined)
        }
      }),
  )
}

/** A page of the wallet's origin without the wallet, which would hold its database open. */
async function leaveWallet({ page, stage }: Scene): Promise<void> {
  await page.goto(`${stage.demo.wallet}/icon.svg`)
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_SECONDS * 1000).toISOString().slice(0, 10)
}

async function chooseOffice(scene: Scene): Promise<void> {
  await scene.go('#/')
  await scene.page.getByTestId('office-picker').selectOption(OFFICE)
}

async function chooseOfficeAndWait(scene: Scene): Promise<void> {
  // Seals that are made later are in no list that it has.
  await scene.stage.sealedFiles()
  await chooseOffice(scene)
  await cutOff(scene)
  await shiftClock(scene, 3 * DAY_SECONDS)
}

async function keepMany(scene: Scene): Promise<void> {
  await chooseOffice(scene)
  await scene.page.evaluate(seedScans, { count: 120, now: Math.floor(Date.now() / 1000) })
  await scene.go('#/')
}

async function switchContinuousOn(scene: Scene): Promise<void> {
  await chooseOffice(scene)
  await scene.go('#/settings')
  await scene.page.getByTestId('continuous').check()
}

async function startKiosk(scene: Scene): Promise<void> {
  const { page } = scene
  await chooseOffice(scene)
  await scene.go('#/settings')
  await page.getByTestId('kiosk-code').fill(KIOSK_CODE)
  await page.getByTestId('kiosk-idle').selectOption('120')
  await page.getByTestId('kiosk-start').click()
  await page.getByTestId('kiosk-exit').waitFor()
}

async function askToEnrol(scene: Scene, name: string): Promise<void> {
  const { page } = scene
  await scene.go('#/settings')
  await page.getByTestId('enrol-office').selectOption(OFFICE)
  await page.getByTestId('enrol-name').fill(name)
  await page.getByTestId('enrol-ask').click()
  await page.getByTestId('enrol-code').waitFor()
}

/** The office's administrator confirms the code at the desk. */
async function enrol(scene: Scene, name: string): Promise<void> {
  const { page } = scene
  await askToEnrol(scene, name)
  await atDesk(scene, name, '[data-confirm]')
  await page.bringToFront()
  await page.getByTestId('enrolled-office').waitFor()
}

async function enrolAndDeny(scene: Scene): Promise<void> {
  const { page } = scene
  const name = '遗失的平板'
  await enrol(scene, name)
  await atDesk(scene, name, '[data-deny]')
  await page.getByTestId('enrol-refresh').click()
  await page.getByTestId('enrolment-ended').waitFor()
}

async function atDesk({ page, stage }: Scene, name: string, button: string): Promise<void> {
  const desk = await page.context().newPage()
  await desk.goto(`${stage.demo.api}/`)
  await desk.locator('[data-counter]').filter({ hasText: name }).locator(button).click()
  await desk.waitForURL(/#counters/)
  await desk.close()
}

/** From here on the API does not answer. */
async function cutOff({ page, stage }: Scene): Promise<void> {
  await page.context().route(`${stage.demo.api}/**`, (route) => route.abort())
}

async function shiftClock({ page }: Scene, seconds: number): Promise<void> {
  await page.context().clock.install({ time: Date.now() + seconds * 1000 })
}

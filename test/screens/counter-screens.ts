/** Every screen and state of the counter. */
import { encodeFrames } from '@onetrip/codec'
import { writePdf } from '../e2e/pdf-files.ts'
import { paste, readVerdict, scanByHand } from '../e2e/people.ts'
import { breakStorage } from './break-storage.ts'
import { type CastName, KIOSK_CODE } from './casts.ts'
import { agreeOnline, alteredCode, answerTo, copyCode, liveCode, strangersCode } from './codes.ts'
import { answerForHolder } from './delegates.ts'
import { documentScreens } from './document-screens.ts'
import { cameraThatIsRefused } from './page-scripts.ts'
import type { Scene, Screen } from './screen.ts'

/** Stands in for the worker that draws: two empty pages of twelve, then it is not done with the third. */
const SLOW_PDF_WORKER = {
  contentType: 'text/javascript',
  body: `let drawn = 0
onmessage = () => {
  if (drawn === 0) postMessage({ kind: 'opened', pages: 12 })
  else if (drawn < 3) {
    const canvas = new OffscreenCanvas(9, 9)
    canvas.getContext('2d')
    postMessage({ kind: 'drawn', bitmap: canvas.transferToImageBitmap() })
  }
  drawn += 1
}`,
}

/** The counter's part of the table. */
export const COUNTER_SCREENS: readonly Screen[] = [
  at('no-trust', 'unreached', '#/', 'no-trust'),
  at('ready-new', 'newcomer', '#/', 'ready-screen'),
  at('ready', 'clerk', '#/', 'ready-screen'),
  at('ready-stale', 'stale', '#/', 'ready-screen'),
  screen('ready-camera', 'filmed', async ({ page, go }) => {
    await go('#/')
    await page.locator('[data-testid="scanner"][data-phase="on"]').waitFor()
    await page.getByTestId('camera-choice').waitFor()
  }),
  spoiling('ready-denied', 'newcomer', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('ready-screen').waitFor()
    await page.evaluate(cameraThatIsRefused)
    await page.getByTestId('camera-start').click()
    await page.locator('.scanner-picture .notice').waitFor()
  }),
  screen('ready-guidance', 'distant', async ({ page, go }) => {
    await go('#/')
    await page.locator('[data-testid="scanner-says"]:not(:empty)').waitFor({ timeout: 20_000 })
  }),
  file('intake-no-code', 'newcomer', Buffer.from('')),
  screen('intake-not-opened', 'newcomer', async ({ page, go }) => {
    await go('#/')
    const picture = { name: 'a.heic', mimeType: 'image/heic', buffer: Buffer.from('heic') }
    await page.getByTestId('upload-input').setInputFiles(picture)
    await page.getByTestId('intake-trouble').waitFor()
  }),
  file('intake-locked', 'newcomer', writePdf({ pages: 1, locked: true })),
  file('intake-broken', 'newcomer', Buffer.from(`%PDF-1.7\n${'<<'.repeat(5000)}`)),
  screen('intake-progress', 'busy', async (scene) => {
    const { page } = scene
    await page.route(/\/pdf-worker-[^/]*\.js$/, (route) => route.fulfill(SLOW_PDF_WORKER), {
      times: 1,
    })
    await give(scene, writePdf({ pages: 1 }))
    await page.getByTestId('intake-progress').waitFor()
  }),
  screen('intake-frames', 'newcomer', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('wedge-input').fill(encodeFrames(new Uint8Array(3_000)).text(0))
    await page.getByTestId('wedge-check').click()
    await page.getByTestId('frames-read').waitFor()
  }),
  spoiling('ready-input-method', 'newcomer', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('ready-screen').waitFor()
    await page.evaluate(() => {
      for (let times = 0; times < 12; times += 1) {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Process', keyCode: 229, bubbles: true }),
        )
      }
    })
    await page.getByTestId('input-method').waitFor()
  }),
  spoiling('checking', 'newcomer', async ({ page, go }) => {
    await page.route(/\/checker-[^/]*\.js$/, () => undefined, { times: 1 })
    await go('#/')
    await page.getByTestId('wedge-input').fill('OT1:')
    await page.getByTestId('wedge-check').click()
    await page.waitForTimeout(200)
  }),

  verdict('valid', 'clerk', ({ stage }) => liveCode(stage, 'food')),
  verdict('valid-person', 'clerk', ({ stage }) => liveCode(stage, 'person')),
  verdict('ends-soon', 'clerk', ({ stage }) => liveCode(stage, 'ending')),
  verdict('copy', 'clerk', ({ stage }) => copyCode(stage)),
  verdict('paper', 'clerk', async ({ stage }) => {
    papers += 1
    const serial = `JY233990100070${String(papers).padStart(2, '0')}`
    const { id } = await stage.agency.issueFood({ serial })
    return stage.agency.printPaper(id)
  }),
  verdict('stale', 'stale', ({ stage }) => copyCode(stage)),
  verdict('lapsed', 'clerk', ({ stage }) => liveCode(stage, 'suspended')),
  verdict('not-for-here', 'newcomer', ({ stage }) => copyCode(stage)),
  screen('verdict-repeated', 'clerk', async (scene) => {
    const code = await liveCode(scene.stage, 'food')
    await scan(scene, code)
    await scanByHand(scene.page, code)
  }),
  verdict('forged', 'clerk', ({ stage }) => alteredCode(stage)),
  verdict('unknown-issuer', 'clerk', async () => strangersCode()),
  verdict('not-ours', 'clerk', async () => 'https://verify.example/valid'),
  verdict('clock', 'tardy', ({ stage }) => liveCode(stage, 'food')),
  screen('verdict-checks', 'clerk', async (scene) => {
    await scan(scene, strangersCode())
    await scene.page.locator('[data-testid="verdict-checks"] summary').click()
  }),

  ...documentScreens('counter', 'clerk'),

  screen('recent-empty', 'newcomer', async ({ page, go }) => {
    await go('#/recent')
    await page.getByRole('heading').first().waitFor()
  }),
  at('recent-many', 'clerk', '#/recent', 'recent-list'),
  screen('recent-found-none', 'clerk', async ({ page, go }) => {
    await go('#/recent')
    await page.getByTestId('recent-find').fill('9999 9999')
  }),
  screen('recent-erase', 'clerk', async ({ page, go }) => {
    await go('#/recent')
    await page.getByTestId('recent-erase').click()
    await page.getByTestId('recent-erase-yes').waitFor()
  }),
  spoiling('recent-not-erased', 'clerk', async ({ page, go }) => {
    await go('#/recent')
    await page.getByTestId('recent-erase').click()
    await page.evaluate(breakStorage, ['clear'] as const)
    await page.getByTestId('recent-erase-yes').click()
    await page.getByTestId('recent-not-erased').waitFor()
  }),
  screen('note', 'clerk', openNote),
  {
    ...screen('note-print', 'clerk', openNote),
    printed: true,
  },
  at('note-gone', 'newcomer', '#/note/unknown', 'note-gone'),
  screen('pack-imported', 'busy', async (scene) => {
    const pack = await fetch(`${scene.stage.demo.api}/trust/pack`)
    await importPack(scene, Buffer.from(await pack.arrayBuffer()))
    await scene.page.getByTestId('pack-done').waitFor()
  }),
  screen('pack-refused', 'busy', async (scene) => {
    await importPack(scene, Buffer.from('no pack'))
    await scene.page.getByTestId('pack-refused').waitFor()
  }),
  at('settings', 'clerk', '#/settings', 'settings-screen'),
  at('help', 'clerk', '#/help', 'help-screen'),

  screen('enrolment-faults', 'newcomer', async ({ page, go }) => {
    await go('#/settings')
    await page.getByTestId('enrol-ask').click()
    await page.locator('[data-testid="enrolment"] .field-error').first().waitFor()
  }),
  at('enrolment-code', 'applicant', '#/settings', 'enrol-code'),
  at('enrolment-enrolled', 'enrolled', '#/settings', 'enrolled-office'),
  screen('enrolment-leave', 'enrolled', async ({ page, go }) => {
    await go('#/settings')
    await page.getByTestId('enrol-leave').click()
    await page.getByTestId('enrol-leave-yes').waitFor()
  }),
  at('enrolment-denied', 'ousted', '#/settings', 'enrolment-ended'),
  at('ready-enrolled', 'enrolled', '#/', 'office-fixed'),
  verdict('enrolled', 'enrolled', ({ stage }) => liveCode(stage, 'food')),
  at('ask-choose', 'enrolled', '#/ask', 'ask-choose'),
  spoiling('ask-code', 'enrolled', askForLicences),
  spoiling('ask-online', 'enrolled', async (scene) => {
    await askOverNetwork(scene)
  }),
  spoiling('ask-online-over', 'enrolled', async (scene) => {
    const requestUri = await askOverNetwork(scene)
    await fetch(requestUri.replace('/requests/', '/responses/'), {
      method: 'POST',
      body: new URLSearchParams({ error: 'access_denied' }),
    })
    await scene.page.getByTestId('online-over').waitFor()
  }),
  spoiling('ask-online-answer', 'enrolled', async (scene) => {
    const { page, stage } = scene
    await askOverNetwork(scene)
    const link = (await page.getByTestId('online-qr').getAttribute('data-text')) ?? ''
    await agreeOnline(stage, link)
    await page.bringToFront()
    await readVerdict(page)
  }),
  spoiling('ask-answer', 'enrolled', async (scene) => {
    const { page, stage } = scene
    await askForLicences(scene)
    const request = (await page.getByTestId('ask-qr').getAttribute('data-text')) ?? ''
    const answer = await answerTo(stage, request)
    await page.bringToFront()
    await paste(page, answer)
    await readVerdict(page)
  }),
  spoiling('ask-delegate', 'enrolled', async (scene) => {
    const { page, stage } = scene
    await askForLicences(scene)
    const request = (await page.getByTestId('ask-qr').getAttribute('data-text')) ?? ''
    const answer = await answerForHolder(stage, request)
    await page.bringToFront()
    await paste(page, answer)
    await readVerdict(page)
  }),

  at('continuous', 'steady', '#/', 'continuous-on'),
  verdict('held', 'steady', ({ stage }) => alteredCode(stage)),
  at('kiosk', 'kiosk', '#/', 'ready-screen'),
  screen('kiosk-verdict', 'kiosk', async (scene) => {
    await scan(scene, 'https://verify.example/valid')
  }),
  screen('kiosk-exit', 'kiosk', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('kiosk-exit').click()
    await page.getByTestId('kiosk-exit-code').waitFor()
  }),
  screen('kiosk-wrong', 'kiosk', async ({ page, go }) => {
    await go('#/')
    await page.getByTestId('kiosk-exit').click()
    await page.getByTestId('kiosk-exit-code').fill(KIOSK_CODE.split('').reverse().join(''))
    await page.keyboard.press('Enter')
    await page.locator('[data-testid="kiosk-error"]:not(:empty)').waitFor({ timeout: 20_000 })
  }),
]

let papers = 0

function screen(name: string, cast: CastName, open: (scene: Scene) => Promise<void>): Screen {
  return { name, face: 'counter', cast, open }
}

function spoiling(name: string, cast: CastName, open: (scene: Scene) => Promise<void>): Screen {
  return { ...screen(name, cast, open), spoils: true }
}

/** Gives the counter a file. */
function file(name: string, cast: CastName, buffer: Buffer): Screen {
  return screen(name, cast, async (scene) => {
    await give(scene, buffer)
    await scene.page.getByTestId('intake-trouble').waitFor()
  })
}

async function give({ page, go }: Scene, buffer: Buffer): Promise<void> {
  await go('#/')
  await page
    .getByTestId('upload-input')
    .setInputFiles({ name: 'file', mimeType: 'application/octet-stream', buffer })
}

function at(name: string, cast: CastName, address: string, testId: string): Screen {
  return screen(name, cast, async ({ page, go }) => {
    await go(address)
    await page.getByTestId(testId).first().waitFor()
  })
}

function verdict(name: string, cast: CastName, code: (scene: Scene) => Promise<string>): Screen {
  return screen(`verdict-${name}`, cast, async (scene) => scan(scene, await code(scene)))
}

async function askForLicences({ page, go }: Scene): Promise<void> {
  await go('#/ask')
  await page.getByTestId('ask-show').click()
  await page.getByTestId('ask-qr').waitFor()
}

/** Gives where the request is fetched. */
async function askOverNetwork({ page, go }: Scene): Promise<string> {
  await go('#/ask')
  await page.locator('[data-testid="ask-choose"], [data-testid="asking-online"]').first().waitFor()
  // The one of the other language is still waited for.
  if ((await page.getByTestId('asking-online').count()) > 0) {
    const ended = page.waitForResponse((response) => response.url().endsWith('/asking/closings'))
    await page.getByTestId('ask-cancel').click()
    await ended
    await go('#/ask')
  }
  await page.getByTestId('ask-online').click()
  const code = page.getByTestId('online-qr')
  await code.waitFor()
  const link = new URL((await code.getAttribute('data-text')) ?? '')
  return new URLSearchParams(link.hash.slice(1)).get('request_uri') ?? ''
}

async function importPack({ page, go }: Scene, buffer: Buffer): Promise<void> {
  await go('#/settings')
  const file = { name: 'province.otpack', mimeType: 'application/octet-stream', buffer }
  await page.getByTestId('pack-input').setInputFiles(file)
}

async function openNote({ page, go }: Scene): Promise<void> {
  await go('#/recent')
  const licence = page.getByRole('listitem').filter({ hasText: /食品经营|Food business/ })
  await licence.first().getByTestId('note-link').click()
  await page.getByTestId('note').waitFor()
}

/** Scans with a hand scanner, the counter's page in front. */
async function scan({ page, go }: Scene, code: string): Promise<void> {
  await page.bringToFront()
  await go('#/')
  await page.getByTestId('ready-screen').waitFor()
  await page.getByTestId('wedge-input').fill(code)
  await page.getByTestId('wedge-check').click()
  await readVerdict(page)
}

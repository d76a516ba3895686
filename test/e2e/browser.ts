/** Real Chromium for the tests, with its own profile and, where asked, a file for a camera. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { ensureChromium, shellOf } from '../chromium.ts'

/** The last list counts: what Playwright turns off, the address bar's own pages, a renderer for each window, and a spare one for each page. */
const NO_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'SpareRendererForSitePerProcess',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
]
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${NO_FEATURES.join(',')}`,
]

/** Compiling and collecting beside a page's own thread spares a person time, and costs a busy machine a third more. */
const SINGLE_THREADED = '--js-flags=--single-threaded'

/** Of Chromium's own test picture, the fewest that it gives: each of them is looked through for codes. */
const PICTURES_PER_SECOND = 5

/** How to start Chromium; without a member for cameras it has none. */
export interface BrowserOptions {
  /** Absolute path of a `.y4m`, which plays as the one camera, in a loop. */
  readonly cameraFile?: string
  /** How many cameras show Chromium's own test picture. */
  readonly cameras?: number
  /** With what surrounds pages too: the shell keeps no screen on, fills none, and has no window that is behind another. */
  readonly whole?: true
}

const started = new Set<Browser>()
const shared: { shell?: Promise<Browser>; whole?: Promise<Browser> } = {}

/**
 * Starts Chromium, its headless shell where that is enough. Test files that follow one another in a worker have those without a
 * camera in common: to close one ends what they opened in it, and it leaves with the worker.
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const { cameraFile, cameras, whole } = options
  if (cameraFile !== undefined || cameras !== undefined) {
    return start('whole', [
      '--use-fake-ui-for-media-stream',
      `--use-fake-device-for-media-stream=device-count=${cameras ?? 1},fps=${PICTURES_PER_SECOND}`,
      ...(cameraFile === undefined ? [] : [`--use-file-for-fake-video-capture=${cameraFile}`]),
    ])
  }
  const kind = whole ? 'whole' : 'shell'
  if (process.env['VITEST_POOL_ID'] === undefined) return start(kind, [])
  const running = await shared[kind]
  if (running?.isConnected()) return running
  const starting = startShared(kind)
  shared[kind] = starting
  return starting
}

async function startShared(kind: 'shell' | 'whole'): Promise<Browser> {
  const browser = await start(kind, [])
  browser.close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
  }
  return browser
}

async function start(kind: 'shell' | 'whole', camera: readonly string[]): Promise<Browser> {
  const chromiumPath = ensureChromium()
  const browser = await chromium.launch({
    executablePath: kind === 'whole' ? chromiumPath : shellOf(chromiumPath),
    args: [...QUIET, SINGLE_THREADED, ...camera],
  })
  started.add(browser.on('disconnected', () => started.delete(browser)))
  return browser
}

/** Every page that is open in a browser of this process. */
export function openPages(): readonly Page[] {
  return [...started].flatMap((browser) => browser.contexts()).flatMap((context) => context.pages())
}

let loads = 0

/**
 * Loads an address afresh, though it differ from the page's only after its `#`, and brings the page to the front: one behind
 * another is drawn once a second. Going by about:blank would load it too, and cost a process each time.
 */
export async function loadAfresh(page: Page, address: string): Promise<void> {
  const url = new URL(address)
  loads += 1
  url.searchParams.set('load', String(loads))
  await page.bringToFront()
  await page.goto(url.href)
}

/** Opens a page and collects what a strict page must never say: errors and CSP violations. */
export async function openPage(context: BrowserContext, url: string): Promise<WatchedPage> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`pageerror: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (/Content Security Policy|TrustedScript|Trusted Type/i.test(text)) complaints.push(text)
  })
  await page.goto(url)
  return { page, complaints }
}

/**
 * A window of its own beside a page, of the same person: as a tab it would be drawn once a second while the other one is in
 * front, and every press would wait for that.
 */
export async function openWindow(beside: Page): Promise<Page> {
  const opened = beside.context().waitForEvent('page')
  await beside.evaluate(() => void window.open('about:blank', '', 'popup,noopener'))
  return opened
}

/** A page and what it complained of so far. */
export interface WatchedPage {
  readonly page: Page
  readonly complaints: readonly string[]
}

/** Second start: the service worker controls the page, and its precache is complete. */
export async function becomeControlled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

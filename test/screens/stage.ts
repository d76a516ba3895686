/** One running demo, one Chromium per kind of camera, and the casts in them, each made when first wanted. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { AXE_SCRIPT } from '../e2e/accessible.ts'
import { type BrowserOptions, launchBrowser, loadAfresh } from '../e2e/browser.ts'
import { writeCameraFile } from '../e2e/camera.ts'
import { type Demo, startDemo } from '../e2e/demo.ts'
import { type DeskOffer, waitingOffers } from '../e2e/people.ts'
import { type Agency, agencyOf } from './agency.ts'
import { CASTS, type Cast, type CastName } from './casts.ts'
import type { Face, Language, Scene, Screen } from './screen.ts'
import { type SealedFiles, sealFiles } from './sealed-files.ts'
import { walk } from './walk.ts'

/** Without a camera; the same where a page fills the screen; with cameras that show Chromium's test picture, or a code that is too small. */
export type BrowserKind = 'plain' | 'whole' | 'pattern' | 'small'

/** As many characters as a live code of a large licence. */
const DENSE = `OT1:${'A1B2C3D4E5'.repeat(110)}`
const SMALL_MODULE_PIXELS = 1.3
/** Enough for a slow machine, and short enough to hear of a screen that never comes. */
const WAIT_MILLISECONDS = 40_000

/** Everything a screen may need to be reached. */
export interface Stage {
  readonly demo: Demo
  readonly agency: Agency
  /** The sample licences' offers; each is of use once. */
  readonly offers: readonly DeskOffer[]
  /** Sealed files, made when they are first wanted. */
  sealedFiles(): Promise<SealedFiles>
  /** The page of a cast, prepared. */
  pageOf(cast: CastName): Promise<Page>
  /** Leads a screen's page to the screen in a language. */
  open(screen: Screen, language: Language): Promise<Page>
  close(): Promise<void>
}

interface Prepared {
  readonly context: BrowserContext
  readonly page: Page
}

/** Starts the demo; casts and browsers come when they are first wanted. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-screens-'))
  const demo = await startDemo()
  const browsers = new Map<BrowserKind, Promise<Browser>>()
  const casts = new Map<CastName, Promise<Prepared>>()
  let shown: Page | undefined
  const lent = new Set<Page>()
  const spoilt = new WeakSet<Page>()
  let sealed: Promise<SealedFiles> | undefined

  function browserOf(kind: BrowserKind): Promise<Browser> {
    const open = browsers.get(kind) ?? launchBrowser(browserOptions(kind, folder))
    browsers.set(kind, open)
    return open
  }

  async function prepare(name: CastName): Promise<Prepared> {
    const { face, beside, ready } = CASTS[name]
    const context = beside === undefined ? await contextOf(CASTS[name]) : await besideOf(beside)
    const page = await context.newPage()
    await ready?.(sceneOn({ stage, page, face, language: 'zh-CN', walks: false }))
    return { context, page }
  }

  async function besideOf(name: CastName): Promise<BrowserContext> {
    return (await castOf(name)).context
  }

  async function contextOf(cast: Cast): Promise<BrowserContext> {
    const { browser: browserKind = 'plain', allowed = false, workers = false, density = 1 } = cast
    const browser = await browserOf(browserKind)
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: density,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      serviceWorkers: workers ? 'allow' : 'block',
      permissions: allowed ? ['camera'] : [],
    })
    context.setDefaultTimeout(WAIT_MILLISECONDS)
    // With the page it comes in a third of the time that it takes afterwards.
    await context.addInitScript(AXE_SCRIPT)
    return context
  }

  async function castOf(name: CastName): Promise<Prepared> {
    const once = CASTS[name].once ?? false
    const before = casts.get(name)
    if (before !== undefined && !once) return before
    await (await before)?.context.close()
    const made = prepare(name)
    casts.set(name, made)
    return made
  }

  const stage: Stage = {
    offers: await waitingOffers(demo),
    demo,
    agency: agencyOf(demo),
    sealedFiles() {
      sealed ??= sealFiles(demo)
      return sealed
    },
    async pageOf(name) {
      const { page } = await castOf(name)
      lent.add(page)
      return page
    },
    async open(screen, language) {
      const { page } = await castOf(screen.cast)
      const others = [...lent, ...(shown === undefined ? [] : [shown])]
      lent.clear()
      for (const other of new Set(others)) {
        if (other !== page && !other.isClosed()) await putAside(other, demo.wallet)
      }
      shown = page
      await page.bringToFront()
      await page.setViewportSize({ width: 390, height: 844 })
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'screen' })
      const walks = CASTS[screen.cast].walks === true && !screen.spoils && !spoilt.has(page)
      if (screen.spoils) spoilt.add(page)
      else spoilt.delete(page)
      await screen.open(sceneOn({ stage, page, face: screen.face, language, walks }))
      return page
    },
    async close() {
      for (const browser of browsers.values()) await (await browser).close()
      await demo.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return stage
}

/**
 * Ends what is on a page: a camera that nobody looks at is read on and on, and codes are renewed. A wallet goes home, from where it
 * lends the next code sooner. Another address of a counter's own origin keeps its process; about:blank and the way back would each
 * start one, at 1.5 s of a processor.
 */
async function putAside(page: Page, wallet: string): Promise<void> {
  const url = new URL(page.url())
  if (url.origin === wallet && url.pathname === '/') {
    url.hash = '#/'
    await page.goto(url.href)
  } else await page.goto(url.origin === 'null' ? 'about:blank' : `${url.origin}/icon.svg`)
}

function sceneOn(on: {
  readonly stage: Stage
  readonly page: Page
  readonly face: Face
  readonly language: Language
  readonly walks: boolean
}): Scene {
  const { stage, page, face, language, walks } = on
  const origin = stage.demo[face]
  return {
    stage,
    page,
    language,
    async go(address) {
      const { origin: at, pathname, searchParams } = new URL(page.url())
      const isThere = at === origin && pathname === '/' && searchParams.get('lang') === language
      if (walks && isThere) await walk(page, address)
      else await loadAfresh(page, `${origin}/?lang=${language}&scale=100${address}`)
    },
  }
}

function browserOptions(kind: BrowserKind, folder: string): BrowserOptions {
  if (kind === 'plain') return {}
  if (kind === 'whole') return { whole: true }
  if (kind === 'pattern') return { cameras: 2 }
  const cameraFile = join(folder, 'small.y4m')
  writeCameraFile(cameraFile, DENSE, { modulePixels: SMALL_MODULE_PIXELS })
  return { cameraFile }
}

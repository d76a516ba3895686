/**
 * The faces in real Chromium: an offline start of the wallet up to the code on the screen with a
 * processor four times slower, and the counter's memory over a thousand scans of a picture.
 */
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import QRCode from 'qrcode'
import { becomeControlled, launchBrowser } from '../e2e/browser.ts'
import { type Demo, startDemo } from '../e2e/demo.ts'
import { receive, showFirst, waitingOffers } from '../e2e/people.ts'
import { median } from './measure.ts'

/** The counter's memory over a thousand scans of a picture, in bytes. */
interface MemoryFigures {
  /** The page's heap in use after a collection, before and after the thousand. */
  readonly heapBefore: number
  readonly heapAfter: number
  /** The same once the list of recent scans was erased. */
  readonly heapWithoutList: number
  /** What all pages' processes hold, the code reader's worker and wasm included. */
  readonly residentBefore: number
  readonly residentAfter: number
}

/** What was measured in the browser. */
export interface FaceFigures extends MemoryFigures {
  /** Milliseconds from navigation to the code on the screen, offline, slowed down; median. */
  readonly startMilliseconds: number
  /** Milliseconds that one small precached file takes to load in the same way; median. */
  readonly rawMilliseconds: number
}

const PAGE_BYTES = 4096
const SLOWED = 4
const STARTS = 5
/** Scans until the engine has compiled what it will. */
const WARM = 300
const MANY = 1000

/** Measures both faces; the server is gone while the wallet starts. */
export async function benchFaces(): Promise<FaceFigures> {
  const demo = await startDemo()
  const browser = await launchBrowser()
  try {
    const citizen = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const wallet = await citizen.newPage()
    const code = await holdLicence({ demo, wallet })
    const memory = await scanOften({ demo, code })
    return { ...memory, ...(await startOffline({ demo, citizen, wallet })) }
  } finally {
    await browser.close()
    await demo.stop()
  }
}

interface Citizen {
  readonly demo: Demo
  readonly citizen: BrowserContext
  readonly wallet: Page
}

async function holdLicence({ demo, wallet }: Omit<Citizen, 'citizen'>): Promise<string> {
  const last = (await waitingOffers(demo)).at(-1)
  if (last === undefined) throw new Error('the desk has no offer')
  await wallet.goto(`${demo.wallet}/`)
  await receive(wallet, last)
  await wallet.goto(`${demo.wallet}/`)
  await becomeControlled(wallet)
  return showFirst(wallet)
}

async function startOffline(
  world: Citizen,
): Promise<Pick<FaceFigures, 'startMilliseconds' | 'rawMilliseconds'>> {
  const { demo, citizen, wallet } = world
  const shown = wallet.url()
  await wallet.addInitScript(noteCodeTime)
  await demo.kill()
  await citizen.setOffline(true)
  const session = await citizen.newCDPSession(wallet)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  const starts: number[] = []
  const raws: number[] = []
  for (let round = -1; round < STARTS; round++) {
    await wallet.goto(`${demo.wallet}/icon.svg`)
    const raw = await wallet.evaluate(() => performance.now())
    await wallet.goto('about:blank')
    await wallet.goto(shown)
    await wallet.waitForFunction(() => document.documentElement.dataset['codeAt'] !== undefined)
    const at = await wallet.locator('html').getAttribute('data-code-at')
    if (round < 0) continue
    raws.push(raw)
    starts.push(Number(at))
  }
  return { startMilliseconds: median(starts), rawMilliseconds: median(raws) }
}

/** Runs in the page: notes when the code is painted, in milliseconds since the navigation began. */
function noteCodeTime(): void {
  const look = () => {
    if (document.querySelector('[data-testid="qr"][data-text^="OT1:"]') === null) {
      requestAnimationFrame(look)
    } else {
      document.documentElement.dataset['codeAt'] = String(performance.now())
    }
  }
  requestAnimationFrame(look)
}

interface Counter {
  readonly demo: Demo
  readonly code: string
}

/** In a browser of its own, so that what is measured afterwards does not feel it. */
async function scanOften({ demo, code }: Counter): Promise<MemoryFigures> {
  const browser = await launchBrowser()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${demo.counter}/`)
  await page.getByTestId('ready-screen').waitFor()
  const session = await context.newCDPSession(page)
  const picture = (await QRCode.toBuffer(code)).toString('base64')
  await page.evaluate(scanTimes, { picture, times: WARM })
  const heapBefore = await heapOf(session)
  const residentBefore = await residentOf(browser)
  await page.evaluate(scanTimes, { picture, times: MANY })
  const heapAfter = await heapOf(session)
  const residentAfter = await residentOf(browser)
  // The list of recent scans grows with them by intent; without it nothing may.
  await page.goto(`${demo.counter}/#/recent`)
  await page.getByTestId('recent-erase').click()
  await page.getByTestId('recent-erase-yes').click()
  await page.goto(`${demo.counter}/#/`)
  await page.getByTestId('ready-screen').waitFor()
  const heapWithoutList = await heapOf(session)
  await browser.close()
  return { heapBefore, heapAfter, heapWithoutList, residentBefore, residentAfter }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** Resident bytes of all pages' processes, workers and wasm included. */
async function residentOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  return pages.reduce((sum, { id }) => sum + PAGE_BYTES * residentPages(id), 0)
}

/** The second number of statm (proc(5)); a process that ended meanwhile has none. */
function residentPages(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1])
  } catch {
    return 0
  }
}

/** Runs in the page: drops the picture of a code, waits for the verdict, goes on, over and over. */
async function scanTimes(job: { readonly picture: string; readonly times: number }): Promise<void> {
  const bytes = Uint8Array.from(atob(job.picture), (char) => char.charCodeAt(0))
  const drop = () => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], 'code.png', { type: 'image/png' }))
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
    )
  }
  const goOn = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  // A press before the screen listens, or a drop while the last scan is being kept, is made again.
  const until = async (testId: string, act: () => void, every: number) => {
    for (let look = 0; document.querySelector(`[data-testid="${testId}"]`) === null; look++) {
      if (look % every === 0) act()
      await new Promise((done) => setTimeout(done, 4))
    }
  }
  for (let time = 0; time < job.times; time++) {
    await until('verdict', drop, 500)
    await until('ready-screen', goOn, 5)
  }
}

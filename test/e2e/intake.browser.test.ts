/** What reaches the counter: camera scenes, and PDF and pictures by choosing, dropping, pasting; also offline. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CAMERA_SCENES, type CameraScene } from '../frames/camera-scenes.ts'
import type { FrameFault } from '../frames/code-frame.ts'
import { lookInPassing } from '../screens/look-in-passing.ts'
import {
  type BrowserOptions,
  becomeControlled,
  launchBrowser,
  openPage,
  type WatchedPage,
} from './browser.ts'
import { writeCameraFile } from './camera.ts'
import { type Demo, startDemo } from './demo.ts'
import { printPdf, writePdf } from './pdf-files.ts'
import { freshCode, readVerdict, receive, waitingOffers } from './people.ts'
import { storedIn } from './stored-rows.ts'
import { PHONE, WITHOUT_WORKER } from './without-worker.ts'

const FOREIGN = 'https://verify.example/'
const PDF = 'application/pdf'
/** As many characters as a live code of a large licence has, in each scene others: the same again would be no scan. */
const dense = (scene: number): string =>
  `OT1:${String(scene).padStart(10, 'A')}${'A1B2C3D4E5'.repeat(109)}`
/** Of the scenes that come to the same, one: each is read in test/frames. */
const ONE_OF_EACH = [...new Map(CAMERA_SCENES.map((scene) => [scene.expect, scene])).values()]
/** Longer than two looks at what is wrong with a frame. */
const LOOKS_MS = 2500
const GUIDANCE: Readonly<Record<Exclude<CameraScene['expect'], 'read'>, string>> = {
  'too-small': '码太小：请靠近一些，让码占满方框。',
  'too-dark': '画面太暗：请开灯、调亮屏幕，或打开补光灯。',
  unclear: '看到了码，但不清楚：请拿稳，避开反光。',
  nothing: '',
}

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage
let page: Page
/** What is printed and pictured is drawn here. */
let paper: Page

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext(PHONE)
  clerk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/`)
  page = counter.page
  paper = await browser.newPage({ viewport: { width: 1400, height: 700 } })
  const last = (await waitingOffers(demo)).at(-1)
  if (last === undefined) throw new Error('the desk has no offer')
  await receive(wallet.page, last)
  await wallet.page.goto(`${demo.wallet}/#/`)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('a PDF', () => {
  test('is read when it is chosen: the licence code goes before a foreign one on an earlier page', async () => {
    const text = await freshCode(wallet.page)
    await choose(await printPdf(paper, [undefined, FOREIGN, text]))
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
  })

  test('is read when it is dropped, also while a result is on the screen', async () => {
    const text = await freshCode(wallet.page)
    await give('drop', { bytes: await printPdf(paper, [text]), type: PDF })
    await expect.poll(() => verdictAge(), { timeout: 30_000 }).toBe('valid 2')
  })

  test('is read when it is pasted, whatever type it is said to have', async () => {
    await page.getByTestId('next-scan').click()
    const text = await freshCode(wallet.page)
    await give('paste', { bytes: await printPdf(paper, [text]), type: '' })
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await page.getByTestId('next-scan').click()
  })

  test('with another code only is said to be no licence', async () => {
    await choose(await printPdf(paper, [FOREIGN]))
    expect(await readVerdict(page)).toMatchObject({ code: 'qr/not-a-credential' })
    await page.getByTestId('next-scan').click()
  })

  test.each([
    ['without a code', writePdf({ pages: 1 }), '没有读到二维码'],
    ['with a password', writePdf({ pages: 1, locked: true }), '设有密码'],
    ['that is broken', Buffer.from(`%PDF-1.7\n${'<<'.repeat(5000)}`), '已损坏'],
    ['of too many pages', writePdf({ pages: 51 }), '只看了前 50 页'],
  ])('%s is said in words', async (_, bytes, says) => {
    await choose(bytes)
    await expect.poll(() => trouble(), { timeout: 30_000 }).toContain(says)
    expect(await page.getByTestId('verdict').count()).toBe(0)
  })

  test('of too many bytes is not opened', async () => {
    await give('drop', { bytes: Buffer.from('%PDF-1.7'), type: PDF, paddedTo: 20_971_521 })
    await expect.poll(() => trouble()).toContain('上限 20 MB')
  })

  test('that takes longer than a second shows its pages, and is stopped by a press', async () => {
    await choose(await printPdf(paper, Array(50).fill(undefined)))
    await page.getByTestId('intake-progress').waitFor()
    await expect
      .poll(() => page.getByTestId('intake-count').textContent(), { timeout: 20_000 })
      .toMatch(/共 50 页/)
    expect(await trouble()).toBe('')
    await lookInPassing(page, 'counter-intake-progress')
    await page.getByTestId('intake-cancel').click()
    await page.getByTestId('intake-progress').waitFor({ state: 'detached' })
    expect(await page.getByTestId('verdict').count()).toBe(0)
  })
})

test('a picture with several codes gives the licence', async () => {
  const text = await freshCode(wallet.page)
  await give('paste', { bytes: await pictureOf([FOREIGN, text]), type: 'image/png' })
  expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
  await page.getByTestId('next-scan').click()
})

test('a picture of few bytes that claims to be huge is not opened', async () => {
  await give('drop', { bytes: blackPng(16_384), type: 'image/png' })
  await expect.poll(() => trouble()).toContain('文件过大')
})

test('a picture that the browser cannot open is said to be one', async () => {
  const whole = blackPng(64)
  await give('drop', { bytes: whole.subarray(0, 20), type: 'image/png' })
  await expect.poll(() => trouble()).toContain('这张图片打不开')
  await give('drop', { bytes: whole, type: 'image/png' })
  await expect.poll(() => trouble()).toContain('没有读到二维码')
})

test('the wallet takes an agency’s code from a picture, and says of another that it is none', async () => {
  const { page: phone } = wallet
  const [offer] = await waitingOffers(demo)
  await phone.goto(`${demo.wallet}/#/add`)
  const pick = async (text: string): Promise<void> => {
    const buffer = await pictureOf([FOREIGN, text])
    const picture = { name: 'code.png', mimeType: 'image/png', buffer }
    await phone.getByTestId('offer-picture').setInputFiles(picture)
  }
  await pick(FOREIGN)
  await phone.getByTestId('offer-picture-trouble').getByText('没有领取码').waitFor()
  await pick(offer?.link ?? '')
  await phone.getByTestId('txcode-input').waitFor()
})

describe('a camera', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-scenes-'))
  const cameraFile = join(folder, 'scene.y4m')
  let withCamera: Browser
  let seen: WatchedPage

  beforeAll(async () => {
    writeCameraFile(cameraFile, undefined)
    withCamera = await launchBrowser({ cameraFile })
    const context = await withCamera.newContext({
      ...WITHOUT_WORKER,
      permissions: ['camera'],
      locale: 'zh-CN',
    })
    seen = await openPage(context, `${demo.counter}/`)
  })

  afterAll(async () => {
    await withCamera?.close()
    rmSync(folder, { recursive: true })
  })

  test.each(ONE_OF_EACH.map((scene, at) => [scene.name, scene, at] as const))(
    '%s',
    async (_, scene, at) => {
      await look(scene.empty ? undefined : dense(at), scene.fault)
      if (scene.expect === 'read') {
        // What is read is no licence; that a code in sight is one, other tests show.
        expect(await readVerdict(seen.page)).toMatchObject({ code: 'qr/not-a-credential' })
        return
      }
      if (scene.expect === 'nothing') await seen.page.waitForTimeout(LOOKS_MS)
      await expect.poll(() => said(), { timeout: 30_000 }).toBe(GUIDANCE[scene.expect])
      expect(await seen.page.getByTestId('verdict').count()).toBe(0)
    },
  )

  test('says of a code that is not ours that it is none, and gives no verdict', async () => {
    await look(FOREIGN, {})
    await expect.poll(() => said(), { timeout: 30_000 }).toContain('这不是证照码')
    expect(await seen.page.getByTestId('verdict').count()).toBe(0)
    await lookInPassing(seen.page, 'counter-ready-guidance')
    expect(seen.complaints).toEqual([])
  })

  async function look(text: string | undefined, fault: FrameFault): Promise<void> {
    const verdict = seen.page.getByTestId('verdict')
    if (await verdict.isVisible()) await seen.page.getByTestId('next-scan').click()
    await seen.page.getByTestId('camera-stop').click()
    writeCameraFile(cameraFile, text, fault)
    await seen.page.getByTestId('camera-start').click()
    await seen.page.locator('[data-phase="on"]').or(verdict).first().waitFor()
  }

  function said(): Promise<string | null> {
    return seen.page.getByTestId('scanner-says').textContent()
  }
})

test('one of two cameras is chosen, and chosen again after a reload; its light is switched, a tap focuses', async () => {
  await onCamera({ cameras: 2 }, async (page) => {
    const choice = page.getByTestId('camera-choice')
    await choice.waitFor()
    await lookInPassing(page, 'counter-ready-camera')
    const ids = await choice
      .locator('option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''))
    expect(ids).toHaveLength(2)
    const running = await runningCamera(page)
    const wanted = ids.find((id) => id !== running) ?? ''
    await choice.selectOption(wanted)
    await expect.poll(() => runningCamera(page), { timeout: 15_000 }).toBe(wanted)
    await page.getByTestId('torch').click()
    await expect.poll(() => page.getByTestId('torch').getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator('html').getAttribute('data-torch')).toBe('true')
    await page.locator('video').click()
    const focused = await page.locator('html').getAttribute('data-focused')
    expect(JSON.parse(focused ?? 'null')).toEqual([
      { x: expect.closeTo(0.5, 1), y: expect.closeTo(0.5, 1) },
    ])
    // Its id may be another after the reload, its name not.
    const nameOfRunning = async (): Promise<string | null> =>
      choice.locator(`option[value="${await runningCamera(page)}"]`).textContent()
    const name = await nameOfRunning()
    await page.reload()
    await choice.waitFor()
    expect(await nameOfRunning()).toBe(name)
    expect(await choice.locator('option:checked').textContent()).toBe(name)
  })
})

test('offline and with the server gone a PDF is read as before', async () => {
  const bytes = await printPdf(paper, [FOREIGN])
  await becomeControlled(page)
  await demo.kill()
  await clerk.setOffline(true)
  await page.reload()
  await choose(bytes)
  expect(await readVerdict(page)).toMatchObject({ code: 'qr/not-a-credential' })
})

test('no page broke its content security policy', () => {
  expect(counter.complaints).toEqual([])
})

/** A counter with a camera; its light is a stand-in that notes whether it is on. */
async function onCamera(
  options: BrowserOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const withOne = await launchBrowser(options)
  try {
    const context = await withOne.newContext({
      ...WITHOUT_WORKER,
      permissions: ['camera'],
      locale: 'zh-CN',
    })
    const page = await context.newPage()
    await page.addInitScript(() => {
      Object.assign(MediaStreamTrack.prototype, {
        getCapabilities: () => ({ torch: true, focusMode: ['continuous', 'single-shot'] }),
      })
      MediaStreamTrack.prototype.applyConstraints = async (wanted) => {
        const [first] = wanted?.advanced ?? []
        const set = Object.entries(first ?? {})
        for (const [name, value] of set) {
          const noted = name === 'pointsOfInterest' ? 'focused' : name
          document.documentElement.dataset[noted] = JSON.stringify(value)
        }
      }
    })
    await page.goto(`${demo.counter}/`)
    await act(page)
  } finally {
    await withOne.close()
  }
}

/** Device id of the camera whose picture is on the screen. */
async function runningCamera(page: Page): Promise<string> {
  return page.locator('video').evaluate((video) => {
    const stream = video instanceof HTMLVideoElement ? video.srcObject : null
    const [track] = stream instanceof MediaStream ? stream.getVideoTracks() : []
    return track?.getSettings().deviceId ?? ''
  })
}

async function choose(buffer: Buffer): Promise<void> {
  await page.getByTestId('upload-input').setInputFiles({ name: 'a.pdf', mimeType: PDF, buffer })
}

interface Given {
  readonly bytes: Buffer
  readonly type: string
  /** Bytes of the file, zeros at its end. */
  readonly paddedTo?: number
}

async function give(event: 'drop' | 'paste', { bytes, type, paddedTo = 0 }: Given): Promise<void> {
  await page.evaluate(
    (given) => {
      const content = Uint8Array.from(atob(given.base64), (char) => char.charCodeAt(0))
      const padding = new Uint8Array(Math.max(0, given.paddedTo - content.length))
      const transfer = new DataTransfer()
      transfer.items.add(new File([content, padding], 'file', { type: given.type }))
      const init = { bubbles: true, cancelable: true }
      document.body.dispatchEvent(
        given.event === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...init, clipboardData: transfer }),
      )
    },
    { event, base64: bytes.toString('base64'), type, paddedTo },
  )
}

/** The outcome on the screen, and how many scans there were. */
async function verdictAge(): Promise<string> {
  const outcome = await page.getByTestId('verdict').getAttribute('data-outcome')
  const scans = await storedIn(page, { database: 'onetrip-counter', box: 'recent' })
  return `${outcome} ${scans.length}`
}

async function trouble(): Promise<string> {
  const notice = page.getByTestId('intake-trouble')
  return (await notice.count()) === 0 ? '' : ((await notice.textContent()) ?? '')
}

/** A black square as PNG (PNG 3rd edition §5, §11.2): one bit a pixel, so that it is small. */
function blackPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(body.length + 8)
    frame.writeUInt32BE(data.length)
    body.copy(frame, 4)
    frame.writeUInt32BE(crc32(body), body.length + 4)
    return frame
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.writeUInt8(1, 8)
  const lines = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', lines),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A picture with codes side by side. */
async function pictureOf(texts: readonly string[]): Promise<Buffer> {
  const codes = await Promise.all(texts.map((text) => QRCode.toString(text, { type: 'svg' })))
  await paper.setContent(
    `<style>body { display: flex } div { width: 640px }</style>${codes.map((code) => `<div>${code}</div>`).join('')}`,
  )
  return paper.screenshot()
}

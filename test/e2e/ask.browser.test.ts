/**
 * Ask and answer between two Chromium windows, each camera fed with the other's codes and no network on either side: the
 * counter asks, the citizen agrees, the counter verifies, the citizen keeps the receipt.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeFrameLines, encodeFrames } from '@onetrip/codec'
import { businessLicenceOfSample, identityOfChen, sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { breakStorage } from '../screens/break-storage.ts'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { becomeControlled, launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { writeCameraFile, writeFilm } from './camera.ts'
import { type Demo, startDemo } from './demo.ts'
import { enrolAtDesk, paste, readVerdict, receive, waitingOffers } from './people.ts'

const [OFFICE] = sampleOffices
const DEVICE = '一号窗口'
const SLOW = { timeout: 30_000 } as const
/** Frames of the film, which goes on from its start again: so many that a slow reader never sees the same few of them. */
const FILM_FRAMES = 17

const folder = mkdtempSync(join(tmpdir(), 'onetrip-ask-'))
const [walletSees, counterSees] = [join(folder, 'wallet.y4m'), join(folder, 'counter.y4m')]

let demo: Demo
let browsers: readonly Browser[] = []
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage
let request = ''
let answer = ''

beforeAll(async () => {
  demo = await startDemo()
  for (const file of [walletSees, counterSees]) writeCameraFile(file, undefined)
  const phone = await launchBrowser({ cameraFile: walletSees })
  const desk = await launchBrowser({ cameraFile: counterSees })
  browsers = [phone, desk]
  const common = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', permissions: ['camera'] }
  citizen = await phone.newContext({ viewport: { width: 390, height: 844 }, ...common })
  clerk = await desk.newContext({ viewport: { width: 1280, height: 800 }, ...common })
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/#/settings`)
  const [identity, , business] = await waitingOffers(demo)
  for (const offer of [identity, business]) {
    if (offer === undefined) throw new Error('the desk has no offer')
    await receive(wallet.page, offer)
  }
  await enrolAtDesk(counter.page, demo, { office: OFFICE?.id ?? '', name: DEVICE })
  for (const { page } of [wallet, counter]) await becomeControlled(page)
  await demo.kill()
  await citizen.setOffline(true)
  await clerk.setOffline(true)
})

afterAll(async () => {
  for (const browser of browsers) await browser.close()
  await demo?.stop()
  rmSync(folder, { recursive: true })
})

describe('an office asks, a citizen agrees, both keep proof', () => {
  test('the counter shows a request for what the clerk chose', async () => {
    const { page } = counter
    await page.goto(`${demo.counter}/#/`)
    await page.getByTestId('ask-link').click()
    await page.getByTestId('ask-choose').waitFor(SLOW)
    await page.getByTestId('ask-material-premises').uncheck()
    await page.getByTestId('ask-show').click()
    const code = page.getByTestId('ask-qr')
    await code.waitFor()
    request = (await code.getAttribute('data-text')) ?? ''
    expect(request).toMatch(/^OT1:/)
  })

  test('the wallet reads it, says who asks and what would be seen, and signs nothing before consent', async () => {
    writeCameraFile(walletSees, request)
    const { page } = wallet
    await page.goto(`${demo.wallet}/#/add`)
    await page.getByTestId('wanted').first().waitFor(SLOW)
    const words = (await page.getByTestId('request-screen').textContent()) ?? ''
    for (const said of [OFFICE?.name['zh-CN'], DEVICE, '开餐馆一件事', '办理开餐馆一件事']) {
      expect(words).toContain(said)
    }
    const [business, identity] = await page.getByTestId('wanted').allTextContents()
    expect(business).toContain(String(businessLicenceOfSample.facts.claims['address']))
    expect(identity).toContain(String(identityOfChen.facts.claims['idNumber']))
    expect(identity).not.toContain(String(identityOfChen.facts.claims['address']))
    expect(await page.getByTestId('wanted-hidden').last().textContent()).toContain('住址')
    await page.getByTestId('agree').click()
    const code = page.getByTestId('answer-screen').getByTestId('qr')
    await code.waitFor(SLOW)
    answer = (await code.getAttribute('data-text')) ?? ''
    expect(answer).toMatch(/^OT1F:/)
  })

  test('what cannot be put on record is not shown', async () => {
    const page = await citizen.newPage()
    await page.goto(`${demo.wallet}/#/add`)
    await page.getByTestId('wanted').first().waitFor(SLOW)
    await page.evaluate(breakStorage, ['put'] as const)
    await page.getByTestId('agree').click()
    await page.getByTestId('consent-trouble').waitFor()
    expect(await page.getByTestId('answer-screen').count()).toBe(0)
    await page.close()
  })

  test('the counter reads the answer: each fact at its material', async () => {
    const source = encodeFrames(decodeFrameLines(answer))
    const frames = Array.from({ length: FILM_FRAMES }, (_, at) => source.text(at))
    const { page } = counter
    await page.bringToFront()
    // A camera that is on may read the film while it is written.
    await page.getByTestId('camera-stop').click()
    writeFilm(counterSees, frames, { modulePixels: 4.5, noise: 4, rotationDegrees: 4 })
    await page.getByTestId('camera-start').click()
    const on = page.locator('[data-testid="scanner"][data-phase="on"]')
    await on.or(page.getByTestId('verdict')).first().waitFor()
    const from = performance.now()
    const verdict = await readVerdict(page)
    console.log(
      `answer of two licences (${source.count} parts): ${Math.round(performance.now() - from)} ms from the first frame to the verdict`,
    )
    expect(verdict).toMatchObject({ outcome: 'valid', code: '' })
    const materials = await page.getByTestId('answer-material').allTextContents()
    expect(materials).toHaveLength(2)
    expect(materials[0]).toContain(String(businessLicenceOfSample.facts.claims['scope']))
    expect(materials[1]).toContain(String(identityOfChen.facts.claims['idNumber']))
    expect(await page.getByTestId('evidence-device').textContent()).toContain(DEVICE)
    await lookInPassing(page, 'counter-ask-answer')
  })

  test('the citizen scans the receipt, which is verified and kept with the consent', async () => {
    const { page } = counter
    await page.getByTestId('give-receipt').click()
    await expectAccessible(page, 'the receipt at the counter')
    const receipt = (await page.getByTestId('receipt-qr').getAttribute('data-text')) ?? ''
    writeCameraFile(walletSees, receipt)
    await wallet.page.bringToFront()
    await wallet.page.getByTestId('scan-receipt').click()
    await wallet.page.getByTestId('receipt-kept').waitFor(SLOW)
    await expectAccessible(wallet.page, 'a receipt that was kept')
    await wallet.page.getByTestId('to-history').click()
    const consent = wallet.page.locator('[data-testid="history-list"] [data-kind="consent"]')
    expect(await consent.textContent()).toContain(OFFICE?.name['zh-CN'])
    expect(await consent.getByTestId('record-receipt').count()).toBe(1)
    await expectAccessible(wallet.page, 'the history with a consent')
  })

  test('the same answer counts once: it answers no later request', async () => {
    const { page } = counter
    await page.bringToFront()
    await page.getByTestId('receipt-done').click()
    await page.getByTestId('ask-show').click()
    await page.getByTestId('ask-qr').waitFor()
    await paste(page, answer)
    expect(await readVerdict(page)).toMatchObject({ outcome: 'invalid', code: 'key-binding/nonce' })
    expect(await page.getByTestId('give-receipt').count()).toBe(0)
  })

  test('the record names matter and materials, and no value', async () => {
    const { page } = counter
    await page.getByTestId('next-scan').click()
    await page.getByTestId('place-recent').click()
    const list = page.getByTestId('recent-list')
    await list.waitFor()
    expect(await list.getByText('开餐馆一件事').count()).toBe(2)
    await page.getByTestId('note-link').last().click()
    const note = (await page.getByTestId('note').textContent()) ?? ''
    expect(note).toContain('住所')
    expect(note).not.toContain(String(businessLicenceOfSample.facts.claims['address']))
    // Whoever did not get to scan the receipt can have it again.
    expect(await page.getByTestId('receipt-again').count()).toBe(1)
  })

  test('no page broke its content security policy', () => {
    expect([...wallet.complaints, ...counter.complaints]).toEqual([])
  })
})

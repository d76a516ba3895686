/** Looks into the databases of the faces, and does to the wallet's what a browser or a disk may do. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { loadAfresh } from './browser.ts'
import type { Demo } from './demo.ts'
import type { DeskOffer } from './people.ts'

/** One act on the database; runs in the page. */
export interface RowAct {
  readonly box: string
  /** Rows to put, by key. */
  readonly put?: Readonly<Record<string, unknown>>
  /** How many rows to delete, from the first. */
  readonly drop?: number
}

/** Does the act and gives the keys of the box afterwards. */
export function rows(page: Page, act: RowAct): Promise<readonly string[]> {
  return page.evaluate(async ({ box, put, drop }) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await done(indexedDB.open('onetrip-wallet'))
    const store = database.transaction(box, 'readwrite').objectStore(box)
    for (const [key, value] of Object.entries(put ?? {})) store.put(value, key)
    const first = await done(store.getAllKeys())
    for (const key of first.slice(0, drop ?? 0)) store.delete(key)
    const keys = await done(store.getAllKeys())
    database.close()
    return keys.map(String)
  }, act)
}

/** Deletes a database of the wallet's origin, from a page there that does not have it open. */
export async function forget(page: Page, wallet: string, name: string): Promise<void> {
  await page.goto(`${wallet}/icon.svg`)
  await page.evaluate(
    (database) =>
      new Promise<void>((done, fail) => {
        const deleting = indexedDB.deleteDatabase(database)
        deleting.onsuccess = () => done()
        deleting.onerror = () => fail(deleting.error)
      }),
    name,
  )
}

/** What a box of a database holds, as far as it can leave the page. */
export function storedIn(
  page: Page,
  from: { readonly database: string; readonly box: string },
): Promise<readonly unknown[]> {
  return page.evaluate(
    ({ database, box }) =>
      new Promise<readonly unknown[]>((done, fail) => {
        const opening = indexedDB.open(database)
        opening.onerror = () => fail(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction(box).objectStore(box).getAll()
          all.onerror = () => fail(all.error)
          all.onsuccess = () => {
            opening.result.close()
            done(all.result)
          }
        }
      }),
    from,
  )
}

let issued = 0

/** Issues another food licence by the API; at most 9999 in a worker. */
export async function issueOffer(
  demo: Demo,
  changes: { readonly name?: string; readonly validTo?: string } = {},
): Promise<DeskOffer> {
  const key = readFileSync(join(demo.dataDir, 'demo-api-key'), 'utf8').trim()
  const { facts, typeCode } = foodLicenceOfSample
  const { name = facts.claims['name'], validTo = facts.validTo } = changes
  issued += 1
  const serial = `JY2339901001${String(issued).padStart(4, '0')}`
  const response = await fetch(`${demo.api}/api/licences`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Idempotency-Key': serial,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      type: typeCode,
      serial,
      validFrom: facts.validFrom,
      validTo,
      claims: { ...facts.claims, name },
    }),
  })
  const answer = (await response.json()) as {
    readonly offer: { readonly uri: string }
    readonly txCode: string
  }
  if (!response.ok) throw new Error(`issuing: ${JSON.stringify(answer)}`)
  return { link: answer.offer.uri, txCode: answer.txCode }
}

/** Opens an offer and accepts it; what becomes of it is the test's. */
export async function accept(page: Page, offer: DeskOffer): Promise<void> {
  await loadAfresh(page, offer.link)
  await page.getByTestId('txcode-input').fill(offer.txCode)
  await page.getByTestId('accept-offer').click()
}

/** From the next load on, a transaction that has put into the box has its rows and never completes. */
export async function holdWrites(page: Page, box: string): Promise<void> {
  await page.addInitScript((held) => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given)
      if (this.name === held) {
        const hold = () => {
          document.documentElement.dataset['held'] = 'yes'
          this.count().onsuccess = hold
        }
        request.addEventListener('success', hold)
      }
      return request
    }
  }, box)
}

/** Waits for a transaction of {@link holdWrites}. */
export function isHeld(page: Page): Promise<void> {
  return page.locator('html[data-held="yes"]').waitFor({ timeout: 60_000, state: 'attached' })
}

/** Ends the process of a page, as the system does when memory is short. */
export async function crash(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  devtools.send('Page.crash').catch(() => undefined)
  await crashed
}

/** Does work while the browser has no room left for an origin. */
export async function withFullDisk(
  page: Page,
  origin: string,
  work: () => Promise<void>,
): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  try {
    // Chromium reckons with the room it last knew for some seconds, and each try costs a write and a message.
    await expect
      .poll(() => page.evaluate(writeElsewhere), { timeout: 60_000, interval: 1_000 })
      .toBe('QuotaExceededError')
    await work()
  } finally {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin })
    await devtools.detach()
  }
}

/** Writes into another database of the same origin; gives the name of what went wrong. */
async function writeElsewhere(): Promise<string> {
  const opening = indexedDB.open('probe', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('box')
  await new Promise((done) => {
    opening.onsuccess = done
    opening.onerror = done
  })
  if (opening.error !== null) return opening.error.name
  const transaction = opening.result.transaction('box', 'readwrite')
  transaction.objectStore('box').put('x'.repeat(100_000), 'key')
  return await new Promise<string>((done) => {
    transaction.oncomplete = () => done('')
    transaction.onabort = () => done(transaction.error?.name ?? 'abort')
  }).finally(() => opening.result.close())
}

/** Runs in the page: puts the licences into a database of layout 1, as the first version of the wallet stored them. */
export async function backToLayoutOne(): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const present = await done(indexedDB.open('onetrip-wallet'))
  const licences = await done(present.transaction('licences').objectStore('licences').getAll())
  present.close()
  await done(indexedDB.deleteDatabase('onetrip-wallet'))
  const opening = indexedDB.open('onetrip-wallet', 1)
  opening.onupgradeneeded = () => {
    for (const box of ['licences', 'receipts', 'trials']) opening.result.createObjectStore(box)
  }
  const first = await done(opening)
  const box = first.transaction('licences', 'readwrite').objectStore('licences')
  for (const licence of licences) await done(box.put(licence, licence.id))
  first.close()
}

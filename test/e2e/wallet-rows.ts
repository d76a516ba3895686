/** Looks into the wallet's database, and does to it what a browser or a disk may do. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import type { Page } from 'playwright-core'
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

/** Issues a food licence by the API; each `order`, 1 to 9999, once in a demo. */
export async function issueOffer(
  demo: Demo,
  changes: { readonly order: number; readonly name?: string },
): Promise<DeskOffer> {
  const key = readFileSync(join(demo.dataDir, 'demo-api-key'), 'utf8').trim()
  const { facts, typeCode } = foodLicenceOfSample
  const { name = facts.claims['name'], order } = changes
  const serial = `JY2339901001${String(order).padStart(4, '0')}`
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
      validTo: facts.validTo,
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

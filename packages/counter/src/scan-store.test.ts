/** Whatever becomes of the counter's storage, a repeated code is noticed on this page, and nothing rejects. */
import { describe, expect, test } from 'vitest'
import type { ScanRecord } from './scan-record.ts'
import { openScanStore, type ScanDisk } from './scan-store.ts'

const NOW = 1_796_000_000
const RECORD: ScanRecord = { format: 1, id: 'one', at: NOW, outcome: 'valid' }

type Rows = Record<string, Map<string, unknown>>

/** A store in memory; `fails` makes every act reject. */
function disk(rows: Rows, fails: () => boolean = () => false): ScanDisk {
  const box = (name: string) => {
    if (fails()) throw new DOMException('gone', 'InvalidStateError')
    rows[name] ??= new Map()
    return rows[name]
  }
  return {
    getAll: async (name) => [...box(name).values()],
    entries: async (name) => [...box(name)].map(([key, value]) => ({ key, value })),
    clear: async (name) => box(name).clear(),
    write: async (changes) => {
      for (const { box: name, key, value } of changes) {
        if (value === undefined) box(name).delete(key)
        else box(name).set(key, value)
      }
    },
    close: () => undefined,
  }
}

describe('a storage that', () => {
  test('is whole keeps record and mark, for the next page too', async () => {
    const rows: Rows = {}
    const store = await openScanStore(async () => disk(rows))
    expect(await store.add(RECORD, ['id'])).toBe(true)
    const next = await openScanStore(async () => disk(rows))
    expect(await next.recent()).toEqual([RECORD])
    expect(await next.seen(NOW + 86_399)).toEqual(['id'])
    expect(await next.seen(NOW + 86_400)).toEqual([])
  })

  test.each([
    ['was refused', async () => Promise.reject(new Error('refused'))],
    ['cannot be written', async () => disk({}, () => true)],
  ])('%s says so, and the mark counts on this page', async (_, open) => {
    const store = await openScanStore(open)
    expect(await store.add(RECORD, ['id'])).toBe(false)
    expect(await store.seen(NOW)).toEqual(['id'])
    expect(await store.recent()).toEqual([])
    await store.prune(NOW)
    await store.eraseRecent()
  })

  test('was cleared under the page is opened again', async () => {
    let gone = false
    const rows: Rows = {}
    const stores = [disk(rows, () => gone), disk(rows)]
    const store = await openScanStore(async () => stores.shift() ?? disk(rows))
    gone = true
    expect(await store.add(RECORD, ['id'])).toBe(true)
    expect(await store.seen(NOW)).toEqual(['id'])
  })

  test('holds damaged rows shows the others, and no mark is lost', async () => {
    const recent = new Map<string, unknown>([
      ['null', null],
      ['no time', { format: 1, id: 'x', outcome: 'valid' }],
      ['no such time', { format: 1, id: 'x', at: 1e300, outcome: 'valid' }],
      ['later', { format: 2, id: 'x', at: NOW, outcome: 'valid' }],
      ['one', RECORD],
    ])
    const seen = new Map<string, unknown>([['broken', null]])
    const store = await openScanStore(async () => disk({ recent, seen }))
    expect(await store.recent()).toEqual([RECORD])
    expect(await store.seen(NOW)).toEqual(['broken'])
    await store.prune(NOW + 90 * 86_400)
    expect([...recent.keys()]).toEqual(['null', 'no time', 'no such time', 'later'])
  })
})

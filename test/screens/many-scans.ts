/** A busy counter's records, written into its database as the counter itself would; runs in the page. */

/** How many scans, the last of them at `now` (Unix seconds), nine minutes apart. */
export interface Seeding {
  readonly count: number
  readonly now: number
}

/** Fills the recent list of the counter that is open in this page. */
export async function seedScans({ count, now }: Seeding): Promise<void> {
  const kinds = [
    { outcome: 'valid', mode: 'live' },
    { outcome: 'valid', mode: 'live' },
    { outcome: 'caution', mode: 'copy', code: 'presentation/copy' },
    { outcome: 'invalid', mode: 'live', code: 'status/suspended' },
    { outcome: 'unverifiable', code: 'qr/not-a-credential' },
    { outcome: 'invalid', mode: 'live', code: 'signature/invalid' },
  ]
  const opening = indexedDB.open('onetrip-counter')
  const database = await new Promise<IDBDatabase>((done) => {
    opening.onsuccess = () => done(opening.result)
  })
  const transaction = database.transaction('recent', 'readwrite')
  for (let index = 0; index < count; index += 1) {
    const id = `${String(index + 10_000_000).padStart(8, '0')}-0000-4000-8000-000000000000`
    const { outcome, ...rest } = kinds[index % kinds.length] ?? { outcome: 'valid' }
    const known = outcome === 'unverifiable' ? {} : knownFacts(index)
    transaction
      .objectStore('recent')
      .put({ format: 1, id, at: now - 60 - index * 540, outcome, ...rest, ...known }, id)
  }
  await new Promise<void>((done) => {
    transaction.oncomplete = () => done()
  })
  database.close()

  function knownFacts(index: number): object {
    return index % 3 === 0
      ? {
          typeName: { 'zh-CN': '居民身份电子证照', en: 'Resident identity licence' },
          issuerName: { 'zh-CN': '虚构市公安局', en: 'Public Security Bureau of Xugou' },
          holder: '陈**',
        }
      : {
          typeName: { 'zh-CN': '食品经营许可证', en: 'Food business licence' },
          issuerName: {
            'zh-CN': '虚构市市场监督管理局',
            en: 'Market Regulation Bureau of Xugou',
          },
          holder: '虚构市云栖样例餐饮有限公司',
        }
  }
}

/**
 * A marker outside IndexedDB that says how many licences were here: browsers may clear one storage and leave the other,
 * and then the wallet says "receive again", never "no licences" (WA03). It stands in two places: Chromium clears
 * CacheStorage together with IndexedDB, some others localStorage first.
 */
const CACHE = 'onetrip-marker'
const MARKER = '/marker/licences-held'

/** Notes how many licences this device holds; none once the holder deleted the last one. */
export async function noteHeld(count: number): Promise<void> {
  // Where a place is refused an eviction may go unnoticed; nothing else depends on the marker.
  await Promise.allSettled([noteInCache(count), noteOutside(count)])
}

/** How many licences were held here and not deleted by the holder. */
export async function heldBefore(): Promise<number> {
  const found = await Promise.allSettled([readInCache(), readOutside()])
  return Math.max(...found.map((one) => (one.status === 'fulfilled' ? countIn(one.value) : 0)))
}

async function noteInCache(count: number): Promise<void> {
  const cache = await caches.open(CACHE)
  if (count > 0) {
    // A full disk takes no lower count either; none is better than one that calls what was deleted lost.
    await cache.put(MARKER, new Response(String(count))).catch(() => cache.delete(MARKER))
  } else {
    await cache.delete(MARKER)
  }
}

async function noteOutside(count: number): Promise<void> {
  if (count > 0) localStorage.setItem(CACHE, String(count))
  else localStorage.removeItem(CACHE)
}

async function readInCache(): Promise<string | undefined> {
  const cache = await caches.open(CACHE)
  return (await cache.match(MARKER))?.text()
}

async function readOutside(): Promise<string | undefined> {
  return localStorage.getItem(CACHE) ?? undefined
}

function countIn(text: string | undefined): number {
  return text === undefined ? 0 : Math.max(1, Number.parseInt(text, 10) || 0)
}

/**
 * A marker outside IndexedDB that says how many licences were here: browsers may clear one storage and
 * leave the other, and then the wallet says "receive again", never "no licences" (WA03).
 */
const CACHE = 'onetrip-marker'
const MARKER = '/marker/licences-held'

/** Notes how many licences this device holds; none once the holder deleted the last one. */
export async function noteHeld(count: number): Promise<void> {
  try {
    const cache = await caches.open(CACHE)
    await (count > 0 ? cache.put(MARKER, new Response(String(count))) : cache.delete(MARKER))
  } catch {
    // Without CacheStorage an eviction goes unnoticed; nothing else depends on the marker.
    return
  }
}

/** How many licences were held here and not deleted by the holder. */
export async function heldBefore(): Promise<number> {
  try {
    const cache = await caches.open(CACHE)
    const text = await (await cache.match(MARKER))?.text()
    return text === undefined ? 0 : Math.max(1, Number.parseInt(text, 10) || 0)
  } catch {
    return 0
  }
}

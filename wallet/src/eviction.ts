/**
 * A marker outside IndexedDB that says "licences were here": browsers may clear one storage and
 * leave the other, and then the wallet says "receive again", never "no licences" (WA03).
 */
const CACHE = 'onetrip-marker'
const MARKER = '/marker/licences-held'

/** Notes that this device holds licences, or that the holder deleted the last one. */
export async function markHeld(holds = true): Promise<void> {
  try {
    const cache = await caches.open(CACHE)
    await (holds ? cache.put(MARKER, new Response('1')) : cache.delete(MARKER))
  } catch {
    // Without CacheStorage an eviction goes unnoticed; nothing else depends on the marker.
    return
  }
}

/** Says whether licences were held here and not deleted by the holder. */
export async function wasHeld(): Promise<boolean> {
  try {
    const cache = await caches.open(CACHE)
    return (await cache.match(MARKER)) !== undefined
  } catch {
    return false
  }
}

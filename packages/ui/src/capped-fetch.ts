/** Fetching trust data: a size cap, a deadline, no redirects, no cookies (case ST09, TR07). */

/** What may come back. */
export interface FetchLimits {
  readonly maxBytes: number
}

/** Fetches a resource whole; answers `undefined` when there certainly is none (404), or rejects. */
export type CappedFetch = (url: string, limits: FetchLimits) => Promise<Uint8Array | undefined>

const DEADLINE_MS = 15_000

/** Fetches `url`; rejects on redirects, statuses other than 200 and 404, too many bytes and after 15 s. */
export const cappedFetch: CappedFetch = async (url, { maxBytes }) => {
  const response = await fetch(url, {
    cache: 'no-cache',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(DEADLINE_MS),
  })
  if (response.status === 404) return undefined
  if (response.status !== 200 || response.body === null) throw new Error('not available')
  return readCapped(response.body, maxBytes)
}

async function readCapped(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw new Error('larger than allowed')
    }
    parts.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

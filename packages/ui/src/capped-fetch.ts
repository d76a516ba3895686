/** Fetching trust data: a size cap, a deadline, no redirects, no cookies (case ST09, TR07). */
import { fault } from '@onetrip/codec'

/** What may come back. */
export interface FetchLimits {
  readonly maxBytes: number
}

/** Fetches a resource whole; answers `undefined` when there certainly is none (404), or rejects. */
export type CappedFetch = (url: string, limits: FetchLimits) => Promise<Uint8Array | undefined>

const DEADLINE_MS = 15_000

/** Fetches with a deadline of 15 s over the whole answer; see {@link cappedFetchWithin}. */
export const cappedFetch: CappedFetch = cappedFetchWithin(DEADLINE_MS)

/**
 * Fetches that reject on redirects, credentials in the address, statuses other than 200 and 404, and after the deadline,
 * however slowly bytes go on coming; more bytes than allowed are `trust/too-large`, counted as they come, once inflated.
 */
export function cappedFetchWithin(deadlineMs: number): CappedFetch {
  return async (url, { maxBytes }) => {
    const response = await fetch(url, {
      cache: 'no-cache',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(deadlineMs),
    })
    if (response.status === 200 && response.body !== null) {
      return readCapped(response.body, maxBytes)
    }
    await response.body?.cancel()
    if (response.status === 404) return undefined
    throw new Error('not available')
  }
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
      throw fault('trust/too-large')
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

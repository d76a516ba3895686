/**
 * What stands behind an agency's acts: openings of their commitments, as the API tells them (`GET /api/log/entries`), or a file in which
 * such an answer was kept. An opening proves itself, so it does not matter where it came from.
 */
import {
  equalBytes,
  Fault,
  fault,
  fromBase64url,
  isObject,
  type JsonObject,
  parseJson,
  sha256,
} from '@onetrip/codec'
import { type ActEntry, type Fact, readOpening } from '@onetrip/log'
import { fetchCapped } from '../log/fetch-log.ts'

const PAGE = 256
const LIMITS = { maxBytes: 64_000_000, maxItems: 4_000_000 }

/** Openings by the index of their entry. */
export type Openings = ReadonlyMap<number, Uint8Array>

/** The facts of one act. */
export type Facts = ReadonlyMap<string, Fact>

/** Reads an answer of the API, JSON `{ "entries": [{ "index", "opening" }] }`. Throws `network/not-json` and what `parseJson` throws. */
export function parseOpenings(bytes: Uint8Array): {
  readonly openings: Openings
  readonly next?: number
} {
  const json = parseJson(bytes, LIMITS)
  const { entries, next } = isObject(json) ? json : {}
  if (!Array.isArray(entries)) throw fault('network/not-json')
  const openings = new Map<number, Uint8Array>()
  for (const entry of entries) {
    const { index, opening }: JsonObject = isObject(entry) ? entry : {}
    if (typeof index !== 'number') throw fault('network/not-json')
    if (typeof opening === 'string') openings.set(index, fromBase64url(opening))
  }
  return { openings, ...(typeof next === 'number' ? { next } : {}) }
}

/** Asks the API for the openings of an agency's entries from an index on, the newest first. Throws as {@link parseOpenings} and `network/…`. */
export async function fetchOpenings(options: {
  /** Origin of the API. */
  readonly origin: string
  readonly apiKey: string
  readonly agency: string
  readonly from: number
}): Promise<Openings> {
  const { origin, apiKey, agency, from } = options
  const all = new Map<number, Uint8Array>()
  let before: number | undefined
  for (;;) {
    const query = new URLSearchParams({ agency, limit: String(PAGE) })
    if (before !== undefined) query.set('before', String(before))
    const url = new URL(`/api/log/entries?${query}`, origin)
    const page = parseOpenings(await fetchCapped(url, { Authorization: `Bearer ${apiKey}` }))
    for (const [index, opening] of page.openings) all.set(index, opening)
    const { next } = page
    // A page that leads no further back would be asked for for ever.
    if (next === undefined || next <= from || next >= (before ?? Infinity)) return all
    before = next
  }
}

/** The facts of an act by its opening; undefined where there is none, or one that is another's. */
export function factsOf(
  { commitment }: ActEntry,
  opening: Uint8Array | undefined,
): Facts | undefined {
  if (opening === undefined || !equalBytes(sha256(opening), commitment)) return undefined
  try {
    return readOpening(opening)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

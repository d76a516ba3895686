/** Entries as a server's API tells them: of that only the entry's bytes count, and the facts that their commitment holds. */
import { equalBytes, fault, fromBase64url, isObject, type JsonValue, sha256 } from '@onetrip/codec'
import { type Fact, type LogEntry, leafHash, parseEntry, readOpening } from '@onetrip/log'
import { printable } from '../printable.ts'
import type { ServerApi } from '../server-api.ts'
import { utc } from '../utc.ts'

/** An entry that was told. */
export interface ToldEntry {
  readonly index: number
  readonly entry: LogEntry
  readonly leaf: Uint8Array
  /** Proven by the entry's commitment. */
  readonly facts: ReadonlyMap<string, Fact>
}

/** A page of them. */
export interface ToldPage {
  readonly entries: readonly ToldEntry[]
  /** Where the next page begins; absent on the last. */
  readonly next?: number
}

/** Asks `/api/log/entries`. Throws the server's `Fault`, `network/not-json`, `log/entry`, and `log/proof` for facts of another entry. */
export async function toldEntries(
  api: ServerApi,
  query: Readonly<Record<string, string | undefined>>,
): Promise<ToldPage> {
  const asked = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const { entries, next } = await api.call(`/entries?${new URLSearchParams(asked)}`)
  if (!Array.isArray(entries)) throw fault('network/not-json')
  const told = entries.map(readTold)
  return { entries: told, ...(typeof next === 'number' ? { next } : {}) }
}

/** One line for people. */
export function describeEntry({ index, entry, facts }: ToldEntry): string {
  const said = [...facts].map(([name, fact]) => `${name}=${fact}`)
  return printable([`#${index}`, ...wordsOf(entry), ...said].join(' '))
}

function wordsOf(entry: LogEntry): readonly string[] {
  switch (entry.kind) {
    case 'issuance':
      return [entry.kind, entry.issuer, entry.type, timeOf(entry.issuedAt)]
    case 'impression':
      return [entry.kind, entry.maker, entry.seal, timeOf(entry.issuedAt)]
    case 'act':
      return [timeOf(entry.at), entry.act, entry.agency ?? '-']
  }
}

function timeOf(seconds: number | undefined): string {
  return seconds === undefined ? '-' : utc(seconds)
}

function readTold(json: JsonValue): ToldEntry {
  if (!isObject(json)) throw fault('network/not-json')
  const { index, entry: encoded, opening } = json
  if (typeof index !== 'number' || typeof encoded !== 'string') throw fault('network/not-json')
  const bytes = fromBase64url(encoded)
  const entry = parseEntry(bytes)
  return { index, entry, leaf: leafHash(bytes), facts: factsOf(entry, opening) }
}

function factsOf(entry: LogEntry, opening: JsonValue | undefined): ReadonlyMap<string, Fact> {
  if (entry.kind !== 'act' || typeof opening !== 'string') return new Map()
  const bytes = fromBase64url(opening)
  if (!equalBytes(sha256(bytes), entry.commitment)) throw fault('log/proof')
  return readOpening(bytes)
}

/** What a monitor keeps between rounds, in one file: how far it followed the log, and what it remembers of officers. */

import { readFile } from 'node:fs/promises'
import {
  Fault,
  fromBase64url,
  isObject,
  type JsonValue,
  parseJson,
  toBase64url,
  utf8Decode,
  utf8Encode,
} from '@onetrip/codec'
import type { VerifierKey } from '@onetrip/log'
import { printable } from '../printable.ts'
import { isMissing, writeDurably } from '../store/durable-write.ts'
import { UsageError } from '../usage.ts'
import { type Followed, keptBy } from './follow-log.ts'
import type { Memory, Officer, Pair } from './review-entries.ts'

const FORMAT = 1
const LIMITS = { maxBytes: 64_000_000, maxItems: 4_000_000 }
/** Nobody's last acts matter longer. */
const FORGET_SECONDS = 7 * 86_400

/** The state. */
export interface MonitorState {
  readonly followed: Followed
  readonly memory: Memory
}

/** Reads the state of a log; undefined where there is none yet. Throws `UsageError` for a file that is none, or another log's. */
export async function loadState(file: string, log: VerifierKey): Promise<MonitorState | undefined> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw new UsageError(`cannot read ${printable(file)}`)
  })
  if (bytes === undefined) return undefined
  try {
    return await parseState(parseJson(bytes, LIMITS), log)
  } catch (error) {
    if (!(error instanceof Fault) && !(error instanceof TypeError)) throw error
    const cause = error instanceof Fault ? error : undefined
    throw new UsageError(`${printable(file)} is no state of a monitor of this log`, cause)
  }
}

/** Writes the state in place of the one before. Throws `UsageError`. */
export async function saveState(file: string, { followed, memory }: MonitorState): Promise<void> {
  const newest = Math.max(0, ...[...memory.officers.values()].map(({ times }) => times.at(-1) ?? 0))
  const officers = [...memory.officers]
    .filter(([, { times }]) => (times.at(-1) ?? 0) > newest - FORGET_SECONDS)
    .map(([officer, { times, isTold }]) => ({ officer, times, isTold }))
  const json = {
    format: FORMAT,
    note: utf8Decode(followed.note),
    hashes: followed.hashes.map(toBase64url),
    officers,
    pairs: memory.pairs,
  }
  await writeDurably(file, utf8Encode(`${JSON.stringify(json)}\n`)).catch(() => {
    throw new UsageError(`cannot write ${printable(file)}`)
  })
}

async function parseState(json: JsonValue, log: VerifierKey): Promise<MonitorState> {
  const { format, note, hashes, officers, pairs } = isObject(json) ? json : {}
  if (format !== FORMAT || typeof note !== 'string') throw new TypeError('monitor: no state')
  const followed = await keptBy(log, {
    note: utf8Encode(note),
    hashes: listOf(hashes, (hash) => fromBase64url(textOf(hash))),
  })
  const memory = {
    officers: new Map(listOf(officers, parseOfficer)),
    pairs: listOf(pairs, parsePair),
  }
  return { followed, memory }
}

function parseOfficer(json: JsonValue): readonly [string, Officer] {
  const { officer, times, isTold } = isObject(json) ? json : {}
  return [textOf(officer), { times: listOf(times, numberOf), isTold: isTold === true }]
}

function parsePair(json: JsonValue): Pair {
  const { requester, keeper, use, count } = isObject(json) ? json : {}
  return {
    requester: textOf(requester),
    keeper: textOf(keeper),
    use: textOf(use),
    count: numberOf(count),
  }
}

function listOf<Item>(
  json: JsonValue | undefined,
  parse: (item: JsonValue) => Item,
): readonly Item[] {
  if (!Array.isArray(json)) throw new TypeError('monitor: no list')
  return json.map(parse)
}

function textOf(json: JsonValue | undefined): string {
  if (typeof json !== 'string') throw new TypeError('monitor: no text')
  return json
}

function numberOf(json: JsonValue | undefined): number {
  if (typeof json !== 'number') throw new TypeError('monitor: no number')
  return json
}

/**
 * The checkpoints of logs that are published with the trust data (target `log/checkpoints.json`): by them a receipt is known to be
 * of the one history that everybody sees. A checkpoint counts where its log signed it and enough witnesses of the trust list cosigned
 * it; its signatures are looked at when somebody asks for it, once.
 */
import { equalBytes, fault, type JsonValue, toHex, utf8Encode } from '@onetrip/codec'
import { type Checkpoint, openCheckpoint, readUnverifiedCheckpoint } from '@onetrip/log'
import { arrayOf, assertMembers, objectOf } from './trust-list-members.ts'
import type { TrustedLog } from './trusted-logs.ts'
import { settle } from './tuf/store-and-fetcher.ts'

/** `kind` of the document. */
export const CHECKPOINTS_KIND = 'onetrip-log-checkpoints'

/** Largest document in bytes, and how many values it may hold; for `parseJson`. */
export const CHECKPOINT_LIMITS = { maxBytes: 524_288, maxItems: 8_192 } as const

/** A checkpoint as it is published; nobody has looked at its signatures. */
export interface ListedCheckpoint extends Checkpoint {
  /** The signed note. */
  readonly note: Uint8Array
}

/** A checkpoint that counts: (log, size, root) is what the log stands by, and its witnesses. */
export interface Anchor extends Checkpoint {
  /** How many of the log's witnesses cosigned it. */
  readonly witnesses: number
}

/** A log of the trust list with what is published of it. */
export interface OpenedLog extends TrustedLog {
  /** Entries of the published checkpoints that are this log's, ascending; not all of them need to count. */
  readonly sizes: readonly number[]
  /** The anchor of this root; undefined where none counts. */
  readonly anchorOf: (root: Uint8Array) => Promise<Anchor | undefined>
  /** The anchor of this many entries; undefined where none counts. */
  readonly anchorAt: (size: number) => Promise<Anchor | undefined>
}

/**
 * Reads `{kind, format: 1, checkpoints: [note]}`, ascending by log and size, none twice. Throws `trust/format`, `note/format`,
 * `checkpoint/format`.
 */
export function parseCheckpoints(json: JsonValue): readonly ListedCheckpoint[] {
  const document = objectOf(json)
  assertMembers(document, { required: ['kind', 'format', 'checkpoints'] })
  if (document['kind'] !== CHECKPOINTS_KIND || document['format'] !== 1) throw fault('trust/format')
  const listed = arrayOf(document['checkpoints']).map(parseNote)
  for (const [at, one] of listed.entries()) {
    const before = listed[at - 1]
    if (before !== undefined && !isInOrder(before, one)) throw fault('trust/format')
  }
  return listed
}

/** Logs with those of the checkpoints that are theirs; checkpoints of other logs say nothing. */
export function openLogs(
  logs: readonly TrustedLog[],
  checkpoints: readonly ListedCheckpoint[],
): readonly OpenedLog[] {
  return logs.map((log) => openLog(log, checkpoints))
}

/**
 * Refuses checkpoints that contradict each other: of one log as many entries, and another root, both of which count. It is
 * `log/fork`: the log shows two histories.
 */
export async function assertOneHistory(
  logs: readonly TrustedLog[],
  checkpoints: readonly ListedCheckpoint[],
): Promise<void> {
  for (const log of logs) {
    const roots = new Map<number, ListedCheckpoint>()
    for (const listed of checkpoints.filter(({ origin }) => origin === log.name)) {
      const other = roots.get(listed.size) ?? listed
      roots.set(listed.size, other)
      if (equalBytes(other.root, listed.root)) continue
      const counted = await Promise.all([openAnchor(log, other), openAnchor(log, listed)])
      if (!counted.includes(undefined)) throw fault('log/fork')
      // The one that counts is what the next is held against.
      if (counted[0] === undefined) roots.set(listed.size, listed)
    }
  }
}

function parseNote(json: JsonValue): ListedCheckpoint {
  if (typeof json !== 'string') throw fault('trust/format')
  const note = utf8Encode(json)
  return { ...readUnverifiedCheckpoint(note), note }
}

/** Two that are of one log and one size differ in their roots, or are the same twice. */
function isInOrder(one: Checkpoint, other: Checkpoint): boolean {
  if (one.origin !== other.origin) return one.origin < other.origin
  return one.size < other.size || (one.size === other.size && !equalBytes(one.root, other.root))
}

function openLog(log: TrustedLog, checkpoints: readonly ListedCheckpoint[]): OpenedLog {
  const own = checkpoints.filter(({ origin }) => origin === log.name)
  const opened = new Map<ListedCheckpoint, Promise<Anchor | undefined>>()
  const open = (listed: ListedCheckpoint): Promise<Anchor | undefined> => {
    const anchor = opened.get(listed) ?? openAnchor(log, listed)
    opened.set(listed, anchor)
    return anchor
  }
  const bySize = Map.groupBy(own, ({ size }) => size)
  const byRoot = Map.groupBy(own, ({ root }) => toHex(root))
  return {
    ...log,
    sizes: [...bySize.keys()],
    anchorOf: (root) => firstOf((byRoot.get(toHex(root)) ?? []).map(open)),
    anchorAt: (size) => firstOf((bySize.get(size) ?? []).map(open)),
  }
}

async function openAnchor(
  log: TrustedLog,
  { note }: ListedCheckpoint,
): Promise<Anchor | undefined> {
  const { key, witnesses, quorum } = log
  const policy = { log: key, witnesses, threshold: quorum }
  const opened = await settle(() => openCheckpoint(note, policy))
  if ('code' in opened) return undefined
  const { origin, size, root, cosigned } = opened.value
  return { origin, size, root, witnesses: cosigned.length }
}

async function firstOf(
  anchors: readonly Promise<Anchor | undefined>[],
): Promise<Anchor | undefined> {
  return (await Promise.all(anchors)).find((anchor) => anchor !== undefined)
}

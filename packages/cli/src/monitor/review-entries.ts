/**
 * What an agency should know of the new entries in its name: licences and uses of its seals that it did not expect, and patterns that
 * a login in wrong hands leaves: work at night, many acts of one officer, two people who only ever approve each other.
 */
import { toBase64url, toHex } from '@onetrip/codec'
import type { ActEntry, LogEntry } from '@onetrip/log'
import { type Facts, factsOf, type Openings } from './agency-facts.ts'
import type { NewEntry } from './follow-log.ts'
import { isWorkingTime, type WorkingHours } from './working-hours.ts'

/** Whose entries are looked at, and what is unusual. */
export interface Watch {
  /** USCC. */
  readonly agency: string
  /** Numbers of its seals. */
  readonly seals: ReadonlySet<string>
  readonly hours: WorkingHours
  /** More acts of one officer than this within so many seconds. */
  readonly burst: { readonly acts: number; readonly seconds: number }
  /** So many approvals by one keeper for one requester, neither of whom has another. */
  readonly pair: number
  /** Actors that are systems: they keep no hours and know no haste. */
  readonly systems: ReadonlySet<string>
}

/** What is told. */
export interface Alert {
  readonly alert:
    | 'licence-unexpected'
    | 'seal-use-unexpected'
    | 'facts-missing'
    | 'out-of-hours'
    | 'burst'
    | 'same-pair'
    | 'witness-silent'
  /** Of the entry. */
  readonly index?: number
  /** Epoch seconds. */
  readonly at?: number
  readonly details: Readonly<Record<string, string>>
}

/** What is remembered from one review to the next. */
export interface Memory {
  readonly officers: ReadonlyMap<string, Officer>
  readonly pairs: readonly Pair[]
}

/** An officer's last acts, and whether they are told as a burst. */
export interface Officer {
  /** Epoch seconds, oldest first. */
  readonly times: readonly number[]
  readonly isTold: boolean
}

/** How often a keeper approved what a requester asked. */
export interface Pair {
  readonly requester: string
  readonly keeper: string
  /** The use that was counted last: it may be of several files. */
  readonly use: string
  readonly count: number
}

/** Nothing yet. */
export const NO_MEMORY: Memory = { officers: new Map(), pairs: [] }

/** Facts by which an expected list may name what was issued or sealed. */
const NAMING = ['licence', 'credential', 'use', 'file'] as const
/** What people do; without its facts nobody knows whether a person did it. */
const PERSONAL = /^(licence|seal|seal-use)\//

/** Whether an entry is in the agency's name. */
export function concerns(
  entry: LogEntry,
  { agency, seals }: Pick<Watch, 'agency' | 'seals'>,
): boolean {
  switch (entry.kind) {
    case 'issuance':
      // The JWS form names the issuer by an address of the server's.
      return entry.issuer === agency || entry.issuer.endsWith(`/a/${agency}`)
    case 'impression':
      return seals.has(entry.seal)
    case 'act':
      return entry.agency === agency
  }
}

/** Reviews entries that concern the agency, in their order; without `openings` or `expected` what needs them is left out. */
export function reviewEntries(
  entries: readonly NewEntry[],
  options: {
    readonly watch: Watch
    readonly memory: Memory
    readonly openings: Openings | undefined
    /** Leaf hashes or digests (base64url or hexadecimal), ids of licences, credentials, seal uses, digests of files. */
    readonly expected: ReadonlySet<string> | undefined
  },
): { readonly alerts: readonly Alert[]; readonly memory: Memory } {
  const { watch, openings, expected } = options
  const opened = entries.map((one) => ({ ...one, facts: openedFacts(one, openings) }))
  const names = namesByDigest(opened)
  const alerts: Alert[] = []
  let memory = options.memory
  for (const one of opened) {
    const { entry, facts } = one
    if (entry.kind !== 'act') {
      if (expected !== undefined && !isExpected(one, names, expected)) {
        alerts.push(unexpected(one, names))
      }
      continue
    }
    if (facts === undefined && openings !== undefined) {
      alerts.push({ alert: 'facts-missing', ...placeOf(one), details: { act: entry.act } })
    }
    const told = reviewAct({ ...one, entry }, watch, memory)
    alerts.push(...told.alerts)
    memory = told.memory
  }
  return { alerts, memory }
}

type Opened = NewEntry & { readonly facts: Facts | undefined }

function openedFacts(
  { index, entry }: NewEntry,
  openings: Openings | undefined,
): Facts | undefined {
  return entry.kind === 'act' ? factsOf(entry, openings?.get(index)) : undefined
}

/** What acts say of the things whose digest they name. */
function namesByDigest(entries: readonly Opened[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>()
  for (const { facts } of entries) {
    const digest = facts?.get('digest')
    if (typeof digest === 'string') {
      names.set(
        digest,
        NAMING.map((name) => String(facts?.get(name) ?? '')),
      )
    }
  }
  return names
}

function isExpected(
  { leaf, entry }: Opened,
  names: ReadonlyMap<string, readonly string[]>,
  expected: ReadonlySet<string>,
): boolean {
  if (entry.kind === 'act') return true
  const { digest } = entry
  const texts = [leaf, digest].flatMap((bytes) => [toBase64url(bytes), toHex(bytes)])
  return [...texts, ...(names.get(toBase64url(digest)) ?? [])].some((text) => expected.has(text))
}

function unexpected(one: Opened, names: ReadonlyMap<string, readonly string[]>): Alert {
  const { entry, leaf } = one
  const isLicence = entry.kind === 'issuance'
  const said = entry.kind === 'act' ? [] : (names.get(toBase64url(entry.digest)) ?? [])
  // What the act behind it says that it is of; absent where its facts are not known.
  const named = NAMING.flatMap((name, at) => (said[at] ? [[name, said[at]]] : []))
  const what = isLicence
    ? { type: entry.type }
    : entry.kind === 'impression'
      ? { seal: entry.seal }
      : {}
  return {
    alert: isLicence ? 'licence-unexpected' : 'seal-use-unexpected',
    ...placeOf(one),
    details: { ...what, ...Object.fromEntries(named), leaf: toBase64url(leaf) },
  }
}

function placeOf({ index, entry }: NewEntry): Pick<Alert, 'index' | 'at'> {
  const at = entry.kind === 'act' ? entry.at : entry.issuedAt
  return { index, ...(at === undefined ? {} : { at }) }
}

function reviewAct(
  one: Opened & { readonly entry: ActEntry },
  watch: Watch,
  memory: Memory,
): { readonly alerts: readonly Alert[]; readonly memory: Memory } {
  const { entry, facts } = one
  const officer = facts?.get('actor')
  const alerts: Alert[] = []
  const isPerson =
    facts === undefined
      ? PERSONAL.test(entry.act)
      : typeof officer === 'string' && !watch.systems.has(officer)
  if (!isPerson) return { alerts, memory: withPair(one, watch, memory, alerts) }
  const details = { act: entry.act, ...(typeof officer === 'string' ? { officer } : {}) }
  if (!isWorkingTime(entry.at, watch.hours)) {
    alerts.push({ alert: 'out-of-hours', ...placeOf(one), details })
  }
  const counted =
    typeof officer === 'string' ? withAct(officer, entry.at, watch, memory) : undefined
  if (counted?.isTold === true && memory.officers.get(String(officer))?.isTold !== true) {
    const { acts, seconds } = watch.burst
    const words = `more than ${acts} acts in ${seconds} s`
    alerts.push({ alert: 'burst', ...placeOf(one), details: { ...details, words } })
  }
  const officers =
    counted === undefined ? memory.officers : new Map(memory.officers).set(String(officer), counted)
  return { alerts, memory: withPair(one, watch, { ...memory, officers }, alerts) }
}

function withAct(
  officer: string,
  at: number,
  { burst: { acts, seconds } }: Watch,
  { officers }: Memory,
): Officer {
  const before = officers.get(officer)?.times ?? []
  // One more than are usual is all that needs to be known.
  const times = [...before.filter((time) => time > at - seconds), at].slice(-(acts + 1))
  return { times, isTold: times.length > acts }
}

/** Counts an approval, and tells of a pair that has nobody else, each time that it doubles. */
function withPair(one: Opened, watch: Watch, memory: Memory, alerts: Alert[]): Memory {
  const [requester, keeper, use] = ['requester', 'keeper', 'use'].map((name) =>
    one.facts?.get(name),
  )
  if (typeof requester !== 'string' || typeof keeper !== 'string' || typeof use !== 'string') {
    return memory
  }
  const isSame = (pair: Pair): boolean => pair.requester === requester && pair.keeper === keeper
  const before = memory.pairs.find(isSame)
  if (before?.use === use) return memory
  const count = (before?.count ?? 0) + 1
  const others = memory.pairs.filter((pair) => !isSame(pair))
  const isAlone = others.every((pair) => pair.requester !== requester && pair.keeper !== keeper)
  if (isAlone && Number.isInteger(Math.log2(count / watch.pair)) && count >= watch.pair) {
    const words = `${count} approvals, by nobody else and for nobody else`
    alerts.push({ alert: 'same-pair', ...placeOf(one), details: { requester, keeper, words } })
  }
  return { ...memory, pairs: [...others, { requester, keeper, use, count }] }
}

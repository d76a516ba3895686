/** The counter at work: trust data, the scan going on, its verdict, recent scans. */

import type { PackSource, Trust } from '@onetrip/trust'
import {
  announce,
  type CodeInput,
  createTrustStore,
  type FaceSettings,
  headOf,
  readFaceSettings,
  type TrustStore,
  toneOf,
  wordOf,
} from '@onetrip/ui'
import type { AnswerOptions, AnswerVerdict, DocumentOptions, Verdict } from '@onetrip/verifier'
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { renewTick, unixNow } from './clock.ts'
import { signalVerdict } from './feedback.ts'
import { goTo, place } from './places.ts'
import { onScansChanged, type ScansChange, tellScansChanged } from './scan-news.ts'
import { recordedHead, recordOf, type ScanRecord } from './scan-record.ts'
import { keptRecords, MAX_RECORDS, openScanStore, type ScanStore } from './scan-store.ts'
import { acceptedModes, settings } from './settings.ts'

/** A verdict on the screen; full verdicts are forgotten when the page closes. */
export interface ShownVerdict {
  readonly id: string
  readonly verdict: Verdict
  /** Unix seconds. */
  readonly at: number
}

/** What this counter was built with. */
export const face: FaceSettings = readFaceSettings(import.meta.env)

/** The trust data this counter verifies with. */
export const trustStore: TrustStore = createTrustStore({ ...face, now: unixNow })

/** The part of the counter that gives and shows verdicts. */
export type Checker = typeof import('./checker.ts')

/** The screens that are opened now and then. */
export type Later = typeof import('./later.ts')

/** What sealed files need. */
export type Documents = typeof import('./documents.ts')

/** What asking for licences needs. */
export type Asking = typeof import('./asking.ts')

const askingLoaded = signal<Asking | undefined>(undefined)
const documentsLoaded = signal<Documents | undefined>(undefined)
const laterLoaded = signal<Later | undefined>(undefined)
const checkerLoaded = signal<Checker | undefined>(undefined)
const checking = signal(false)
const shown = signal<ShownVerdict | undefined>(undefined)
const records = signal<readonly ScanRecord[]>([])
const openable = signal<ReadonlyMap<string, ShownVerdict>>(new Map())
const codes = signal<readonly CodeInput[]>([])
const refused = signal(0)
const failed = signal<'check' | 'storage' | undefined>(undefined)

/** The checker, once it is there. */
export const checker: ReadonlySignal<Checker | undefined> = checkerLoaded
/** The screens that are opened now and then, once they are there. */
export const later: ReadonlySignal<Later | undefined> = laterLoaded
/** What asking for licences needs, once it is there. */
export const asking: ReadonlySignal<Asking | undefined> = askingLoaded
/** What sealed files need, once it is there. */
export const documents: ReadonlySignal<Documents | undefined> = documentsLoaded
/** True while a scan is being verified. */
export const isChecking: ReadonlySignal<boolean> = checking
/** The verdict last given or opened. */
export const shownVerdict: ReadonlySignal<ShownVerdict | undefined> = shown
/** Recent scans, newest first. */
export const recentScans: ReadonlySignal<readonly ScanRecord[]> = records
/** The verdicts of this page's life, by record id. */
export const openableVerdicts: ReadonlySignal<ReadonlyMap<string, ShownVerdict>> = openable
/** The codes scanned last, so that the camera does not take one that is still in sight. */
export const lastCodes: ReadonlySignal<readonly CodeInput[]> = codes

/** What did not work at the last scan: the check itself, or keeping its record. */
export const scanTrouble: ReadonlySignal<'check' | 'storage' | undefined> = failed

/** How many codes were scanned while a red result was held; it says so when it grows. */
export const refusedWhileHeld: ReadonlySignal<number> = refused

/**
 * An emergency has to reach a connected counter within minutes. With nothing new a refresh is two short answers, a missing
 * root and an unchanged timestamp; a page that nobody sees waits until it is seen.
 */
const REFRESH_MS = 60_000
const FIRST_PRUNE_MS = 60_000
/** A page may stay open for weeks. */
const PRUNE_MS = 6 * 3_600_000
/** Full verdicts kept in memory for reading again. */
const MAX_OPENABLE = 50
/** Codes that may still lie before the camera. */
const MAX_CODES = 3

let store: ScanStore | undefined
/** The last record's way into storage: the next check waits for it, or it would miss a repeated code. */
let kept: Promise<void> | undefined

/** Opens what is kept and brings trust data up to date, now and every minute in which the page is seen. */
export async function startCounter(): Promise<void> {
  // Nothing can be checked before there are trust data; until then the first screen goes first.
  const stop = effect(() => {
    if (trustStore.state.value.phase !== 'ready') return
    queueMicrotask(() => stop())
    void loadRest().catch(() => undefined)
  })
  void trustStore.load()
  const refreshWhenSeen = (): void => {
    if (document.visibilityState === 'visible') void trustStore.refresh()
  }
  // Counters that open at the same minute do not all ask in the same second for the rest of the day.
  setInterval(refreshWhenSeen, REFRESH_MS * (0.9 + 0.2 * Math.random()))
  document.addEventListener('visibilitychange', refreshWhenSeen)
  window.addEventListener('online', () => void trustStore.refresh())
  store = await openScanStore()
  records.value = await store.recent()
  onScansChanged((what) => void readScansAgain(what))
  // Nothing that the start waits for.
  setTimeout(() => void pruneScans(), FIRST_PRUNE_MS)
  setInterval(() => void pruneScans(), PRUNE_MS)
}

/** A clock that runs ahead must not make a counter forget its scans: none is older than signed times say. */
async function pruneScans(): Promise<void> {
  const state = trustStore.state.value
  if (state.phase !== 'ready' || store === undefined) return
  const now = Math.min(unixNow(), state.trust.newestSignedTime)
  records.value = keptRecords(records.value, now)
  await store.prune(now)
}

/** Verifies what was scanned and shows the verdict; without trust data nothing happens. */
export async function checkCode(input: CodeInput): Promise<void> {
  const state = trustStore.state.value
  if (state.phase !== 'ready' || checking.value) return
  if (isHeld()) {
    holdAgain()
    return
  }
  checking.value = true
  try {
    const now = unixNow()
    const { verify, receipts } = await loadChecker()
    const options = await scanOptions(state.trust, now)
    const verdict = await verify(input, { ...options, accept: acceptedModes(settings.value) })
    void receipts.see(input, verdict.evidence)
    codes.value = [...codes.value, input].slice(-MAX_CODES)
    keep({ id: crypto.randomUUID(), verdict, at: now })
  } catch {
    // The verdict of the scan before must not stand for this one.
    nextScan()
    failed.value = 'check'
  } finally {
    checking.value = false
  }
}

/** By what a scan is judged at `now`, the marks of earlier ones among it. */
export async function scanOptions(
  trust: Trust,
  now: number,
): Promise<Omit<AnswerOptions, 'request'>> {
  const speaking = await askerOf(trust)
  await kept
  const { receipts } = await loadChecker()
  const seen = (await store?.seen(now)) ?? []
  return { trust, now, seen, receipts: receipts.find, ...speaking }
}

/** Keeps the receipts of an answer for scans without a network. Rejects when the code for it cannot be had. */
export async function keepReceipts(input: CodeInput, verdict: AnswerVerdict): Promise<void> {
  const { receipts } = await loadChecker()
  await receipts.seeAnswer(input, verdict)
}

/** Keeps the receipts that a pack brings and that hold by the trust data in use. Rejects for a pack that is no good. */
export async function keepPackReceipts(pack: PackSource): Promise<void> {
  const { readPackReceipts } = await import('@onetrip/ui/trust-engine')
  const packed = await readPackReceipts(pack)
  const state = trustStore.state.value
  if (state.phase !== 'ready' || packed.length === 0) return
  const { isProofOfEntry, receipts } = await loadChecker()
  const by = { trust: state.trust, now: unixNow() }
  await receipts.take(packed, (one) => isProofOfEntry(one, by))
}

/** By what a sealed file is judged at `now`; nothing without trust data. */
export async function documentOptions(now: number): Promise<DocumentOptions | undefined> {
  const state = trustStore.state.value
  if (state.phase !== 'ready') return undefined
  return { trust: state.trust, now, accept: ['document'], ...(await askerOf(state.trust)) }
}

/** For whom this counter asks: the chosen office, and the enrolled device where it is one. */
async function askerOf(trust: Trust): Promise<Pick<DocumentOptions, 'office' | 'counter'>> {
  const { office } = settings.value
  const known = office !== undefined && trust.office(office) !== undefined
  const { enrolledCounter } = await loadChecker()
  // An enrolment that cannot be read speaks for no office; it stops no check.
  const counter = await enrolledCounter().catch(() => undefined)
  return { ...(known ? { office } : {}), ...(counter === undefined ? {} : { counter }) }
}

/** Brings what is used now and then. Rejects when it cannot be had. */
export async function loadLater(): Promise<Later> {
  laterLoaded.value ??= await import('./later.ts')
  return laterLoaded.value
}

/** Brings what asking for licences needs. Rejects when it cannot be had. */
export async function loadAsking(): Promise<Asking> {
  askingLoaded.value ??= await import('./asking.ts')
  return askingLoaded.value
}

/** Brings what sealed files need. Rejects when it cannot be had. */
export async function loadDocuments(): Promise<Documents> {
  documentsLoaded.value ??= await import('./documents.ts')
  return documentsLoaded.value
}

async function loadRest(): Promise<void> {
  const { startEnrolment, reports } = await loadChecker()
  reports.keepSending()
  await Promise.all([startEnrolment(), loadLater()])
}

async function loadChecker(): Promise<Checker> {
  checkerLoaded.value ??= await import('./checker.ts')
  return checkerLoaded.value
}

/** A red result in continuous mode stays until it is acknowledged; other codes wait. */
export function isHeld(): boolean {
  const held = settings.value.continuous && shown.value?.verdict.outcome === 'invalid'
  return held && place.value === 'verdict'
}

function holdAgain(): void {
  signalVerdict('lapsed', settings.value)
  refused.value += 1
}

/** Opens a verdict of this page's life again; that is no scan. */
export function openVerdict(id: string): void {
  const found = openable.value.get(id)
  if (found === undefined) return
  show(found)
}

/** Deletes the recent list; marks against repeated codes stay their day. False when the storage kept it. */
export async function eraseRecent(): Promise<boolean> {
  if (store !== undefined && !(await store.eraseRecent())) return false
  records.value = []
  openable.value = new Map()
  tellScansChanged('erased')
  return true
}

/** Says no more what did not work at the last scan. */
export function forgetScanTrouble(): void {
  failed.value = undefined
}

/** Another window of this counter scanned, or erased the list. */
async function readScansAgain(what: ScansChange): Promise<void> {
  if (what === 'erased') openable.value = new Map()
  if (store !== undefined) records.value = await store.recent()
}

/** Leaves the verdict for the next scan, in such a way that the browser's "back" cannot show it. */
export function forgetVerdict(): void {
  nextScan()
  shown.value = undefined
  openable.value = new Map()
}

/** Leaves the verdict for the next scan. */
export function nextScan(): void {
  announce('')
  goTo('ready')
  requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }))
}

function keep(result: ShownVerdict): void {
  const { verdict } = result
  const state = trustStore.state.value
  const types = state.phase === 'ready' ? state.trust.types : []
  const record = recordOf({ ...result, types })
  show(result)
  signalVerdict(toneOf(headOf(verdict, result.at)), settings.value)
  openable.value = new Map([...openable.value, [result.id, result] as const].slice(-MAX_OPENABLE))
  keepRecord(record, marksOf(verdict))
}

/** Keeps the line of a verdict on a sealed file or an answer, which sounds like any other; the verdict itself is not kept. */
export function keepResult(record: ScanRecord, marks: readonly string[] = []): void {
  renewTick()
  signalVerdict(toneOf(recordedHead(record)), settings.value)
  keepRecord(record, marks)
}

function keepRecord(record: ScanRecord, marks: readonly string[]): void {
  records.value = [record, ...records.value].slice(0, MAX_RECORDS)
  kept = store?.add(record, marks).then((isKept) => {
    failed.value = isKept ? undefined : 'storage'
    if (isKept) tellScansChanged('scanned')
  })
}

/** Only what was accepted as shown here can be repeated; a copy may come back as often as it likes. */
function marksOf({ outcome, evidence }: Verdict): readonly string[] {
  const { mode, presentationId } = evidence
  const once = mode === 'live' || mode === 'requested'
  const isTaken = outcome === 'valid' || outcome === 'caution'
  return once && isTaken && presentationId !== undefined ? [presentationId] : []
}

function show(result: ShownVerdict): void {
  renewTick()
  refused.value = 0
  shown.value = result
  announce(wordOf(headOf(result.verdict, result.at)))
  goTo('verdict')
}

/**
 * Reports on their way: kept on this device first, then sent, and sent again until the server says that it has them, under
 * one number. Without a network, or with a busy server, they wait.
 */

import { type ReadonlySignal, signal } from '@preact/signals'
import { fetchJson, type Http } from '../bounded-fetch.ts'
import { openStore, type Store } from '../store.ts'
import type { LicenceReport } from './licence-report.ts'

/** How a report stands: `refused` by a server that does not take it, so that it is not sent again. */
export type ReportState = 'sending' | 'sent' | 'waiting' | 'refused'

/** What lies on the disk may be damaged, or a later version's: the server reads it before it counts. */
interface ReportSchema {
  readonly waiting: unknown
}

/** What of a store is used here. */
export type ReportDisk = Pick<Store<ReportSchema>, 'getAll' | 'put' | 'delete'>

/** The reports of a face. Nothing rejects. */
export interface ReportOutbox {
  /** By number, for the reports of this page's life. */
  readonly states: ReadonlySignal<ReadonlyMap<string, ReportState>>
  /** Keeps a report and sends it; the same one twice is sent once. */
  file(report: LicenceReport): Promise<void>
  /** Sends what waits, the oldest first. */
  sendWaiting(): Promise<void>
  /** Sends what waits, and again whenever there is a network anew; for the life of the page. */
  keepSending(): void
}

/** What an outbox works with. */
export interface OutboxOptions {
  readonly apiOrigin: string
  readonly http: Http
  /** Opens the storage; where there is none, what waits lives as long as the page. */
  readonly open?: () => Promise<ReportDisk>
}

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 4096
/** A device that never has a network keeps no more. */
const MAX_WAITING = 200
/** A server that was busy is asked again. */
const AGAIN_MS = 600_000

/** Makes the outbox of a face. */
export function createReportOutbox(options: OutboxOptions): ReportOutbox {
  const states = signal<ReadonlyMap<string, ReportState>>(new Map())
  const waiting = new Map<string, LicenceReport>()
  const disk = (options.open ?? openOnDisk)().catch(() => undefined)
  let sending: Promise<void> | undefined

  function tell(id: string, state: ReportState): void {
    states.value = new Map([...states.value, [id, state]])
  }

  async function send(report: LicenceReport): Promise<ReportState> {
    try {
      const { status } = await fetchJson(options.http, {
        url: `${options.apiOrigin}/reports`,
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(report),
        maxBytes: MAX_ANSWER_BYTES,
        timeoutMs: TIMEOUT_MS,
      })
      return status === 201 ? 'sent' : 'refused'
    } catch {
      return 'waiting'
    }
  }

  async function sendOne(report: LicenceReport): Promise<ReportState> {
    const state = await send(report)
    tell(report.id, state)
    if (state === 'waiting') return state
    waiting.delete(report.id)
    await (await disk)?.delete('waiting', report.id).catch(() => undefined)
    return state
  }

  async function sendAll(): Promise<void> {
    const kept = (await (await disk)?.getAll('waiting').catch(() => [])) ?? []
    for (const row of kept) if (isReport(row) && !waiting.has(row.id)) waiting.set(row.id, row)
    const inOrder = [...waiting.values()].sort((one, other) => one.judgedAt - other.judgedAt)
    for (const report of inOrder) if ((await sendOne(report)) === 'waiting') return
  }

  function sendWaiting(): Promise<void> {
    sending ??= sendAll().finally(() => {
      sending = undefined
    })
    return sending
  }

  return {
    states,
    async file(report) {
      if (states.value.has(report.id)) return
      if (waiting.size >= MAX_WAITING) {
        tell(report.id, 'refused')
        return
      }
      tell(report.id, 'sending')
      waiting.set(report.id, report)
      await (await disk)?.put('waiting', report.id, report).catch(() => undefined)
      await sending
      await sendOne(report)
    },
    sendWaiting,
    keepSending() {
      addEventListener('online', () => void sendWaiting())
      setInterval(() => void sendWaiting(), AGAIN_MS)
      void sendWaiting()
    },
  }
}

function openOnDisk(): Promise<ReportDisk> {
  return openStore<ReportSchema>({ name: 'onetrip-reports', version: 1, boxes: ['waiting'] })
}

function isReport(row: unknown): row is LicenceReport {
  if (typeof row !== 'object' || row === null) return false
  const { id, judgedAt } = row as Readonly<Record<string, unknown>>
  return typeof id === 'string' && typeof judgedAt === 'number'
}

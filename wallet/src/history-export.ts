/**
 * The history as files: JSON for programs, CSV that a spreadsheet opens as it is (BOM, CRLF, RFC 4180)
 * and takes for text throughout: no cell starts a formula.
 */
import { type Localised, localised } from '@onetrip/ui'
import type { HistoryEntry, ShowingEntry } from './history-entry.ts'

const BOM = '\uFEFF'
const LINE_END = '\r\n'
/** What makes a spreadsheet calculate, also behind white space and in full width. */
const FORMULA_START = /^[\s\0]*[=+\-@|＝＋－＠]/
const ZONE_SECONDS = 8 * 3600

/** The columns, in order. */
export const HISTORY_COLUMNS = [
  'time',
  'kind',
  'licence',
  'number',
  'claims',
  'recipient',
  'purpose',
  'proof',
] as const

/** One of {@link HISTORY_COLUMNS}. */
export type HistoryColumn = (typeof HISTORY_COLUMNS)[number]

/** The words of a table: its columns and the kinds of showing. */
export interface HistoryWords {
  readonly column: (column: HistoryColumn) => string
  readonly kind: (kind: HistoryEntry['kind']) => string
  /** Of what came out of a backup and nothing proves. */
  readonly unproven: string
}

/** Entries as CSV in the current language, a line for each licence; times are `YYYY-MM-DD HH:MM:SS`, Asia/Shanghai. */
export function historyToCsv(entries: readonly HistoryEntry[], words: HistoryWords): string {
  const lines = [
    HISTORY_COLUMNS.map(words.column),
    ...entries.flatMap(linesOf).map((entry) => {
      const cells = cellsOf(entry, words)
      return HISTORY_COLUMNS.map((column) => cells[column])
    }),
  ]
  return BOM + lines.map((cells) => cells.map(csvCell).join(',') + LINE_END).join('')
}

/**
 * Entries as JSON with a format number; `unproven` is what came out of a backup and nothing proves; times are RFC 3339 with the offset of Asia/Shanghai. A consent has its request and its
 * receipt as they were signed, and never the answer, which holds values.
 */
export function historyToJson(entries: readonly HistoryEntry[], exportedAt: number): string {
  const file = {
    kind: 'onetrip-wallet-history',
    format: 1,
    exportedAt: isoTime(exportedAt),
    entries: entries.map((entry) => {
      const { id, at, kind, purpose, unproven } = entry
      const common = { id, at: isoTime(at), kind, unproven }
      if (entry.kind !== 'consent') {
        const { typeName, number, claims, recipient } = entry
        return { ...common, licence: typeName, number, claims, recipient, purpose }
      }
      const { office, device, matter, shown, request, receipt } = entry
      return {
        ...common,
        recipient: { kind: 'office', ...office, device },
        matter,
        purpose,
        licences: shown.map(({ material, typeName, number, claims }) => ({
          material,
          licence: typeName,
          number,
          claims,
        })),
        request,
        receipt: receipt && { at: isoTime(receipt.at), text: receipt.text },
      }
    }),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

interface Line
  extends Pick<
    ShowingEntry,
    'at' | 'typeName' | 'number' | 'claims' | 'recipient' | 'purpose' | 'unproven'
  > {
  readonly kind: HistoryEntry['kind']
}

function linesOf(entry: HistoryEntry): readonly Line[] {
  if (entry.kind !== 'consent') return [entry]
  const { at, kind, office, purpose, shown, unproven } = entry
  const proof = unproven === undefined ? {} : { unproven }
  const recipient = { kind: 'office', id: office.id, name: localised(office.name) } as const
  return shown.map((licence) => ({ at, kind, recipient, purpose, ...proof, ...licence }))
}

/** One cell: never a formula, quoted where RFC 4180 §2 asks for it. */
export function csvCell(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function cellsOf(entry: Line, words: HistoryWords): Readonly<Record<HistoryColumn, string>> {
  return {
    time: localTime(entry.at),
    kind: words.kind(entry.kind),
    licence: text(entry.typeName),
    number: entry.number,
    claims: entry.claims.map(text).join('; '),
    recipient: entry.recipient?.name ?? '',
    purpose: entry.purpose ?? '',
    proof: entry.unproven === undefined ? '' : words.unproven,
  }
}

function text(name: Localised): string {
  return localised(name)
}

function isoTime(unixSeconds: number): string {
  return `${localTime(unixSeconds).replace(' ', 'T')}+08:00`
}

function localTime(unixSeconds: number): string {
  const iso = new Date((unixSeconds + ZONE_SECONDS) * 1000).toISOString()
  return iso.slice(0, 19).replace('T', ' ')
}

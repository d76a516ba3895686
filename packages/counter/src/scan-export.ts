/**
 * Recent scans as files: CSV that a spreadsheet opens as it is (BOM, CRLF; RFC 4180) and takes for
 * text throughout (no cell starts a formula), and JSON for programs.
 */

import { type Localised, localised, wordOf } from '@onetrip/ui'
import type { AskedMaterial } from './ask/asked-record.ts'
import { localTime } from './calendar.ts'
import { scanNumber } from './scan-number.ts'
import { recordedHead, type ScanRecord } from './scan-record.ts'

const BOM = '\uFEFF'
const LINE_END = '\r\n'
/** What makes a spreadsheet calculate; a tab or line end may hide it, full width is folded. */
const FORMULA_START = /^\s*[=+\-@＝＋－＠|]/

/** The columns, in order; each names a header in the catalogue. */
export const CSV_COLUMNS = [
  'number',
  'time',
  'result',
  'outcome',
  'code',
  'type',
  'issuer',
  'holder',
  'mode',
  'office',
  'device',
  'purpose',
  'disclosed',
] as const

/** One of {@link CSV_COLUMNS}. */
export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** Records as CSV in the current language; `header` gives each column's name. */
export function scansToCsv(
  records: readonly ScanRecord[],
  header: (column: CsvColumn) => string,
): string {
  const lines = [
    CSV_COLUMNS.map(header),
    ...records.map((record) => {
      const cells = cellsOf(record)
      return CSV_COLUMNS.map((column) => cells[column])
    }),
  ]
  return BOM + lines.map((cells) => cells.map(csvCell).join(',') + LINE_END).join('')
}

/** Records as JSON with a format number; times are Unix seconds. */
export function scansToJson(records: readonly ScanRecord[], exportedAt: number): string {
  const scans = records.map((record) => ({ number: scanNumber(record), ...record }))
  return `${JSON.stringify({ kind: 'onetrip-recent-scans', format: 1, exportedAt, scans }, null, 2)}\n`
}

/** One cell: never a formula, quoted where RFC 4180 §2 asks for it. */
export function csvCell(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function cellsOf(record: ScanRecord): Readonly<Record<CsvColumn, string>> {
  return {
    number: scanNumber(record),
    time: localTime(record.at),
    result: wordOf(recordedHead(record)),
    outcome: record.outcome,
    code: record.code ?? '',
    type: textOf(record.typeName),
    issuer: textOf(record.issuerName),
    holder: record.holder ?? '',
    mode: record.mode ?? '',
    office: record.office ?? '',
    device: record.device === undefined ? '' : `${record.device.number} ${record.device.name}`,
    purpose: record.asked?.purpose ?? '',
    disclosed: (record.asked?.materials ?? []).map(disclosedAs).join('; '),
  }
}

/** `营业执照：住所、法定代表人`: names, never a value. */
function disclosedAs({ code, name, claims }: AskedMaterial): string {
  const names = claims.map((claim) => (claim.display ? localised(claim.display) : claim.name))
  return `${name === undefined ? code : localised(name)}: ${names.join(', ')}`
}

function textOf(text: Localised | undefined): string {
  return text === undefined ? '' : localised(text)
}

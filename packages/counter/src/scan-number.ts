/**
 * The short number of a scan, as a verification note prints it: eight digits made from the record's
 * id. It finds the scan in this device's recent list and proves nothing.
 */

import type { ScanRecord } from './scan-record.ts'

const MODULUS = 100_000_000

/** The number of a record, as `4821 0937`. */
export function scanNumber(record: Pick<ScanRecord, 'id'>): string {
  const head = Number.parseInt(record.id.replace(/[^0-9a-f]/gi, '').slice(0, 8), 16)
  const digits = String((Number.isNaN(head) ? 0 : head) % MODULUS).padStart(8, '0')
  return `${digits.slice(0, 4)} ${digits.slice(4)}`
}

/** The records whose number, licence, issuer or holder holds what was typed; all when empty. */
export function findScans(records: readonly ScanRecord[], typed: string): readonly ScanRecord[] {
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  if (wanted === '') return records
  const digits = wanted.replace(/[\s-]/g, '')
  const isNumber = /^\d+$/.test(digits)
  return records.filter((record) => {
    if (isNumber && scanNumber(record).replace(' ', '').includes(digits)) return true
    return wordsOf(record).some((words) => words.toLowerCase().includes(wanted))
  })
}

function wordsOf({ typeName, issuerName, holder, asked }: ScanRecord): readonly string[] {
  return [typeName, issuerName]
    .flatMap((text) => (text === undefined ? [] : [text['zh-CN'], text.en]))
    .concat(holder ?? [], asked?.purpose ?? [])
}

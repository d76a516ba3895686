/**
 * The rows of a batch as requests for licences: read from a table's cells, told as one text each, and digested together. Whoever
 * approves approves this digest: of the agency, the type, and every row in its order.
 */
import { createHash } from 'node:crypto'
import { fault } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import * as v from 'valibot'
import { parseInput } from '../http/read-request.ts'
import { LICENCE_REQUEST, type LicenceRequest } from '../licences/licence-request.ts'
import { rowHold } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import type { BatchColumn } from './batch-columns.ts'

/** How spreadsheets write a day. */
const SHEET_DAY = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/
const WHOLE_NUMBER = /^-?\d{1,15}$/
/** Rows that are hashed by one call: one for each takes five times as long. */
const AT_ONCE = 500

/**
 * The request of one row; empty cells say nothing. Throws `batch/format` for another number of cells than there are columns,
 * `input/invalid` for what no request may say.
 */
export function requestOfRow(
  type: TypeDefinition,
  columns: readonly BatchColumn[],
  cells: readonly string[],
): LicenceRequest {
  if (cells.length !== columns.length) throw fault('batch/format', 'another number of cells')
  const request: Record<string, unknown> = { type: type.typeCode }
  const claims: Record<string, string | number> = {}
  for (const [at, column] of columns.entries()) {
    const text = (cells[at] ?? '').trim().normalize('NFC')
    if (text === '') continue
    if ('claim' in column) claims[column.claim] = claimOf(type, column.claim, text)
    else if (column.own === 'version') request['version'] = numberOf(text)
    else if (column.own.startsWith('valid')) request[column.own] = dayOf(text)
    else request[column.own] = text
  }
  return parseInput(LICENCE_REQUEST, { ...request, claims })
}

function claimOf(type: TypeDefinition, name: string, text: string): string | number {
  const format = type.claims.find((claim) => claim.name === name)?.format
  if (format === 'integer') return numberOf(text)
  return format === 'date' ? dayOf(text) : text
}

/** What is no number stays as it is, and is refused where one has to stand. */
function numberOf(text: string): string | number {
  return WHOLE_NUMBER.test(text) ? Number(text) : text
}

function dayOf(text: string): string {
  const [, year, month = '', day = ''] = SHEET_DAY.exec(text) ?? []
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A row's request as one text: the same for the same request, whatever its columns were. */
export function encodeFacts(request: LicenceRequest): string {
  const { serial, version, validFrom, validTo, holderReference } = request
  const claims = Object.fromEntries(
    Object.entries(request.claims).sort(([one], [other]) => (one < other ? -1 : 1)),
  )
  const { type } = request
  return JSON.stringify({ type, serial, version, validFrom, validTo, holderReference, claims })
}

/** The request of a stored row. */
export function decodeFacts(text: string): LicenceRequest {
  return v.parse(LICENCE_REQUEST, JSON.parse(text))
}

/** SHA-256 over agency, type, number of rows, and each row's text on a line of its own; base64url. */
export function batchDigest(batch: {
  readonly agencyId: string
  readonly typeCode: string
  readonly rows: readonly string[]
}): string {
  const { agencyId, typeCode, rows } = batch
  const hash = createHash('sha256')
  hash.update(`${JSON.stringify(['onetrip-batch', 1, agencyId, typeCode, rows.length])}\n`)
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    hash.update(`${rows.slice(from, from + AT_ONCE).join('\n')}\n`)
  }
  return hash.digest('base64url')
}

/** What keeps a row that waits from being changed, moved or taken into another batch; base64url. */
export function holdOfRow(
  services: Pick<Services, 'keys'>,
  row: { readonly batchId: string; readonly place: number; readonly facts: string },
): string {
  return rowHold(services, [JSON.stringify(['batch_row', row.batchId, row.place, row.facts])])
}

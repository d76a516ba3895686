/** Streams that are read: as they are, or deflated, with PNG predictors (ISO 32000-2 §7.4.4). */
import { Fault, fault } from '@onetrip/codec'
import { inflateZlib } from '@onetrip/status'
import { MAX_INFLATED_BYTES } from './pdf-limits.ts'
import {
  isDict,
  isList,
  isName,
  naturalIn,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from './pdf-value.ts'

/** No deflated stream grows by more (RFC 1951: 258 bytes from two bits). */
const MAX_RATIO = 1032
const MAX_ROW_BYTES = 4096
const FIRST_PNG_PREDICTOR = 10
const LAST_PNG_PREDICTOR = 15

/** Counts what streams give when they are inflated. */
export interface InflateBudget {
  inflatedLeft: number
}

/**
 * The bytes of a stream without its filter. Throws `pdf/format` for another filter, another predictor or a stream that is
 * not whole, `pdf/limit` for more than 8 MiB, or more than the budget has left.
 */
export function decodeStream({ dict, bytes }: PdfStream, budget: InflateBudget): Uint8Array {
  const filter = single(dict.get('Filter'))
  if (filter === undefined) return bytes
  if (!isName(filter, 'FlateDecode')) throw fault('pdf/format')
  const cap = Math.min(MAX_INFLATED_BYTES, budget.inflatedLeft, bytes.length * MAX_RATIO)
  const inflated = inflate(bytes, cap)
  budget.inflatedLeft -= inflated.length
  const parameters = single(dict.get('DecodeParms'))
  if (parameters === undefined) return inflated
  if (!isDict(parameters)) throw fault('pdf/format')
  return withoutPredictor(inflated, parameters)
}

function inflate(bytes: Uint8Array, cap: number): Uint8Array {
  try {
    return inflateZlib(bytes, cap)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw fault(error.code === 'status/too-large' ? 'pdf/limit' : 'pdf/format')
  }
}

/** The one value of an array of one, or the value itself; nothing for `null` and an empty array. */
function single(value: PdfValue | undefined): PdfValue | undefined {
  if (!isList(value)) return value ?? undefined
  if (value.length > 1) throw fault('pdf/format')
  return value[0] ?? undefined
}

function withoutPredictor(bytes: Uint8Array, parameters: PdfDict): Uint8Array {
  const predictor = naturalIn(parameters.get('Predictor') ?? 1)
  if (predictor === 1) return bytes
  const isPng = predictor >= FIRST_PNG_PREDICTOR && predictor <= LAST_PNG_PREDICTOR
  const isOfBytes =
    (parameters.get('Colors') ?? 1) === 1 && (parameters.get('BitsPerComponent') ?? 8) === 8
  const rowBytes = naturalIn(parameters.get('Columns') ?? 1)
  if (!isPng || !isOfBytes || rowBytes === 0 || rowBytes > MAX_ROW_BYTES) throw fault('pdf/format')
  if (bytes.length % (rowBytes + 1) !== 0) throw fault('pdf/format')
  const out = new Uint8Array((bytes.length / (rowBytes + 1)) * rowBytes)
  for (let row = 0, from = 0; from < bytes.length; row += rowBytes, from += rowBytes + 1) {
    undoRow({ out, row, rowBytes, filter: bytes[from] ?? 0, raw: bytes.subarray(from + 1) })
  }
  return out
}

/** One row of PNG's filters 0 to 4 (ISO/IEC 15948 §9.2), of one byte per sample. */
function undoRow(options: {
  readonly out: Uint8Array
  readonly row: number
  readonly rowBytes: number
  readonly filter: number
  readonly raw: Uint8Array
}): void {
  const { out, row, rowBytes, filter, raw } = options
  if (filter > 4) throw fault('pdf/format')
  for (let index = 0; index < rowBytes; index += 1) {
    const left = index === 0 ? 0 : (out[row + index - 1] ?? 0)
    const up = out[row + index - rowBytes] ?? 0
    const corner = index === 0 ? 0 : (out[row + index - rowBytes - 1] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    out[row + index] = (raw[index] ?? 0) + guess
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

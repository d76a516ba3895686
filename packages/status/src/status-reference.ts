/** Where a credential says its status stands (Token Status List draft-20 §6). */
import { fault } from '@onetrip/codec'

/** One entry of one list. */
export interface StatusReference {
  /** http(s), at most 512 characters. */
  readonly uri: string
  /** 0 or more; the list alone can say whether it is too large. */
  readonly index: number
}

const STATUS_URI = /^https?:\/\/[\x21-\x7e]{1,504}$/

/** Whether a value can be the URI of a status list: http(s), printable ASCII, at most 512 characters. */
export function isStatusUri(value: unknown): value is string {
  return typeof value === 'string' && STATUS_URI.test(value)
}

/**
 * Reads the decoded value of a status claim: `{status_list: {idx, uri}}` as JSON (claim `status`) or as CBOR with text
 * keys (claim 65535). Throws status/format, and status/index unless idx is an integer from 0 to 2^53 - 1.
 */
export function parseStatusReference(value: unknown): StatusReference {
  const list = member(value, 'status_list')
  const index = member(list, 'idx')
  const uri = member(list, 'uri')
  if (!isStatusUri(uri) || index === undefined) throw fault('status/format')
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) {
    throw fault('status/index')
  }
  return { uri, index }
}

function member(value: unknown, name: string): unknown {
  if (value instanceof Map) return value.get(name)
  return isRecord(value) ? value[name] : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** What a package says of itself (`data/contents.json`): whose it is, of when, and which of its files are judged by what. */
import {
  encodeJson,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  utf8Encode,
} from '@onetrip/codec'

/** Where it stands. */
export const CONTENTS = 'data/contents.json'
/** The trust data by which everything in the package was judged when it was packed, as an offline pack. */
export const TRUST_PACK = 'data/trust/trust.otpack'
/** The first root of those trust data. It proves nothing by lying here: whoever verifies brings a root of their own. */
export const TRUST_ROOT = 'data/trust/root.json'

const KIND = 'onetrip/archive'
const VERSION = 1
const MAX_ENTRIES = 2_048
const MAX_ITEMS = 256
const FORMS = ['sd-cwt', 'sd-jwt', 'paper'] as const
const LIMITS = { maxBytes: 1_048_576, maxItems: 65_536 } as const

/** A file with the `.seal` beside it. */
export interface SealedItem {
  readonly kind: 'sealed'
  readonly file: string
  readonly seal: string
  readonly mediaType: string
  /** The verdict on it when it was packed, JSON. */
  readonly report: string
}

/** A credential as its issuer signed it. */
export interface CredentialItem {
  readonly kind: 'credential'
  readonly file: string
  readonly form: (typeof FORMS)[number]
  readonly report: string
}

/** A file that is judged. */
export type ArchiveItem = SealedItem | CredentialItem

/** What is packed. */
export interface ArchiveContents {
  /** When, Unix seconds. */
  readonly at: number
  /** In whose name (a USCC). */
  readonly agency: string
  readonly subject: { readonly kind: 'case' | 'licence'; readonly id: string }
  readonly items: readonly ArchiveItem[]
  /** Indices of the log's entries about it. */
  readonly entries: readonly number[]
}

/** Where an entry of the log stands in a package, what opens it, and what proves it. */
export function entryFiles(index: number | 'package'): {
  readonly entry: string
  readonly opening: string
  readonly proof: string
} {
  const folder = index === 'package' ? 'proof' : 'data/log'
  return {
    entry: `${folder}/${index}.entry`,
    opening: `${folder}/${index}.opening`,
    proof: `proof/${index}.tlog-proof`,
  }
}

/** Writes it. */
export function encodeContents(contents: ArchiveContents): Uint8Array {
  const { at, agency, subject, items, entries } = contents
  const json: JsonObject = {
    kind: KIND,
    version: VERSION,
    at,
    agency,
    subject: { ...subject },
    items: items.map((item) => ({ ...item })),
    entries: [...entries],
  }
  return utf8Encode(encodeJson(json))
}

/** Reads it. Throws `archive/format`. */
export function parseContents(bytes: Uint8Array): ArchiveContents {
  const json = read(bytes)
  const subject = json['subject']
  if (json['kind'] !== KIND || json['version'] !== VERSION || !isObject(subject)) throw broken()
  const { kind } = subject
  if (kind !== 'case' && kind !== 'licence') throw broken()
  return {
    at: countOf(json['at']),
    agency: textOf(json['agency']),
    subject: { kind, id: textOf(subject['id']) },
    items: listOf(json['items'], MAX_ITEMS).map(itemOf),
    entries: listOf(json['entries'], MAX_ENTRIES).map(countOf),
  }
}

function itemOf(json: JsonValue): ArchiveItem {
  if (!isObject(json)) throw broken()
  const [file, report] = [textOf(json['file']), textOf(json['report'])]
  if (json['kind'] === 'sealed') {
    const [seal, mediaType] = [textOf(json['seal']), textOf(json['mediaType'])]
    return { kind: 'sealed', file, seal, mediaType, report }
  }
  const form = FORMS.find((one) => one === json['form'])
  if (json['kind'] !== 'credential' || form === undefined) throw broken()
  return { kind: 'credential', file, form, report }
}

function read(bytes: Uint8Array): JsonObject {
  let json: JsonValue
  try {
    json = parseJson(bytes, LIMITS)
  } catch {
    throw broken()
  }
  if (!isObject(json)) throw broken()
  return json
}

function listOf(json: JsonValue | undefined, most: number): readonly JsonValue[] {
  if (!Array.isArray(json)) throw broken()
  if (json.length > most) throw fault('archive/limit')
  return json
}

function textOf(json: JsonValue | undefined): string {
  if (typeof json !== 'string' || json === '') throw broken()
  return json
}

function countOf(json: JsonValue | undefined): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json) || json < 0) throw broken()
  return json
}

function broken(): Error {
  return fault('archive/format')
}

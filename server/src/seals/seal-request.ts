/** What may be asked of seals over the API, and how it is read. */
import { fromBase64url } from '@onetrip/codec'
import { isUscc } from '@onetrip/credential'
import {
  DIAMETERS_MM,
  isMediaType,
  isPurpose,
  isSealKind,
  isSealName,
  MAX_IMAGE_BYTES,
  MAX_NAME_SEAL_CHARACTERS,
  SEAL_KINDS,
  type SealKind,
  type SealRank,
} from '@onetrip/seal'
import * as v from 'valibot'
import { plainText } from '../licences/plain-text.ts'

/** Most files of one request: one approval over a listed set. */
export const MAX_USE_FILES = 500

/** Days for which a seal is made, unless said. */
export const SEAL_DAYS = 1095
const MAX_SEAL_DAYS = 1826
const MAX_BASE64_CHARACTERS = Math.ceil((MAX_IMAGE_BYTES * 4) / 3)
const DIGEST_CHARACTERS = 43

/** An application for a seal. */
export interface Application {
  /** USCC of the seal maker. */
  readonly maker: string
  readonly name: string
  readonly kind: SealKind
  readonly rank: SealRank
  readonly lowerLine?: string | undefined
  /** A picture of one's own: a PNG in base64url. */
  readonly image?:
    | { readonly png: string; readonly widthMm: number; readonly heightMm: number }
    | undefined
  readonly replaces?: string | undefined
  /** Whether it is the seal under which its owner issues licences (电子证照专用章). */
  readonly licences?: boolean | undefined
  readonly reason: string
}

/** A request to use a seal. */
export interface UseRequest {
  readonly purpose: string
  readonly files: readonly {
    /** base64url */
    readonly sha256: string
    readonly length: number
    readonly mediaType: string
    readonly name?: string | undefined
    /** Of a PDF in which the seal is to stand; without, a `.seal` lies beside the file. */
    readonly place?: Place | undefined
  }[]
}

/** Where the middle of a seal goes in a PDF: a point, or the middle of a word. */
export type Place =
  | { readonly page: number; readonly x: number; readonly y: number }
  | { readonly keyword: string; readonly page?: number | undefined }

/** What a keeper decides, and of which digests (base64url). */
export interface Decision {
  readonly decision: 'approve' | 'refuse'
  readonly reason?: string | undefined
  readonly files: readonly string[]
}

/** Ranks of owners, by which diameters go. */
export const RANKS: readonly SealRank[] = Object.keys(DIAMETERS_MM).filter(
  (rank): rank is SealRank => rank in DIAMETERS_MM,
)

const REASON = v.pipe(plainText(500), v.description('Why, for the record'))
const MILLIMETRES = v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(60))
const KINDS = Object.keys(SEAL_KINDS).filter(isSealKind)

/** How an application is read. */
export const APPLY_REQUEST: v.GenericSchema<unknown, Application> = v.pipe(
  v.strictObject({
    maker: v.pipe(v.string(), v.check(isUscc), v.description('USCC of the seal maker')),
    name: v.pipe(
      v.string(),
      v.check(isSealName),
      v.description('Name of the seal, such as 虚构市云栖区市场监督管理局电子证照专用章'),
    ),
    kind: v.pipe(
      v.picklist(KINDS),
      v.description('01 name, 02 finance, 03 invoice, 04 contract, 05 representative, 99 other'),
    ),
    rank: v.optional(
      v.pipe(v.picklist(RANKS), v.description('Rank of the owner, which decides the diameter')),
      'enterprise',
    ),
    lowerLine: v.optional(v.pipe(plainText(20), v.description('The line below the star'))),
    image: v.optional(
      v.pipe(
        v.strictObject({
          png: v.pipe(v.string(), v.maxLength(MAX_BASE64_CHARACTERS), v.description('base64url')),
          widthMm: MILLIMETRES,
          heightMm: MILLIMETRES,
        }),
        v.description('A picture of one’s own; left out it is drawn'),
      ),
    ),
    replaces: v.optional(
      v.pipe(v.string(), v.uuid(), v.description('The seal that ends when this one is registered')),
    ),
    licences: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          'The seal under which the agency issues its licences (电子证照专用章): one at a time, stated in each of them',
        ),
      ),
    ),
    reason: REASON,
  }),
  v.check(({ kind, name, lowerLine }) => kind !== '05' || isNameSeal(name, lowerLine)),
  v.metadata({ ref: 'ApplyForSeal' }),
)

/** How a step in a seal's life is read. */
export const STEP_REQUEST: v.GenericSchema<unknown, { readonly reason: string }> = v.pipe(
  v.strictObject({ reason: REASON }),
  v.metadata({ ref: 'SealStep' }),
)

/** How the making of a seal is read. */
export const MAKE_REQUEST: v.GenericSchema<
  unknown,
  { readonly days: number; readonly reason: string }
> = v.pipe(
  v.strictObject({
    days: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SEAL_DAYS)),
      SEAL_DAYS,
    ),
    reason: REASON,
  }),
  v.metadata({ ref: 'MakeSeal' }),
)

const PAGE = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))
const POINTS = v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000))

/** How a place is read. */
export const PLACE: v.GenericSchema<unknown, Place> = v.union([
  v.strictObject({
    page: v.pipe(PAGE, v.description('From 1')),
    x: v.pipe(
      POINTS,
      v.description('Of the middle of the seal, in points of the page, from its left edge'),
    ),
    y: v.pipe(POINTS, v.description('From its lower edge')),
  }),
  v.strictObject({
    keyword: v.pipe(plainText(50), v.description('The middle of the seal goes on this word')),
    page: v.optional(PAGE),
  }),
])

const FILE = v.strictObject({
  sha256: v.pipe(
    v.string(),
    v.length(DIGEST_CHARACTERS),
    v.check(isDigest),
    v.description('SHA-256 of the exact bytes, base64url'),
  ),
  length: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  mediaType: v.pipe(v.string(), v.check(isMediaType)),
  name: v.optional(plainText(200)),
  place: v.optional(PLACE),
})

/** How a request to use a seal is read. */
export const USE_REQUEST: v.GenericSchema<unknown, UseRequest> = v.pipe(
  v.strictObject({
    purpose: v.pipe(v.string(), v.check(isPurpose), v.description('Stands in each impression')),
    files: v.pipe(v.array(FILE), v.minLength(1), v.maxLength(MAX_USE_FILES)),
  }),
  v.metadata({ ref: 'RequestSealUse' }),
)

/** How a decision is read. */
export const DECISION: v.GenericSchema<unknown, Decision> = v.pipe(
  v.strictObject({
    decision: v.picklist(['approve', 'refuse']),
    reason: v.optional(REASON),
    files: v.pipe(
      v.array(v.pipe(v.string(), v.length(DIGEST_CHARACTERS))),
      v.maxLength(MAX_USE_FILES),
      v.description('The digests that the keeper has seen: exactly those of the request'),
    ),
  }),
  v.metadata({ ref: 'DecideSealUse' }),
)

/** How a request for the impression is read. */
export const IMPRESSION_REQUEST: v.GenericSchema<
  unknown,
  { readonly earlier?: string | undefined }
> = v.pipe(
  v.strictObject({
    earlier: v.optional(
      v.pipe(
        v.string(),
        v.description('The file’s .seal as it is, base64url: what stands in it is covered'),
      ),
    ),
  }),
  v.metadata({ ref: 'MakeImpression' }),
)

/** A name seal is square: two columns of characters and nothing else. */
function isNameSeal(name: string, lowerLine: string | undefined): boolean {
  const { length } = Array.from(name)
  return lowerLine === undefined && length >= 2 && length <= MAX_NAME_SEAL_CHARACTERS
}

function isDigest(text: string): boolean {
  try {
    return fromBase64url(text).length === 32
  } catch {
    return false
  }
}

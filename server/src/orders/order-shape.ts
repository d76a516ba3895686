/** What is ordered about licences, as it is sent and as it is kept until it is decided. */
import { SENTINEL_INDEX } from '@onetrip/status'
import * as v from 'valibot'
import { MAX_STATUS_URI_CHARS } from '../config.ts'
import { LICENCE_CLAIMS, LICENCE_DAY } from '../licences/licence-request.ts'
import { plainText } from '../licences/plain-text.ts'

/** Places of lost credentials in one order. */
export const MAX_LOST = 200

/** Licences of one order: what two people can be answerable for, and one transaction holds. */
export const MAX_ORDERED = 500

const ID = v.pipe(v.string(), v.uuid(), v.toLowerCase())
const LICENCES = v.pipe(
  v.array(ID),
  v.minLength(1),
  v.maxLength(MAX_ORDERED),
  v.check((ids) => new Set(ids).size === ids.length),
)
const REASON = plainText(500)
const GROUND = v.optional(v.pipe(plainText(200), v.description('The law and its article')))

/** A holder and what the licence says of them. */
export interface Transfer {
  readonly holderReference: string
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims: Readonly<Record<string, string | number>>
}

const PLACES = v.pipe(
  v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(SENTINEL_INDEX + 1))),
  v.minLength(1),
  v.maxLength(MAX_LOST),
  v.check((places) => new Set(places).size === places.length),
)

/** Credentials that were signed after a backup which was put back: no licence here knows them, only their places in a status list. */
export interface LostContent {
  readonly kind: 'revoke-lost'
  /** URI of the status list, as the credentials say it. */
  readonly list: string
  readonly indices: readonly number[]
  readonly reason: string
  readonly ground: string
}

/** What is to be done. */
export type OrderContent =
  | {
      readonly kind: 'reinstate' | 'suspend'
      readonly licences: readonly string[]
      readonly reason: string
      readonly ground?: string | undefined
    }
  | {
      readonly kind: 'revoke'
      readonly licences: readonly string[]
      readonly reason: string
      readonly ground?: string | undefined
      readonly end: 'annulled' | 'penalty' | 'deregistered'
    }
  | {
      readonly kind: 'transfer'
      readonly licence: string
      readonly to: Transfer
      readonly reason: string
      readonly ground?: string | undefined
    }
  | LostContent

/** Body of `POST /api/orders`. */
export const ORDER_REQUEST: v.GenericSchema<unknown, OrderContent> = v.pipe(
  v.variant('kind', [
    v.strictObject({
      kind: v.picklist(['reinstate', 'suspend']),
      licences: LICENCES,
      reason: REASON,
      ground: GROUND,
    }),
    v.strictObject({
      kind: v.literal('revoke'),
      licences: LICENCES,
      reason: REASON,
      ground: GROUND,
      end: v.picklist(['annulled', 'penalty', 'deregistered']),
    }),
    v.strictObject({
      kind: v.literal('transfer'),
      licence: ID,
      reason: REASON,
      ground: GROUND,
      to: v.strictObject({
        holderReference: plainText(120),
        validFrom: LICENCE_DAY,
        validTo: v.optional(LICENCE_DAY),
        claims: LICENCE_CLAIMS,
      }),
    }),
    v.strictObject({
      kind: v.literal('revoke-lost'),
      list: v.pipe(
        v.string(),
        v.url(),
        v.maxLength(MAX_STATUS_URI_CHARS),
        v.description('URI of the status list, as the credentials say it'),
      ),
      indices: PLACES,
      reason: REASON,
      ground: v.pipe(plainText(200), v.description('The law and its article')),
    }),
  ]),
  v.metadata({ ref: 'LicenceOrder' }),
)

/** Body of `POST /api/orders/{id}/decision`. */
export const ORDER_DECISION: v.GenericSchema<
  unknown,
  { readonly decision: 'approve' | 'refuse'; readonly digest: string }
> = v.pipe(
  v.strictObject({
    decision: v.picklist(['approve', 'refuse']),
    digest: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9_-]{43}$/),
      v.description('Of the order that was read'),
    ),
  }),
  v.metadata({ ref: 'OrderDecision' }),
)

/** How many licences an order is about, or places of lost credentials. */
export function countOf(content: OrderContent): number {
  return content.kind === 'revoke-lost' ? content.indices.length : licencesOf(content).length
}

/** The licences that an order is about; none where they are lost. */
export function licencesOf(content: OrderContent): readonly string[] {
  if (content.kind === 'revoke-lost') return []
  return content.kind === 'transfer' ? [content.licence] : content.licences
}

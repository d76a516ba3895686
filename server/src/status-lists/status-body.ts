/** How a signed form stands in the database: as text. */
import { fromBase64url, toBase64url, utf8Decode, utf8Encode } from '@onetrip/codec'

/** COSE and JOSE form of one list. */
export const STATUS_LIST_FORMS = ['cwt', 'jwt'] as const

/** One of {@link STATUS_LIST_FORMS}. */
export type StatusListForm = (typeof STATUS_LIST_FORMS)[number]

/** Bytes as served, as text: a CWT in base64url, a JWT as it is. */
export function encodeBody(body: Uint8Array, form: StatusListForm): string {
  return form === 'cwt' ? toBase64url(body) : utf8Decode(body)
}

/** The inverse of {@link encodeBody}. */
export function decodeBody(body: string, form: StatusListForm): Uint8Array {
  return form === 'cwt' ? fromBase64url(body) : utf8Encode(body)
}

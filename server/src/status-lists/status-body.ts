/** How a signed form stands in the database: as text. */
import { fromBase64url, toBase64url, utf8Decode, utf8Encode } from '@onetrip/codec'

/** COSE and JOSE form of one list. */
export const STATUS_LIST_FORMS = ['cwt', 'jwt'] as const

/** One of {@link STATUS_LIST_FORMS}. */
export type StatusListForm = (typeof STATUS_LIST_FORMS)[number]

/** What is signed for a list: its forms, and of a seal maker's the register of the seals in it that licences are issued under. */
export type PublishedForm = StatusListForm | 'seals'

/** Bytes as served, as text: COSE in base64url, a JWT as it is. */
export function encodeBody(body: Uint8Array, form: PublishedForm): string {
  return form === 'jwt' ? utf8Decode(body) : toBase64url(body)
}

/** The inverse of {@link encodeBody}. */
export function decodeBody(body: string, form: PublishedForm): Uint8Array {
  return form === 'jwt' ? utf8Encode(body) : fromBase64url(body)
}

/** A request object from where it lies (OpenID4VP 1.0 §5.10), as a wallet and the counter that asked fetch it. */
import { type Random, toBase64url, utf8Decode } from '@onetrip/codec'
import { fetchBytes, type Http } from './bounded-fetch.ts'

const MAX_BYTES = 65_536
const TIMEOUT_MS = 20_000
const NONCE_BYTES = 16
const ACCEPT = { accept: 'application/oauth-authz-req+jwt' } as const
const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const

/** A request object as fetched; nothing in it is believed before it is verified. */
export interface RequestObject {
  readonly compact: string
  /** Sent along by POST: what was made for this fetch holds it. */
  readonly walletNonce?: string
}

/** Fetches it, by POST with a nonce of its own. Throws the codes of {@link fetchBytes}, `text/encoding`. */
export async function fetchRequestObject(
  http: Http,
  asked: { readonly url: string; readonly method: 'get' | 'post'; readonly random: Random },
): Promise<RequestObject> {
  const { url, method, random } = asked
  const bounds = { url, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS }
  if (method === 'get') {
    const bytes = await fetchBytes(http, { ...bounds, method: 'GET', headers: ACCEPT })
    return { compact: utf8Decode(bytes) }
  }
  const walletNonce = toBase64url(random(NONCE_BYTES))
  const body = new URLSearchParams({ wallet_nonce: walletNonce }).toString()
  const headers = { ...ACCEPT, ...FORM }
  const bytes = await fetchBytes(http, { ...bounds, method: 'POST', headers, body })
  return { compact: utf8Decode(bytes), walletNonce }
}

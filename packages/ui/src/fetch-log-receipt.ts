/** A log's receipt of an entry from the server that keeps the log (RFC 9942): asked by the hash of the entry, which says nothing of a licence. */
import { toBase64url } from '@onetrip/codec'
import { MAX_RECEIPT_BYTES } from '@onetrip/log'
import { fetchBytes, type Http } from './bounded-fetch.ts'

const TIMEOUT_MS = 10_000

/**
 * The receipt, which nobody has judged; under the log's newest checkpoint unless `size` names another. Throws `network/*`, also while the
 * entry is under no checkpoint yet.
 */
export function fetchLogReceipt(
  http: Http,
  asked: { readonly apiOrigin: string; readonly leaf: Uint8Array; readonly size?: number },
): Promise<Uint8Array> {
  const { apiOrigin, leaf, size } = asked
  const query = size === undefined ? '' : `?size=${size}`
  return fetchBytes(http, {
    url: `${apiOrigin}/log/receipts/${toBase64url(leaf)}${query}`,
    method: 'GET',
    maxBytes: MAX_RECEIPT_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
}

/** What a file is called in a request: SHA-256 over its exact bytes. */

import { toBase64url } from '@onetrip/codec'

/** The digest of a file, base64url. */
export async function digestOf(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return toBase64url(new Uint8Array(digest))
}

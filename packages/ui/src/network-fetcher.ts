/** The trust repository over the network: only ever below the API's origin, whatever signed data name. */

import type { TrustFetcher } from '@onetrip/trust'
import type { CappedFetch } from './capped-fetch.ts'

/** Fetches below `${apiOrigin}/trust/`; recognised jurisdictions from the mirrors there. */
export function networkFetcher(apiOrigin: string, fetcher: CappedFetch): TrustFetcher {
  const folder = (base: string): Omit<TrustFetcher, 'recognised'> => ({
    metadata: (name, limits) => fetcher(`${base}/metadata/${name}`, limits),
    target: (path, limits) => fetcher(`${base}/targets/${encodedPath(path)}`, limits),
  })
  const base = `${apiOrigin}/trust`
  return { ...folder(base), recognised: (id) => folder(`${base}/recognised/${id}`) }
}

/** Each segment as one of a URL, whatever it is called: `%2e%2e` climbs nowhere, and `?` begins no query. */
function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

/** Files of a log over HTTP, each under a cap. */
import { concatBytes, fault } from '@onetrip/codec'
import { UsageError } from '../usage.ts'

const DEADLINE_MS = 30_000
/** A bundle of 256 entries of full length. */
const MAX_FILE_BYTES = 256 * 65_537

/** Makes a function that fetches a file of a server's log by its path. `UsageError` for no address; the function throws `network/unreachable`, `network/too-large`. */
export function logFetcher(server: string): (path: string) => Promise<Uint8Array> {
  const refusal = new UsageError('an http or https address is wanted')
  if (!URL.canParse(server)) throw refusal
  const { protocol, origin } = new URL(server)
  if (protocol !== 'https:' && protocol !== 'http:') throw refusal
  return (path) => fetchCapped(new URL(`/log/${path}`, origin))
}

/** Fetches one file. Throws `network/unreachable`, `network/too-large`. */
export async function fetchCapped(
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(DEADLINE_MS)
  const response = await fetch(url, { headers, redirect: 'error', signal }).catch(() => {
    throw fault('network/unreachable')
  })
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    // A log that holds one file back looks like a network that fails, but for its name.
    throw fault('network/unreachable', `${url.pathname} is not there (${response.status})`)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body) {
      length += chunk.length
      if (length > MAX_FILE_BYTES) break
      chunks.push(chunk)
    }
  } catch {
    throw fault('network/unreachable')
  }
  if (length > MAX_FILE_BYTES) throw fault('network/too-large')
  return concatBytes(...chunks)
}

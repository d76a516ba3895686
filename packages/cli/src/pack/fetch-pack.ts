/** A server's pack over HTTP, under a cap. */
import { concatBytes, fault } from '@onetrip/codec'
import { MAX_PACK_BYTES } from '@onetrip/trust'
import { UsageError } from '../usage.ts'

const DEADLINE_MS = 120_000

/**
 * Fetches the pack of a server, on top of a snapshot version where one is given; a server that does not know the version
 * any more gives the whole pack. Throws `trust/unavailable`, `counter/not-found` (also of one that is denied), `pack/too-large`, and `UsageError` for no address.
 */
export async function fetchPack(options: {
  /** Origin, with or without a slash at its end. */
  readonly server: string
  readonly base: number | undefined
  /** RFC 7638 thumbprint of a counter whose certificate is to be in it. */
  readonly counter?: string | undefined
  /** Over the whole answer, however slowly it comes; two minutes unless said. */
  readonly deadlineMs?: number
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
}): Promise<Uint8Array> {
  const { server, base, counter, deadlineMs = DEADLINE_MS, onProgress } = options
  const url = packAddress(server)
  if (base !== undefined) url.searchParams.set('base', String(base))
  if (counter !== undefined) url.searchParams.set('counter', counter)
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(deadlineMs),
  }).catch(() => {
    throw fault('trust/unavailable')
  })
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    const isRefused = counter !== undefined && [403, 404].includes(response.status)
    throw fault(isRefused ? 'counter/not-found' : 'trust/unavailable')
  }
  const total = Number(response.headers.get('Content-Length') ?? 0)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body) {
      length += chunk.length
      if (length > MAX_PACK_BYTES) break
      chunks.push(chunk)
      onProgress(length, Math.max(total, length))
    }
  } catch {
    throw fault('trust/unavailable')
  }
  if (length > MAX_PACK_BYTES) throw fault('pack/too-large')
  return concatBytes(...chunks)
}

function packAddress(server: string): URL {
  const refusal = new UsageError('--server wants an http or https address')
  if (!URL.canParse(server)) throw refusal
  const { protocol, origin } = new URL(server)
  if (protocol !== 'https:' && protocol !== 'http:') throw refusal
  return new URL('/trust/pack', origin)
}

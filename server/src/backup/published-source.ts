/** Where what was published is read from: a running mirror by its address, or a folder with the same paths. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '@onetrip/codec'
import { MAX_PACK_BYTES } from '@onetrip/trust'

const DEADLINE_MILLISECONDS = 120_000

/** Published files by their paths: `trust/pack`, `log/checkpoint`, `log/tile/entries/000`. */
export interface PublishedSource {
  /** Undefined for what is certainly not there. Throws `network/unreachable`, `network/too-large`. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>
}

/** Opens a source by an http or https address or the path of a folder. */
export function publishedSource(place: string): PublishedSource {
  const isAddress = /^https?:\/\//.test(place)
  return {
    read: (path) => (isAddress ? fetchFile(new URL(path, place)) : readAt(join(place, path))),
  }
}

async function readAt(file: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing) return undefined
    throw fault('network/unreachable')
  }
}

async function fetchFile(url: URL): Promise<Uint8Array | undefined> {
  const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS)
  const response = await fetch(url, { redirect: 'error', signal }).catch(() => {
    throw fault('network/unreachable')
  })
  if (response.status === 404) return undefined
  if (response.status !== 200 || response.body === null) throw fault('network/unreachable')
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    if (length > MAX_PACK_BYTES) throw fault('network/too-large')
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

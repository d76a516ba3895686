/**
 * Signed public data kept in memory with its tag, so that a request for what did not change neither builds nor
 * hashes it. Whoever keeps it names by a stamp what the database said; another stamp finds nothing.
 */
import { createHash } from 'node:crypto'
import { entityTag } from '../http/cached-answer.ts'

const MAX_KEPT = 256

/** Bytes as served, their entity tag and their SHA-256. */
export interface Published {
  readonly body: Uint8Array
  /** SHA-256, hexadecimal. */
  readonly hash: string
  readonly tag: string
}

/** What this process has served last, by name. */
export interface PublishedMemory {
  /** What was kept under `name`, if it was kept with this stamp. */
  readonly find: (name: string, stamp: string) => Published | undefined
  /** Keeps `body` in place of what had the name. */
  readonly keep: (name: string, stamp: string, body: Uint8Array) => Published
}

/** Makes a memory of at most `maxKept` names; of more, the one kept first is forgotten. */
export function publishedMemory(maxKept: number = MAX_KEPT): PublishedMemory {
  const kept = new Map<string, { readonly stamp: string; readonly published: Published }>()
  return {
    find: (name, stamp) => {
      const found = kept.get(name)
      return found?.stamp === stamp ? found.published : undefined
    },
    keep: (name, stamp, body) => {
      const published = { body, hash: sha256Hex(body), tag: entityTag(body) }
      kept.delete(name)
      for (const oldest of kept.keys()) {
        if (kept.size < maxKept) break
        kept.delete(oldest)
      }
      kept.set(name, { stamp, published })
      return published
    },
  }
}

/** SHA-256 of bytes, hexadecimal. */
export function sha256Hex(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}

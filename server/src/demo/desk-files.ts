/** Files that wait at the desk for their seal: in this process's memory only, the newest few of them. */
import { toBase64url } from '@onetrip/codec'
import { digestFile } from '@onetrip/seal'

/** Largest file that the desk takes, in bytes. */
export const MAX_DESK_FILE_BYTES = 10_485_760
const MAX_FILES = 8

/** What the desk keeps, by digest. */
export interface DeskFiles {
  /** Keeps a file, and answers its SHA-256 in base64url, under which it is asked for. */
  readonly keep: (bytes: Uint8Array) => Promise<string>
  readonly find: (digest: string) => Uint8Array | undefined
}

/** Makes an empty place for them. */
export function deskFiles(): DeskFiles {
  const kept = new Map<string, Uint8Array>()
  return {
    async keep(bytes) {
      const digest = toBase64url((await digestFile([bytes])).sha256)
      // Kept again it is the newest.
      kept.delete(digest)
      kept.set(digest, bytes)
      const [oldest] = kept.keys()
      if (kept.size > MAX_FILES && oldest !== undefined) kept.delete(oldest)
      return digest
    },
    find: (digest) => kept.get(digest),
  }
}

/** The web platform: noble's SHA-256, since WebCrypto's needs the whole input at once. The only file that knows noble. */
import { sha256 } from '@noble/hashes/sha2.js'
import type { RunningSha256 } from './running-sha256.ts'

/** A SHA-256 (FIPS 180-4) that takes its input in parts. */
export function newSha256(): RunningSha256 {
  const hash = sha256.create()
  return {
    update: (part) => {
      hash.update(part)
    },
    digest: () => hash.digest(),
  }
}

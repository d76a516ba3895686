/** The salted digests of what a presentation discloses, as they stand in its credential. */
import { fromBase64url } from '@onetrip/codec'
import { cborDisclosureDigest } from './cbor-disclosures.ts'
import { jsonDisclosureDigest } from './json-disclosures.ts'
import { decodeOuterSign1, isCwtKeyBinding, parseCwtKeyBinding } from './kb-cwt.ts'
import { openSdCwt } from './sd-cwt.ts'
import { openSdJwt } from './sd-jwt.ts'

/** One disclosed claim. */
export interface DisclosedDigest {
  /** CBOR key inside the licence, or JSON name. */
  readonly key: number | string
  /** SHA-256 of the disclosure, 32 bytes. */
  readonly digest: Uint8Array
}

/** The disclosures of an SD-CWT (bytes) or an SD-JWT VC (text) that are claims. Throws what opening it throws. */
export function disclosedDigests(presentation: Uint8Array | string): readonly DisclosedDigest[] {
  if (typeof presentation === 'string') {
    return openSdJwt(presentation).disclosures.flatMap(({ name, text }) =>
      name === undefined ? [] : [{ key: name, digest: fromBase64url(jsonDisclosureDigest(text)) }],
    )
  }
  const outer = decodeOuterSign1(presentation)
  const sdCwt = isCwtKeyBinding(outer) ? parseCwtKeyBinding(outer).sdCwt : outer
  return openSdCwt(sdCwt).disclosures.flatMap(({ key, bytes }) =>
    key === undefined ? [] : [{ key, digest: cborDisclosureDigest(bytes) }],
  )
}

/** What a credential leaves in the log: it follows from what is signed, so it stays the same whatever is disclosed. */
import { toBase64url } from '@onetrip/codec'
import { digestOfJwt, digestOfSign1, type IssuanceEntry } from '@onetrip/log'
import type { Mdoc } from './mdoc.ts'
import type { Paper } from './paper.ts'
import type { SdCwt } from './sd-cwt.ts'
import type { SdJwt } from './sd-jwt.ts'

/** The entry of a parsed credential; nothing in it is trusted before the credential's signature is verified. */
export function issuanceEntry(
  credential:
    | Pick<SdCwt | Mdoc | Paper, 'form' | 'sign1' | 'claims'>
    | Pick<SdJwt, 'form' | 'jws' | 'claims'>,
): IssuanceEntry {
  const { iss: issuer, vct: type, issuedAt } = credential.claims
  const digest =
    credential.form === 'sd-jwt'
      ? digestOfJwt(`${credential.jws.signingInput}.${toBase64url(credential.jws.signature)}`)
      : digestOfSign1(credential.sign1)
  const entry = { kind: 'issuance', issuer, type, digest } as const
  return issuedAt === undefined ? entry : { ...entry, issuedAt }
}

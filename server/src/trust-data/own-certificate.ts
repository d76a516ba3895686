/**
 * The X.509 certificate of an ES256 key of a seal maker or an office, self-signed, under which it certifies other keys: those of
 * seals, for PDF readers, or those that sign requests for licences.
 */
import { toBase64url } from '@onetrip/codec'
import { assembleCertificate, buildCertificate, keyIdentifier, randomSerial } from '@onetrip/seal'
import type { Services } from '../services.ts'
import { chineseName } from './agencies.ts'
import type { KeyRowBase } from './key-row.ts'

/** The most characters of a name in a certificate (RFC 5280, appendix A.1). */
export const MAX_CERTIFIED_NAME = 64

/**
 * Makes the certificate of a key, base64url: good as long as the last thing that the key may certify, `issuesForSeconds` after
 * it. What the trust list says of the key's life counts beside it.
 */
export async function ownCertificate(
  services: Services,
  of: {
    /** USCC, and the stored name in both languages. */
    readonly owner: { readonly id: string; readonly name: string }
    readonly row: KeyRowBase
    readonly issuesForSeconds: number
  },
): Promise<string> {
  const { owner, row, issuesForSeconds } = of
  const signer = services.keys.signer(row.id)
  const { publicKey: key } = signer
  const name = certifiedName(chineseName(owner.name))
  const subject = { organization: name, commonName: name, uscc: owner.id }
  const toBeSigned = buildCertificate({
    role: 'ca',
    serial: randomSerial(services.random),
    issuer: subject,
    subject,
    notBefore: row.not_before,
    notAfter: row.not_after + issuesForSeconds,
    key,
    issuerKeyIdentifier: keyIdentifier(key),
  })
  return toBase64url(assembleCertificate(toBeSigned, await signer.sign(toBeSigned)))
}

/** The beginning of a name that fits. */
export function certifiedName(name: string): string {
  return Array.from(name).slice(0, MAX_CERTIFIED_NAME).join('').trim()
}

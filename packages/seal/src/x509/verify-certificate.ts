/** The path from an issued certificate to the one above it, which is one step long (RFC 5280 §6.1). */
import { equalBytes, fault, verifySignature } from '@onetrip/codec'
import { type Certificate, keyIdentifier } from './certificate.ts'
import { buildName } from './distinguished-name.ts'

/**
 * Verifies that the owner of `ca` issued a certificate, and that both were valid at a time (Unix seconds, ends
 * inclusive). Whether the owner is trusted, and its key unrevoked, says the trust list: its key has to be that of
 * `ca`. Throws `certificate/issuer`, `certificate/not-yet-valid`, `certificate/expired`, `signature/invalid`.
 */
export async function verifyIssuedCertificate(
  certificate: Certificate,
  ca: Certificate,
  at: number,
): Promise<void> {
  if (ca.role !== 'ca' || certificate.role === 'ca') throw fault('certificate/issuer')
  const isNamed = equalBytes(buildName(certificate.issuer), buildName(ca.subject))
  if (!isNamed || !equalBytes(certificate.issuerKeyIdentifier, keyIdentifier(ca.key))) {
    throw fault('certificate/issuer')
  }
  for (const { toBeSigned: data, signature } of [ca, certificate]) {
    const isSigned = await verifySignature({ key: ca.key, signature, data })
    if (!isSigned) throw fault('signature/invalid')
  }
  for (const { notBefore, notAfter } of [ca, certificate]) {
    if (at < notBefore) throw fault('certificate/not-yet-valid')
    if (at > notAfter) throw fault('certificate/expired')
  }
}

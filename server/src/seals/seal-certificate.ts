/** The X.509 certificate of a seal's key, by which PDF readers know it; issued by the seal maker's ES256 key. */
import { fromBase64url, type PublicKey, type Signer, toBase64url } from '@onetrip/codec'
import {
  assembleCertificate,
  buildCertificate,
  type Certificate,
  parseCertificate,
  randomSerial,
  type SealFacts,
} from '@onetrip/seal'
import type { Services } from '../services.ts'

/** The certificate of a seal maker's key; undefined for a key without. */
export async function caOf(
  { storage }: Services,
  makerKeyId: string,
): Promise<Certificate | undefined> {
  const row = await storage
    .selectFrom('seal_maker_key')
    .select('certificate')
    .where('id', '=', makerKeyId)
    .executeTakeFirstOrThrow()
  return row.certificate === null
    ? undefined
    : parseCertificate(fromBase64url(row.certificate), 'ca')
}

/** What the maker's key is going to sign for the key of a seal: the seal's owner, name and period. */
export function sealCertificateDraft(
  services: Services,
  of: { readonly facts: SealFacts; readonly publicKey: PublicKey; readonly ca: Certificate },
): Uint8Array {
  const { facts, publicKey, ca } = of
  return buildCertificate({
    role: 'seal',
    serial: randomSerial(services.random),
    issuer: ca.subject,
    subject: {
      organization: facts.owner.name,
      commonName: facts.name,
      uscc: facts.owner.uscc,
    },
    notBefore: facts.validFrom,
    notAfter: facts.validTo,
    key: publicKey,
    issuerKeyIdentifier: ca.issuerKeyIdentifier,
  })
}

/** Signs what {@link sealCertificateDraft} made; both are base64url. */
export async function signCertificate(signer: Signer, draft: string): Promise<string> {
  const toBeSigned = fromBase64url(draft)
  return toBase64url(assembleCertificate(toBeSigned, await signer.sign(toBeSigned)))
}

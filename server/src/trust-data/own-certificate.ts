/** The X.509 certificate of a seal maker's ES256 key, self-signed, under which it certifies seals' keys for PDF readers. */
import { toBase64url } from '@onetrip/codec'
import { assembleCertificate, buildCertificate, keyIdentifier, randomSerial } from '@onetrip/seal'
import type { Services } from '../services.ts'
import { chineseName } from './agencies.ts'
import { MAX_SEAL_SECONDS } from './key-listing.ts'
import type { KeyRowBase } from './key-row.ts'

/**
 * Makes the certificate of a key, base64url: good as long as the last seal that the key may make. What the trust list says
 * of the key's life counts beside it.
 */
export async function sealMakerCertificate(
  services: Services,
  maker: { readonly id: string; readonly name: string },
  { id: keyId, not_before: notBefore, not_after: notAfter }: KeyRowBase,
): Promise<string> {
  const signer = services.keys.signer(keyId)
  const { publicKey: key } = signer
  const name = chineseName(maker.name)
  const subject = { organization: name, commonName: name, uscc: maker.id }
  const toBeSigned = buildCertificate({
    role: 'ca',
    serial: randomSerial(services.random),
    issuer: subject,
    subject,
    notBefore,
    notAfter: notAfter + MAX_SEAL_SECONDS,
    key,
    issuerKeyIdentifier: keyIdentifier(key),
  })
  return toBase64url(assembleCertificate(toBeSigned, await signer.sign(toBeSigned)))
}

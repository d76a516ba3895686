/**
 * The X.509 certificate that stands in an agency's mdocs (ISO/IEC 18013-5:2021 §B.1.4), self-signed by the key that signs them: a
 * form in which other software finds the key. Whether the key counts is for the trust list to say. Issuer metadata publish it.
 */
import { fromBase64url, toBase64url } from '@onetrip/codec'
import { MAX_CREDENTIAL_SECONDS } from '@onetrip/credential'
import { assembleCertificate, buildCertificate, keyIdentifier, randomSerial } from '@onetrip/seal'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { chineseName } from '../trust-data/agencies.ts'
import { certifiedName } from '../trust-data/own-certificate.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'

/** The certificate of a key, DER; made when it is needed first. */
export async function mdocCertificate(
  services: Services,
  { keyId, signer }: OwnSigner,
): Promise<Uint8Array> {
  const known = await findCertificate(services, keyId)
  if (known !== undefined) return known
  const owner = await services.storage
    .selectFrom('signing_key')
    .innerJoin('agency', 'agency.id', 'signing_key.agency_id')
    .select(['agency.id', 'name', 'not_before', 'not_after'])
    .where('signing_key.id', '=', keyId)
    .executeTakeFirstOrThrow()
  const name = certifiedName(chineseName(owner.name))
  const subject = { country: 'CN', organization: name, commonName: name, uscc: owner.id } as const
  const toBeSigned = buildCertificate({
    role: 'mdoc',
    serial: randomSerial(services.random),
    issuer: subject,
    subject,
    notBefore: owner.not_before,
    notAfter: owner.not_after + MAX_CREDENTIAL_SECONDS,
    key: signer.publicKey,
    issuerKeyIdentifier: keyIdentifier(signer.publicKey),
  })
  const certificate = toBase64url(assembleCertificate(toBeSigned, await signer.sign(toBeSigned)))
  // Whoever made one at the same time certified the same key; all say the one that was kept.
  await transact(services.storage, async (transaction) => {
    const { numInsertedOrUpdatedRows: added = 0n } = await transaction
      .insertInto('mdoc_certificate')
      .values({ key_id: keyId, certificate })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (added === 0n) return
    const act = { act: 'key/certify', agency: owner.id, facts: { key: keyId } }
    await recordAct(services, transaction, act)
  })
  return (await findCertificate(services, keyId)) ?? fromBase64url(certificate)
}

async function findCertificate(
  { storage }: Services,
  keyId: string,
): Promise<Uint8Array | undefined> {
  const row = await storage
    .selectFrom('mdoc_certificate')
    .select('certificate')
    .where('key_id', '=', keyId)
    .executeTakeFirst()
  return row && fromBase64url(row.certificate)
}

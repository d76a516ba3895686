/**
 * The X.509 certificates of an agency's mdocs: the one of the key that signs them, which stands in each (ISO/IEC 18013-5:2021
 * §B.1.4), under an authority of the agency (§B.1.2), whose key signs such certificates alone: a form in which other software finds
 * the key. Whether it counts is for the trust list to say. Issuer metadata publish both.
 */
import { fromBase64url, type Signer, toBase64url } from '@onetrip/codec'
import { MAX_CREDENTIAL_SECONDS } from '@onetrip/credential'
import {
  assembleCertificate,
  buildCertificate,
  type CertificateStatement,
  keyIdentifier,
  parseCertificate,
  randomSerial,
} from '@onetrip/seal'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { chineseName } from '../trust-data/agencies.ts'
import { certifiedName } from '../trust-data/own-certificate.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'

/** An authority lasts at most twenty years (§B.1.2); the next certificate has the same key and name. */
const AUTHORITY_LIFE_SECONDS = 3650 * 86_400
const AUTHORITY_NAME = '电子证照签发根证书'

interface KeyOwner {
  /** USCC. */
  readonly id: string
  readonly name: string
  readonly not_before: number
  readonly not_after: number
}

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
  const notAfter = owner.not_after + MAX_CREDENTIAL_SECONDS
  const key = { algorithm: 'ES256', kind: 'licence' } as const
  const authoritySigner = await services.keys.makeSigner(authorityKeyName(owner.id), key)
  const authority = await authorityOf(services, { owner, signer: authoritySigner, until: notAfter })
  const { subject: issuer } = parseCertificate(authority, 'ca')
  const name = certifiedName(chineseName(owner.name))
  const certificate = await signCertificate(authoritySigner, {
    role: 'mdoc',
    serial: randomSerial(services.random),
    issuer,
    subject: { country: 'CN', organization: name, commonName: name, uscc: owner.id },
    notBefore: owner.not_before,
    notAfter,
    key: signer.publicKey,
    issuerKeyIdentifier: keyIdentifier(authoritySigner.publicKey),
  })
  // Whoever made one at the same time certified the same key; all say the one that was kept.
  await transact(services.storage, async (transaction) => {
    const { numInsertedOrUpdatedRows: added = 0n } = await transaction
      .insertInto('mdoc_certificate')
      .values({
        key_id: keyId,
        certificate: toBase64url(certificate),
        authority: toBase64url(authority),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (added === 0n) return
    const act = { act: 'key/certify', agency: owner.id, facts: { key: keyId } }
    await recordAct(services, transaction, act)
  })
  return (await findCertificate(services, keyId)) ?? certificate
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

/** The agency's authority that another key of it stands under, when it lasts as long as needed, else a further one. */
async function authorityOf(
  services: Services,
  of: { readonly owner: KeyOwner; readonly signer: Signer; readonly until: number },
): Promise<Uint8Array> {
  const { owner, signer, until } = of
  const rows = await services.storage
    .selectFrom('mdoc_certificate')
    .innerJoin('signing_key', 'signing_key.id', 'mdoc_certificate.key_id')
    .select('authority')
    .where('agency_id', '=', owner.id)
    .execute()
  const known = rows
    .flatMap(({ authority }) => (authority === null ? [] : [fromBase64url(authority)]))
    .map((bytes) => parseCertificate(bytes, 'ca'))
    .filter(({ notBefore, notAfter }) => notBefore <= owner.not_before && until <= notAfter)
    .sort((one, other) => other.notAfter - one.notAfter)[0]
  if (known !== undefined) return known.bytes
  const name = certifiedName(chineseName(owner.name))
  const subject = {
    country: 'CN',
    organization: name,
    commonName: AUTHORITY_NAME,
    uscc: owner.id,
  } as const
  const { publicKey: key } = signer
  return signCertificate(signer, {
    role: 'ca',
    serial: randomSerial(services.random),
    issuer: subject,
    subject,
    notBefore: owner.not_before,
    notAfter: owner.not_before + AUTHORITY_LIFE_SECONDS,
    key,
    issuerKeyIdentifier: keyIdentifier(key),
  })
}

async function signCertificate(
  signer: Signer,
  statement: CertificateStatement,
): Promise<Uint8Array> {
  const toBeSigned = buildCertificate(statement)
  return assembleCertificate(toBeSigned, await signer.sign(toBeSigned))
}

function authorityKeyName(agencyId: string): string {
  return `${agencyId.toLowerCase()}-certify-mdoc-1`
}

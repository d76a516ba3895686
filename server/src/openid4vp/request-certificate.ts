/**
 * With what an office's requests are signed (HAIP 1.0 §5): a key of its own under an X.509 certificate of thirty days, which the
 * office's key of use `ask` issues. The certificate names the host that takes the answers.
 */
import { fromBase64url, type Signer, toBase64url } from '@onetrip/codec'
import {
  assembleCertificate,
  buildCertificate,
  parseCertificate,
  randomSerial,
} from '@onetrip/seal'
import { officeSigner } from '../enrolment/office-keys.ts'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { MAX_REQUEST_CERTIFICATE_SECONDS } from '../trust-data/key-listing.ts'

/** The next one is made this long before the end. */
const RENEW_SECONDS = 86_400
const COMMON_NAME = '联网核验 Online verification'

/** A certified key. */
export interface RequestKey {
  readonly keyId: string
  /** DER. */
  readonly certificate: Uint8Array
}

/** The signer of a key that {@link requestKey} gave. */
export function requestSigner({ keys }: Services, { keyId }: RequestKey): Signer {
  return keys.signer(keyId)
}

/** The key that signs an office's requests now; makes and certifies one where there is none. Throws `key/unknown`. */
export async function requestKey(services: Services, officeId: string): Promise<RequestKey> {
  const { keyId: officeKeyId, signer } = await officeSigner(services, officeId, 'ask')
  const now = services.now()
  const rows = await services.storage
    .selectFrom('request_certificate')
    .selectAll()
    .where('office_id', '=', officeId)
    .orderBy('not_after', 'desc')
    .execute()
  const known = rows.find((row) => row.office_key_id === officeKeyId)
  if (known !== undefined && known.not_after > now + RENEW_SECONDS) {
    return { keyId: known.key_id, certificate: fromBase64url(known.certificate) }
  }
  const keyId = `${officeId.toLowerCase()}-request-${rows.length + 1}`
  const notAfter = now + MAX_REQUEST_CERTIFICATE_SECONDS
  const certificate = await certify(services, { keyId, officeKeyId, notAfter, signer })
  // Whoever else made one at the same time certified the same key.
  await transact(services.storage, async (transaction) => {
    const { numInsertedOrUpdatedRows: added = 0n } = await transaction
      .insertInto('request_certificate')
      .values({
        key_id: keyId,
        office_id: officeId,
        office_key_id: officeKeyId,
        certificate: toBase64url(certificate),
        not_after: notAfter,
      })
      .onConflict((conflict) => conflict.column('key_id').doNothing())
      .executeTakeFirstOrThrow()
    if (added === 0n) return
    const facts = { key: keyId, issuer: officeKeyId, until: notAfter }
    await recordAct(services, transaction, { act: 'key/certify', agency: officeId, facts })
  })
  return { keyId, certificate }
}

async function certify(
  services: Services,
  of: {
    readonly keyId: string
    readonly officeKeyId: string
    readonly notAfter: number
    readonly signer: Signer
  },
): Promise<Uint8Array> {
  const { keyId, officeKeyId, notAfter, signer } = of
  const row = await services.storage
    .selectFrom('office_key')
    .select('certificate')
    .where('id', '=', officeKeyId)
    .executeTakeFirstOrThrow()
  const authority = parseCertificate(fromBase64url(row.certificate ?? ''), 'ca')
  const toBeSigned = buildCertificate({
    role: 'request',
    serial: randomSerial(services.random),
    issuer: authority.subject,
    subject: { ...authority.subject, commonName: COMMON_NAME },
    notBefore: services.now(),
    notAfter,
    key: services.keys.ensureSigner(keyId, 'ES256').publicKey,
    issuerKeyIdentifier: authority.issuerKeyIdentifier,
    dnsNames: [new URL(services.config.apiOrigin).hostname],
  })
  return assembleCertificate(toBeSigned, await signer.sign(toBeSigned))
}

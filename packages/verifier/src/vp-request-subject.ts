/** What the rules on a request of OpenID4VP look at: who asks by which certificate, and what is asked of which matter. */
import { type ErrorCode, equalBytes, fault, jwkThumbprint, verifyJws } from '@onetrip/codec'
import { type VpRequest, wantsOfQuery } from '@onetrip/credential'
import {
  type Certificate,
  keyIdentifier,
  parseCertificate,
  verifyIssuedCertificate,
} from '@onetrip/seal'
import { keyValidity, type Office, type OfficeKey, type Trust } from '@onetrip/trust'
import type { DeviceQuestion } from './device-subject.ts'
import { type AskedSubject, askedSubject } from './request-subject.ts'
import type { Settled } from './rule.ts'
import { settleAsync } from './settle.ts'
import type { RuleId } from './verdict.ts'

/** Rules over what a verifier signed; nothing of it is told before all of these have passed. */
export const CLIENT_SIGNED: readonly RuleId[] = ['client-certificate', 'client-signature']

/** A verifier that an office certified. */
export interface ProvenClient {
  readonly office: Office
  readonly officeKey: OfficeKey
  readonly certificate: Certificate
  /** The office's own, of the trust list. */
  readonly authority: Certificate
}

/** A request with what the trust data say of it. */
export interface VpRequestSubject extends DeviceQuestion, AskedSubject {
  readonly request: VpRequest & { readonly office: string }
  /** Of the link that led to the request. */
  readonly linkedClientId: string
  /** What the wallet sent, where it fetched by POST. */
  readonly sentWalletNonce: string | undefined
  readonly client: Settled<ProvenClient>
  readonly clientSignature: Settled<true>
  /** Why the verifier does not speak for its office now. */
  readonly standing: ErrorCode | undefined
}

/** Gathers the subject. */
export async function vpRequestSubject(
  request: VpRequest,
  question: DeviceQuestion & Pick<VpRequestSubject, 'linkedClientId' | 'sentWalletNonce'>,
): Promise<VpRequestSubject> {
  const { trust, now } = question
  const client = await settleAsync(() => proveClient(request, trust))
  const clientSignature = await settleAsync<true>(async () => {
    if (client.value === undefined) throw fault(client.code)
    await verifyJws(request.jws, client.value.certificate.key)
    return true
  })
  const asked = {
    office: client.value?.office.id ?? '',
    matter: request.matter,
    wants: wantsOfQuery(request.query, trust.types),
  }
  return {
    ...question,
    ...askedSubject(asked, trust),
    request: { ...request, office: asked.office },
    client,
    clientSignature,
    standing: client.value && standingOf(client.value, trust, now),
  }
}

/** The office whose key issued the only certificate of the request. */
async function proveClient({ certificates }: VpRequest, trust: Trust): Promise<ProvenClient> {
  const [bytes] = certificates
  // The office's own certificate is the wallet's knowledge, never the request's word (HAIP 1.0 §5).
  if (bytes === undefined || certificates.length !== 1) throw fault('request/client')
  const certificate = parseCertificate(bytes, 'request')
  for (const office of trust.offices) {
    for (const officeKey of office.keys) {
      const authority = authorityOf(officeKey)
      const isNamed =
        authority && equalBytes(keyIdentifier(authority.key), certificate.issuerKeyIdentifier)
      if (isNamed !== true || authority === undefined) continue
      if (certificate.subject.uscc !== office.id) throw fault('certificate/issuer')
      await verifyIssuedCertificate(certificate, authority, certificate.notBefore)
      return { office, officeKey, certificate, authority }
    }
  }
  throw fault('certificate/issuer')
}

/** The certificate beside a key of use `ask`, which is that key's. */
function authorityOf({ use, key, certificate }: OfficeKey): Certificate | undefined {
  if (use !== 'ask' || certificate === undefined) return undefined
  const authority = parseCertificate(certificate, 'ca')
  return equalBytes(authority.key.raw, key.raw) ? authority : undefined
}

function standingOf(
  { officeKey, certificate, authority }: ProvenClient,
  trust: Trust,
  now: number,
): ErrorCode | undefined {
  const ends = [certificate, authority]
  if (ends.some(({ notBefore }) => now < notBefore)) return 'certificate/not-yet-valid'
  if (ends.some(({ notAfter }) => now > notAfter)) return 'certificate/expired'
  // What the office's key signed counts by the time of signing, as certificates of counters do; a revoked key's do not at all.
  const code = keyValidity(officeKey, certificate.notBefore)
  if (code !== undefined) return code
  if (officeKey.revokedFrom !== undefined && now >= officeKey.revokedFrom) return 'key/revoked'
  return trust.isDeniedDevice(jwkThumbprint(certificate.key)) ? 'counter/denied' : undefined
}

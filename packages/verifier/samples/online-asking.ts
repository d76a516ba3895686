/** An office that asks over the network, over the trust data of `asking-world.ts`: its certificates, its request, and who answers. */
import {
  fromBase64url,
  type JsonObject,
  type Signer,
  signerFromPrivateJwk,
  utf8Encode,
} from '@onetrip/codec'
import {
  assembleSdJwt,
  buildSdJwt,
  parseTypeDefinition,
  presentSdJwt,
  queryOfWants,
  signVpRequest,
  type TypeDefinition,
  type VpRequestInput,
  type Want,
  x509HashClientId,
} from '@onetrip/credential'
import {
  businessLicenceOfSample,
  identityOfChen,
  licenceTypes,
  sampleAgencies,
  testKeys,
} from '@onetrip/fixtures'
import {
  assembleCertificate,
  buildCertificate,
  type CertificateStatement,
  keyIdentifier,
  parseCertificate,
} from '@onetrip/seal'
import { AUTHORITY_CERTIFICATE, INDEX, NOW, SIGNERS, URI, WANTS } from './asking-world.ts'

const key = (name: keyof typeof testKeys): Signer => signerFromPrivateJwk({ ...testKeys[name] })
const DAY = 86_400

/** The office's key of use `ask`. */
export const AUTHORITY: Signer = key('policeIssueJws')
/** The key that signs its requests. */
export const ASKER: Signer = key('counterJws')
/** The host that takes the answers. */
export const HOST = 'verify.onetrip.example'
/** What presentations are bound to where no request is named. */
export const VP_NONCE = 'n-0S6_WzA2Mj'
/** The salt of the request's nonce, always the same. */
export const VP_SALT: Uint8Array = new Uint8Array(16).fill(7)

/** The certificate of {@link ASKER}, thirty days from a day before {@link NOW}, with members replaced. */
export async function requestCertificate(
  changes: Partial<CertificateStatement> = {},
  authority: Signer = AUTHORITY,
): Promise<Uint8Array> {
  const { subject } = parseCertificate(fromBase64url(AUTHORITY_CERTIFICATE), 'ca')
  const toBeSigned = buildCertificate({
    role: 'request',
    serial: Uint8Array.of(0x42, 1, 2, 3, 4, 5, 6, 7),
    issuer: subject,
    subject: { ...subject, commonName: '联网核验' },
    notBefore: NOW - DAY,
    notAfter: NOW + 29 * DAY,
    key: ASKER.publicKey,
    issuerKeyIdentifier: keyIdentifier(AUTHORITY.publicKey),
    dnsNames: [HOST],
    ...changes,
  })
  return assembleCertificate(toBeSigned, await authority.sign(toBeSigned))
}

/** The query for the sample wants. */
export function sampleQuery(): JsonObject {
  return queryOfWants(
    WANTS,
    licenceTypes.map((type) => parseTypeDefinition(type)),
  )
}

/** A request made at {@link NOW}, with members replaced; its client identifier is the hash of its certificate. */
export async function vpRequest(changes: Partial<VpRequestInput> = {}): Promise<string> {
  const certificate = changes.certificate ?? (await requestCertificate())
  return signVpRequest({
    clientId: x509HashClientId(certificate),
    responseUri: `https://${HOST}/openid4vp/responses/one`,
    responseMode: 'direct_post',
    salt: VP_SALT,
    issuedAt: NOW,
    expiresAt: NOW + 300,
    matter: 'open-restaurant',
    purpose: '办理食品经营许可新办',
    query: sampleQuery(),
    certificate,
    signer: ASKER,
    ...changes,
  })
}

/** The sample licences as SD-JWT VCs of {@link SIGNERS}' holder, in the order of the wants. */
export async function vpCredentials(): Promise<
  readonly {
    readonly want: Want | undefined
    readonly type: TypeDefinition
    readonly credential: string
  }[]
> {
  const [business, identity] = WANTS
  const held = [
    { want: business, sample: businessLicenceOfSample, issuer: SIGNERS.marketJws, uri: URI.market },
    { want: identity, sample: identityOfChen, issuer: SIGNERS.policeJws, uri: URI.police },
  ]
  return Promise.all(
    held.map(async ({ want, sample, issuer, uri }) => {
      const type = licenceTypes
        .map((json) => parseTypeDefinition(json))
        .find(({ typeCode }) => typeCode === sample.typeCode)
      const agency = sampleAgencies.find(({ id }) => id === sample.agencyId)
      if (type === undefined || agency === undefined) throw new TypeError('the cast is short')
      const draft = buildSdJwt({
        type,
        facts: sample.facts,
        issuerUrl: `https://api.onetrip.example/${agency.path}`,
        holderKey: SIGNERS.holderJws.publicKey,
        status: { uri, index: INDEX.valid },
        issuedAt: NOW - 10 * DAY,
        expiresAt: NOW + 300 * DAY,
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
        kid: issuer.publicKey.kid,
        algorithm: issuer.publicKey.algorithm,
      })
      const signature = await issuer.sign(utf8Encode(draft.signingInput))
      return { want, type, credential: assembleSdJwt(draft, signature) }
    }),
  )
}

/** Their presentations by materials, for a verifier; members of the key binding may be replaced. */
export async function vpPresentations(
  audience: string,
  changes: Partial<Parameters<typeof presentSdJwt>[0]> = {},
): Promise<readonly { readonly material: string; readonly presentation: string }[]> {
  const held = await vpCredentials()
  return Promise.all(
    held.map(async ({ want, type, credential }) => {
      const presentation = await presentSdJwt({
        credential,
        type,
        disclose: want?.options[0]?.claims ?? [],
        mode: 'requested',
        audience,
        nonce: VP_NONCE,
        issuedAt: NOW,
        signer: SIGNERS.holderJws,
        ...changes,
      })
      return { material: want?.material ?? '', presentation }
    }),
  )
}

/** What @owf/mdoc is given to work with: node:crypto for hashes, signatures and certificates. Nothing of ours. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  randomBytes,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto'
import { CoseKey, type MdocContext } from '@owf/mdoc'

const RAW = 'ieee-p1363'

/** Context of the peer's issuers, holders and verifiers. */
export const MDOC_CONTEXT: MdocContext = {
  crypto: {
    random: (length) => randomBytes(length),
    digest: ({ bytes }) => createHash('sha256').update(bytes).digest(),
    calculateEphemeralMacKey: () => {
      throw new TypeError('nothing is shown by MAC')
    },
  },
  cose: {
    sign1: {
      sign: ({ toBeSigned, key }) => {
        const privateKey = createPrivateKey({ key: key.jwk as JsonWebKey, format: 'jwk' })
        return sign('sha256', toBeSigned, { key: privateKey, dsaEncoding: RAW })
      },
      verify: ({ key, sign1 }) => {
        const { d: _, ...jwk } = key.jwk as JsonWebKey
        const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
        const { toBeSigned, signature } = sign1
        return verify('sha256', toBeSigned, { key: publicKey, dsaEncoding: RAW }, signature)
      },
    },
    mac0: {
      sign: () => {
        throw new TypeError('nothing is shown by MAC')
      },
      verify: () => false,
    },
  },
  x509: {
    getIssuerNameField: ({ certificate, field }) =>
      new X509Certificate(certificate).issuer
        .split('\n')
        .filter((line) => line.startsWith(`${field}=`))
        .map((line) => line.slice(field.length + 1)),
    getPublicKey: ({ certificate }) => {
      const jwk = new X509Certificate(certificate).publicKey.export({ format: 'jwk' })
      return CoseKey.fromJwk(jwk)
    },
    verifyCertificateChain: ({ trustedCertificates, x5chain, now }) => {
      const [leaf] = x5chain.map((bytes) => new X509Certificate(bytes))
      const isTrusted = trustedCertificates
        .map((bytes) => new X509Certificate(bytes))
        .some((above) => above.ca && leaf?.checkIssued(above) && leaf.verify(above.publicKey))
      const at = now?.getTime() ?? Date.now()
      const isInForce =
        leaf !== undefined && leaf.validFromDate.getTime() <= at && at <= leaf.validToDate.getTime()
      if (!isTrusted || !isInForce || x5chain.length !== 1) throw new Error('not trusted')
    },
    getCertificateData: ({ certificate }) => {
      const read = new X509Certificate(certificate)
      return {
        issuerName: read.issuer,
        subjectName: read.subject,
        serialNumber: read.serialNumber,
        thumbprint: read.fingerprint256,
        notBefore: read.validFromDate,
        notAfter: read.validToDate,
        pem: read.toString(),
      }
    },
  },
}

/**
 * mdocs with software that others wrote: @owf/mdoc 0.6 (the continuation of @animo-id/mdoc and @auth0/mdl) verifies what we issue and
 * show over OpenID4VP 1.0, and shows ours so that we verify it. Its cryptography is node:crypto.
 */
import { createHash, X509Certificate } from 'node:crypto'
import { type Signer, signerFromPrivateJwk, toBase64url, verifySign1 } from '@onetrip/codec'
import { type MdocInput, type MdocSession, parseShownMdoc, presentMdoc } from '@onetrip/credential'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { assembleCertificate, buildCertificate, keyIdentifier } from '@onetrip/seal'
import {
  CoseKey,
  DeviceRequest,
  DeviceResponse,
  DocRequest,
  IssuerSigned,
  ItemsRequest,
  SessionTranscript,
} from '@owf/mdoc'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  changed,
  issueMdoc,
  type MdocPath,
  SESSION,
} from '../../packages/credential/samples/mdocs.ts'
import {
  codeOf,
  issueInput,
  NOW,
  newPrivateJwk,
} from '../../packages/credential/samples/testkit.ts'
import { MDOC_CONTEXT } from './mdoc-peer.ts'

const DAY = 86_400
const holderJwk = newPrivateJwk('ES256')
const keys = {
  issuer: signerFromPrivateJwk(newPrivateJwk('ES256')),
  holder: signerFromPrivateJwk(holderJwk),
}
const now = new Date((NOW + DAY) * 1000)
const DOC_TYPE = issueInput(foodLicenceOfSample, keys).type.vct
const NAME = {
  country: 'CN',
  organization: '样例',
  commonName: '样例',
  uscc: foodLicenceOfSample.agencyId,
} as const
const KEY_THUMBPRINT = createHash('sha256').update('key').digest()

let authority: Uint8Array
let certificate: Uint8Array
let credential: Uint8Array

async function issue(changes: Partial<MdocInput> = {}): Promise<Uint8Array> {
  return issueMdoc(
    { ...issueInput(foodLicenceOfSample, keys), certificate, ...changes },
    keys.issuer,
  )
}

beforeAll(async () => {
  const above = signerFromPrivateJwk(newPrivateJwk('ES256'))
  const issuer = { ...NAME, commonName: '样例根' }
  const certify = async (role: 'ca' | 'mdoc', { publicKey: key }: Signer): Promise<Uint8Array> => {
    const toBeSigned = buildCertificate({
      role,
      serial: Uint8Array.of(0x42),
      issuer,
      subject: role === 'ca' ? issuer : NAME,
      notBefore: NOW - DAY,
      notAfter: NOW + 3650 * DAY,
      key,
      issuerKeyIdentifier: keyIdentifier(above.publicKey),
    })
    return assembleCertificate(toBeSigned, await above.sign(toBeSigned))
  }
  authority = await certify('ca', above)
  certificate = await certify('mdoc', keys.issuer)
  credential = await issue()
})

/** Their verdict on bytes: null, or the check that failed. */
async function theirs(
  response: Uint8Array,
  session: MdocSession = SESSION,
  at: Date = now,
): Promise<string | null> {
  const { keyThumbprint, ...own } = session
  const given = keyThumbprint === undefined ? own : { ...own, jwkThumbprint: keyThumbprint }
  const sessionTranscript = await SessionTranscript.forOid4Vp(given, MDOC_CONTEXT)
  try {
    const read = DeviceResponse.fromEncodedForOid4Vp(toBase64url(response))
    const trusted = { sessionTranscript, trustedCertificates: [authority], now: at }
    await read.verify(trusted, MDOC_CONTEXT)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : 'another'
  }
}

const show = (session: MdocSession = SESSION, own: Uint8Array = credential) =>
  presentMdoc({ credential: own, disclose: ['name', 'uscc'], session, signer: keys.holder })

describe('they verify ours', () => {
  test('what we issue', async () => {
    const issued = IssuerSigned.fromEncodedForOid4Vci(toBase64url(credential))
    await issued.verify({ trustedCertificates: [authority], now }, MDOC_CONTEXT)
    expect(issued.issuerAuth.mobileSecurityObject.docType).toBe(DOC_TYPE)
    expect(new X509Certificate(issued.issuerAuth.certificate).subject).toContain('C=CN')
    const { name } = foodLicenceOfSample.facts.claims
    expect(issued.getPrettyClaims(DOC_TYPE)).toMatchObject({ name })
  })

  test.each([
    ['plain', SESSION],
    ['encrypted', { ...SESSION, keyThumbprint: KEY_THUMBPRINT }],
  ])('what we show for a request with a %s answer', async (_, session) => {
    expect(await theirs(await show(session), session)).toBeNull()
  })

  const ITEM: MdocPath = ['documents', 0, 'issuerSigned', 'nameSpaces', DOC_TYPE, 1]
  test.each<[string, MdocPath]>([
    ['value', [...ITEM, 'elementValue']],
    ['random', [...ITEM, 'random']],
  ])('and refuse another %s, as we do', async (_, path) => {
    const other = changed(await show(), path, (value) =>
      typeof value === 'string' ? 'another' : new Uint8Array(16),
    )
    expect(await theirs(other)).not.toBeNull()
    expect(await codeOf(() => parseShownMdoc(other, SESSION))).toBe('mdoc/digest')
  })

  test('and refuse another session, type, or signature, and an mdoc that is over', async () => {
    const shown = await show()
    expect(await theirs(shown, { ...SESSION, nonce: 'another' })).not.toBeNull()
    expect(
      await theirs(changed(shown, ['documents', 0, 'docType'], () => 'another')),
    ).not.toBeNull()
    const signature: MdocPath = ['documents', 0, 'deviceSigned', 'deviceAuth', 'deviceSignature', 3]
    expect(await theirs(changed(shown, signature, () => new Uint8Array(64)))).not.toBeNull()
    expect(await theirs(shown, SESSION, new Date((NOW + 301 * DAY) * 1000))).not.toBeNull()
  })
})

describe('we verify theirs', () => {
  /** Our mdoc, shown by their wallet. */
  async function theyShow(session: MdocSession, own: Uint8Array): Promise<Uint8Array> {
    const { keyThumbprint, ...given } = session
    const request = DeviceRequest.create({
      docRequests: [
        DocRequest.create({
          itemsRequest: ItemsRequest.create({
            docType: DOC_TYPE,
            namespaces: { [DOC_TYPE]: { name: false, uscc: false, onetrip_licence: false } },
          }),
        }),
      ],
    })
    const response = await DeviceResponse.createWithDeviceRequest(
      {
        deviceRequest: request,
        issuerSigned: [IssuerSigned.fromEncodedForOid4Vci(toBase64url(own))],
        sessionTranscript: await SessionTranscript.forOid4Vp(
          keyThumbprint === undefined ? given : { ...given, jwkThumbprint: keyThumbprint },
          MDOC_CONTEXT,
        ),
        signature: { signingKey: CoseKey.fromJwk({ ...holderJwk, alg: 'ES256' }) },
      },
      MDOC_CONTEXT,
    )
    return new Uint8Array(response.encode())
  }

  test.each([
    ['plain', SESSION],
    ['encrypted', { ...SESSION, keyThumbprint: KEY_THUMBPRINT }],
  ])('shown for a request with a %s answer', async (_, session) => {
    const { mdoc, keyBinding } = parseShownMdoc(await theyShow(session, credential), session)
    await verifySign1(mdoc.sign1, keys.issuer.publicKey)
    await keyBinding?.verify(keys.holder.publicKey)
    expect([...mdoc.claims.raw.keys()].sort()).toEqual(['name', 'uscc'])
    expect(mdoc.claims.holderKey).toEqual(keys.holder.publicKey)
  })

  test('and refuse it for another session', async () => {
    const shown = await theyShow(SESSION, credential)
    const { keyBinding } = parseShownMdoc(shown, { ...SESSION, nonce: 'another' })
    const code = await codeOf(() => keyBinding?.verify(keys.holder.publicKey))
    expect(code).toBe('key-binding/signature')
  })
})

/**
 * mdocs of our server in the hands of @owf/mdoc 0.6: fetched over OpenID4VCI, verified under the authority that the agency's metadata
 * publish, and shown to our server over OpenID4VP. The holder's key alone is ours.
 */
import { fromBase64url, jwkThumbprint, publicKeyToJwk } from '@onetrip/codec'
import type { VpPart, VpRequest } from '@onetrip/credential'
import {
  CoseKey,
  DeviceRequest,
  DeviceResponse,
  DocRequest,
  IssuerSigned,
  ItemsRequest,
  SessionTranscript,
} from '@owf/mdoc'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, START, type World } from '../../server/testing/test-world.ts'
import {
  answer,
  askApi,
  askingKey,
  fetchRequest,
  openVerification,
  receiveLicences,
  type WalletLicence,
} from '../../server/testing/vp-wallet.ts'
import { MDOC_CONTEXT } from './mdoc-peer.ts'

const FORMAT = 'mso_mdoc'

let world: World
let key: string
let licences: readonly WalletLicence[]
beforeAll(async () => {
  world = await openWorld()
  key = await askingKey(world)
  licences = await receiveLicences(world, FORMAT)
})
afterAll(() => world.close())

/** The authorities that the metadata of the agencies publish, each above the key that signs. */
async function publishedAuthorities(): Promise<Uint8Array[]> {
  const agencies = await world.services.storage.selectFrom('agency').select('id').execute()
  const found = agencies.map(async ({ id }) => {
    const response = await world.app.request(`/.well-known/jwt-vc-issuer/a/${id}`)
    const { jwks }: { jwks: { keys: { x5c?: string[] }[] } } = await response.json()
    return jwks.keys.flatMap(({ x5c = [] }) =>
      x5c.slice(-1).map((text) => Buffer.from(text, 'base64')),
    )
  })
  return (await Promise.all(found)).flat()
}

/** What a request asks of a licence, shown by their library. */
async function present(licence: WalletLicence, request: VpRequest): Promise<VpPart> {
  const { signer } = licence
  const issuerSigned = IssuerSigned.fromEncodedForOid4Vci(licence.credential)
  const { docType } = issuerSigned.issuerAuth.mobileSecurityObject
  const query = request.query.credentials.find(({ vctValues }) => vctValues.includes(docType))
  const names = query?.claims?.map(({ path }) => [String(path[1]), false] as const) ?? []
  const itemsRequest = ItemsRequest.create({
    docType,
    namespaces: { [docType]: Object.fromEntries(names) },
  })
  const [recipient] = request.encryption?.keys ?? []
  const { clientId, nonce, responseUri } = request
  const session = {
    clientId,
    nonce,
    responseUri,
    ...(recipient === undefined
      ? {}
      : { jwkThumbprint: fromBase64url(jwkThumbprint(recipient.key)) }),
  }
  const { verify } = MDOC_CONTEXT.cose.sign1
  const sign = ({ toBeSigned }: { readonly toBeSigned: Uint8Array }) => signer.sign(toBeSigned)
  const jwk = { ...publicKeyToJwk(signer.publicKey), alg: 'ES256' }
  const response = await DeviceResponse.createWithDeviceRequest(
    {
      deviceRequest: DeviceRequest.create({ docRequests: [DocRequest.create({ itemsRequest })] }),
      issuerSigned: [issuerSigned],
      sessionTranscript: await SessionTranscript.forOid4Vp(session, MDOC_CONTEXT),
      signature: { signingKey: CoseKey.fromJwk(jwk) },
    },
    { ...MDOC_CONTEXT, cose: { ...MDOC_CONTEXT.cose, sign1: { sign, verify } } },
  )
  return { queryId: query?.id ?? '', presentation: response.encodedForOid4Vp }
}

test('what our server issues they verify under the published authority', async () => {
  const trustedCertificates = await publishedAuthorities()
  expect(trustedCertificates).toHaveLength(licences.length)
  for (const { credential } of licences) {
    const issued = IssuerSigned.fromEncodedForOid4Vci(credential)
    await issued.verify({ trustedCertificates, now: new Date(START * 1000) }, MDOC_CONTEXT)
  }
})

for (const responseMode of ['direct_post', 'direct_post.jwt'] as const) {
  test(`what they show our server takes as facts, by ${responseMode}`, async () => {
    const opened = await openVerification(world, key, { format: FORMAT, responseMode })
    const request = await fetchRequest(world, opened)
    const parts = await Promise.all(licences.map((licence) => present(licence, request)))
    expect((await answer(world, request, parts)).status).toBe(200)
    const told = await askApi(world, key, { path: `/${opened.id}` })
    expect(await told.json()).toMatchObject({ state: 'answered', result: { outcome: 'valid' } })
  })
}

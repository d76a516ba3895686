/**
 * mdocs of our server before @auth0/mdl 3, whose cryptography and chain of certificates are its own: all of its checks pass under the
 * authority that the agency's metadata publish. It makes session transcripts of a draft only, so it is given the one of
 * OpenID4VP 1.0 (§B.2.6.1).
 */
import { createHash, X509Certificate } from 'node:crypto'
import { VerificationAssessmentId, Verifier } from '@auth0/mdl'
import { fromBase64url } from '@onetrip/codec'
import { type MdocSession, parseMdoc, presentMdoc } from '@onetrip/credential'
import { encode, Tag } from 'cbor-x'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { changed, SESSION } from '../../packages/credential/samples/mdocs.ts'
import { openWorld, START, type World } from '../../server/testing/test-world.ts'
import { receiveLicences, type WalletLicence } from '../../server/testing/vp-wallet.ts'

const { DATA_INTEGRITY, DEVICE_AUTH, ISSUER_AUTH } = VerificationAssessmentId

let world: World
let licences: readonly WalletLicence[]
beforeAll(async () => {
  world = await openWorld()
  licences = await receiveLicences(world, 'mso_mdoc')
})
afterAll(async () => {
  vi.useRealTimers()
  await world.close()
})

/** Certificates that the metadata of a licence's agency publish: of the key that signs mdocs, then of the authority. */
async function publishedChain({ credential }: WalletLicence): Promise<readonly string[]> {
  const { iss } = parseMdoc(fromBase64url(credential)).claims
  const response = await world.app.request(`/.well-known/jwt-vc-issuer/a/${iss}`)
  const { jwks }: { jwks: { keys: { x5c?: string[] }[] } } = await response.json()
  return jwks.keys.flatMap(({ x5c = [] }) =>
    x5c.map((text) => new X509Certificate(Buffer.from(text, 'base64')).toString()),
  )
}

/** Enclosed in tag 24, as the peer wants it. */
function transcriptOf({ clientId, nonce, responseUri }: MdocSession): Uint8Array {
  const handover = createHash('sha256').update(encode([clientId, nonce, null, responseUri]))
  const transcript = [null, null, ['OpenID4VPHandover', handover.digest()]]
  return encode(new Tag(encode(transcript), 24))
}

/** What their verifier found wrong. */
async function failed(
  shown: Uint8Array,
  anchors: readonly string[],
  session: MdocSession = SESSION,
): Promise<readonly string[]> {
  vi.useFakeTimers({ now: START * 1000, toFake: ['Date'] })
  const faults: string[] = []
  let passed = 0
  await new Verifier([...anchors]).verify(shown, {
    encodedSessionTranscript: transcriptOf(session),
    onCheck: ({ status, id }) => {
      if (status === 'PASSED') passed += 1
      else faults.push(id)
    },
  })
  expect(passed).toBeGreaterThan(0)
  return faults
}

const show = ({ credential, signer }: WalletLicence, disclose: readonly string[] = ['name']) =>
  presentMdoc({ credential: fromBase64url(credential), disclose, session: SESSION, signer })

function first(): WalletLicence {
  const [licence] = licences
  if (licence === undefined) throw new TypeError('no licence')
  return licence
}

test('what our server issues and our holder shows passes, under the published authority alone', async () => {
  for (const licence of licences) {
    const [own = '', authority = ''] = await publishedChain(licence)
    const shown = await show(licence)
    expect(await failed(shown, [authority])).toEqual([])
    // The key's own certificate is not above it.
    expect(await failed(shown, [own])).toEqual([ISSUER_AUTH.IssuerCertificateValidity])
  }
})

test('under the authority of another agency it does not', async () => {
  const [one, other] = licences
  if (one === undefined || other === undefined) throw new TypeError('no licence')
  const [, authority = ''] = await publishedChain(other)
  expect(await failed(await show(one), [authority])).toEqual([
    ISSUER_AUTH.IssuerCertificateValidity,
  ])
})

test('shown for another request, or with another value, it does not', async () => {
  const [, authority = ''] = await publishedChain(first())
  const shown = await show(first())
  const another = { ...SESSION, nonce: 'another' }
  expect(await failed(shown, [authority], another)).toEqual([DEVICE_AUTH.DeviceSignatureValidity])
  const { docType } = parseMdoc(fromBase64url(first().credential))
  const value = ['documents', 0, 'issuerSigned', 'nameSpaces', docType, 1, 'elementValue'] as const
  const changedValue = changed(shown, value, () => 'another')
  expect(await failed(changedValue, [authority])).toEqual([DATA_INTEGRITY.AttributeDigestMatch])
})

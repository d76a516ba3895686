/** Cases about requests over the network, and about the certificates in them (OpenID4VP 1.0 §5). */

import { type JsonObject, parseJson, signJws } from '@onetrip/codec'
import {
  matterTransaction,
  parseVpRequest,
  queryIdsOf,
  type VpRequestInput,
  x509HashClientId,
} from '@onetrip/credential'
import { testKeys } from '@onetrip/fixtures'
import { keyIdentifier } from '@onetrip/seal'
import { MATTER, NOW, WANTS } from '../../packages/verifier/samples/asking-world.ts'
import {
  HOST,
  requestCertificate,
  vpRequest,
} from '../../packages/verifier/samples/online-asking.ts'
import { type AskingCase, grey, type Judged, red, valid } from './asking-case.ts'
import { testSigner } from './forge-signers.ts'

const AUTHORITY = testSigner(testKeys.policeIssueJws)
const ASKER = testSigner(testKeys.counterJws)
const STRANGER = testSigner(testKeys.marketIssueJws)
const DAY = 86_400

/** All cases of this kind. */
export async function vpRequestCases(): Promise<readonly AskingCase[]> {
  const certificate = await requestCertificate({}, AUTHORITY)
  const clientId = x509HashClientId(certificate)
  const asking = (changes: Partial<VpRequestInput> = {}): Promise<string> =>
    vpRequest({ certificate, signer: ASKER, ...changes })
  const under = async (changes: Parameters<typeof requestCertificate>[0], by = AUTHORITY) => {
    const other = await requestCertificate(changes, by)
    return { text: await asking({ certificate: other }), clientId: x509HashClientId(other) }
  }
  const of = (name: string, why: string, given: Given, judged: Judged): AskingCase =>
    caseOf(name, { why, judged, given: { clientId, ...given } })
  const credentialIds = queryIdsOf(WANTS)
  const otherMatter = matterTransaction({
    credentialIds,
    matter: 'second-hand-house',
    purpose: '办理食品经营许可新办',
  })
  const whole = [
    { id: 'identity', format: 'mso_mdoc', meta: { doctype_value: 'org.iso.18013.5.1.mDL' } },
  ]
  const stranger = { issuerKeyIdentifier: keyIdentifier(STRANGER.publicKey) }
  return [
    of(
      'valid',
      'two materials of a matter, by the hash of the certificate',
      { text: await asking() },
      valid,
    ),
    of(
      'san-dns',
      'by the name of its host, with the wallet’s nonce',
      {
        text: await asking({ clientId: `x509_san_dns:${HOST}`, walletNonce: 'w1' }),
        clientId: `x509_san_dns:${HOST}`,
        walletNonce: 'w1',
      },
      valid,
    ),
    of(
      'client',
      'the link named another client',
      { text: await asking(), clientId: `x509_san_dns:${HOST}` },
      red('request/client'),
    ),
    of(
      'commitment',
      'words that were put behind the nonce later',
      { text: await restated(await asking(), { onetrip_purpose: '核查身份' }) },
      red('request/commitment'),
    ),
    of(
      'commitment-none',
      'a matter, and a nonce that says nothing of it',
      { text: await restated(await asking(), { nonce: 'n-0S6_WzA2Mj' }) },
      red('request/commitment'),
    ),
    of(
      'nonce',
      'made for another fetch',
      { text: await asking({ walletNonce: 'w1' }), walletNonce: 'w2' },
      red('request/nonce'),
    ),
    of(
      'transaction-data',
      'the holder’s key would sign another matter',
      { text: await asking({ transactionData: [otherMatter] }) },
      red('request/transaction-data'),
    ),
    of(
      'over-asking',
      'a format that the catalogue does not have',
      { text: await asking({ query: { credentials: whole } }) },
      red('request/over-asking'),
    ),
    of(
      'expired',
      'at its end',
      { text: await asking() },
      red('request/expired', { now: NOW + 300 }),
    ),
    of(
      'signature',
      'signed by another key than the certificate’s',
      { text: await asking({ signer: { ...ASKER, sign: STRANGER.sign } }) },
      red('signature/invalid'),
    ),
    of(
      'stranger',
      'a certificate of nobody we know',
      await under(stranger, STRANGER),
      grey('certificate/issuer'),
    ),
    of(
      'certificate-expired',
      'the certificate ended yesterday',
      await under({ notBefore: NOW - 31 * DAY, notAfter: NOW - DAY }),
      red('certificate/expired'),
    ),
    of(
      'wrong-type',
      'a licence in place of a request',
      { text: await asking().then((jws) => jws.replace(/^[^.]*/, HEADER_OF_A_LICENCE)) },
      red('request/wrong-type'),
    ),
    of(
      'matter',
      `a matter that is not ${MATTER}`,
      { text: await asking({ matter: 'no-matter' }) },
      grey('request/matter-unknown'),
    ),
  ]
}

/** The same request with members replaced, signed again by its own key. */
function restated(compact: string, changes: JsonObject): Promise<string> {
  const { header, payload } = parseVpRequest(compact).jws
  const { alg: _added, ...rest } = header
  const stated = { ...(parseJson(payload) as JsonObject), ...changes }
  return signJws({ header: rest, payload: stated, signer: ASKER })
}

/** `{"alg":"ES256","typ":"dc+sd-jwt"}` */
const HEADER_OF_A_LICENCE = 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9'

interface Given {
  readonly text: string
  readonly clientId?: string
  readonly walletNonce?: string
}

function caseOf(
  name: string,
  of: { readonly why: string; readonly judged: Judged; readonly given: Given },
): AskingCase {
  const { why, judged, given } = of
  const { outcome, code, now } = judged
  return {
    name: `vp-request-${name}`,
    clause: 'OpenID4VP 1.0 §5',
    why,
    ...(now === undefined ? {} : { now }),
    input: { trust: 'asking', kind: 'vp-request', ...given },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}

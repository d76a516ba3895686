/** Cases about requests of counters, and about the certificates in them (ARCHITECTURE §3, §5). */
import { encodeQrText, toHex } from '@onetrip/codec'
import { CLAIM, parseRequest, type Want } from '@onetrip/credential'
import {
  BUREAU,
  ENROLLER,
  NOW,
  SIGNERS,
  sampleCertificate,
  sampleRequest,
  WANTS,
} from '../../packages/verifier/samples/asking-world.ts'
import { type AskingCase, amber, caseOf, grey, type Judged, red, valid } from './asking-case.ts'
import { LOST, resigned, withInner } from './asking-cast.ts'

const DAY = 86_400

/** All cases of this kind. */
export async function requestCases(): Promise<readonly AskingCase[]> {
  return [...(await askedCases()), ...(await certificateCases())]
}

async function askedCases(): Promise<readonly AskingCase[]> {
  const request = await sampleRequest(NOW)
  const of = (name: string, why: string, bytes: Uint8Array, judged: Judged): AskingCase =>
    caseOf('request', { name, why, hex: toHex(bytes), ...judged })
  const asking = (changes: Parameters<typeof sampleRequest>[1]) => sampleRequest(NOW, changes)
  const [business] = WANTS
  if (business === undefined) throw new TypeError('no want')
  const wanting = (option: Want['options'][number], material = business.material) =>
    asking({ wants: [{ ...business, material, options: [option] }] })
  const type = business.options[0]?.type ?? ''
  const bureau = await sampleCertificate(NOW, { office: BUREAU }, { enroller: SIGNERS.bureau })
  const stolen = {
    publicKey: parseRequest(request).certificate.device.key,
    sign: SIGNERS.stranger.sign,
  }
  return [
    of('request-valid', 'two materials of a matter, as the catalogue allows', request, valid),
    {
      ...of('request-code', 'the same as the text of a code', request, valid),
      input: { trust: 'asking', kind: 'request', text: encodeQrText(request) },
    },
    of('request-last-second', 'a second before its end', request, { ...valid, now: NOW + 299 }),
    of('request-expired', 'at its end', request, red('request/expired', { now: NOW + 300 })),
    of(
      'request-from-future',
      'a minute and a second ahead',
      request,
      grey('clock/differs', { now: NOW - 61 }),
    ),
    of(
      'request-clock-rolled-back',
      'on a clock that stands before the trust data',
      request,
      grey('clock/rolled-back', { now: NOW - DAY }),
    ),
    of(
      'request-trust-stale',
      'on trust data of three days, from a counter whose are fresh',
      await sampleRequest(NOW + 3 * DAY, { certificate: await sampleCertificate(NOW) }),
      { ...amber('trust/stale'), now: NOW + 3 * DAY },
    ),
    of(
      'request-environment',
      'test keys in production',
      request,
      grey('trust/wrong-environment', { more: { environment: 'production' } }),
    ),
    of(
      'request-matter-unknown',
      'a matter that the catalogue does not have',
      await asking({
        matter: 'new-matter',
        certificate: await sampleCertificate(NOW, { matters: ['new-matter'] }),
      }),
      grey('request/matter-unknown'),
    ),
    of(
      'request-matter',
      'a matter that the certificate does not name',
      await asking({ certificate: await sampleCertificate(NOW, { matters: ['senior-licence'] }) }),
      red('request/matter'),
    ),
    of(
      'request-no-matters',
      'a certificate that names no matter: it verifies, and asks nothing',
      await asking({ certificate: await sampleCertificate(NOW, { matters: [] }) }),
      red('request/matter'),
    ),
    of(
      'request-office',
      'an office that the matter may not be brought to',
      await asking({ certificate: bureau }),
      red('request/office'),
    ),
    of(
      'request-over-asking-claim',
      'a claim more than the catalogue allows',
      await wanting({ type, claims: ['address', 'registeredCapital'] }),
      red('request/over-asking'),
    ),
    of(
      'request-over-asking-type',
      'a licence that does not serve as the material',
      await wanting({ type: '1110000099XYN9907G038', claims: [] }),
      red('request/over-asking'),
    ),
    of(
      'request-over-asking-material',
      'a material that the matter does not need',
      await wanting({ type, claims: [] }, 'secrets'),
      red('request/over-asking'),
    ),
    of(
      'request-device-signature',
      'signed by another key than the certified one',
      await asking({ signer: stolen }),
      red('signature/invalid'),
    ),
    of(
      'request-format',
      'a life of an hour',
      await resigned(request, { claims: [[CLAIM.exp, NOW + 3600]] }),
      red('request/format'),
    ),
    of(
      'request-other-office',
      'an office that its certificate does not name',
      await resigned(request, { claims: [[CLAIM.iss, BUREAU]] }),
      red('request/format'),
    ),
    of(
      'request-wrong-type',
      'a certificate by itself',
      await sampleCertificate(NOW),
      red('request/wrong-type'),
    ),
    {
      ...of('request-too-large', 'more bytes than a request may have', request, grey('cbor/limit')),
      input: { trust: 'asking', kind: 'request', hex: toHex(request), padTo: 24_577 },
    },
    {
      ...of(
        'request-url',
        'an address in place of a request',
        request,
        grey('qr/not-a-credential'),
      ),
      input: { trust: 'asking', kind: 'request', text: 'https://example.com/OT1:' },
    },
  ]
}

/** What may be the matter with the certificate in a request. */
async function certificateCases(): Promise<readonly AskingCase[]> {
  const request = await sampleRequest(NOW)
  const certificate = await sampleCertificate(NOW)
  const forged = (claims: Parameters<typeof resigned>[1]['claims']) =>
    resigned(certificate, { claims: claims ?? [], signer: ENROLLER })
  const of = async (
    name: string,
    why: string,
    own: Promise<Uint8Array>,
    judged: Judged,
  ): Promise<AskingCase> => {
    const hex = toHex(await withInner(request, await own))
    return { ...caseOf('request', { name, why, hex, ...judged }), clause: 'ARCHITECTURE §5' }
  }
  const lost = { number: '07', name: '遗失的窗口', key: LOST.publicKey }
  const unknown = await sampleCertificate(NOW, { office: '91339901MAXYN00113' })
  const denied = await sampleRequest(NOW, {
    certificate: await sampleCertificate(NOW, { device: lost }),
    signer: LOST,
  })
  return [
    await of(
      'counter-expired',
      'a certificate that ended a second ago',
      sampleCertificate(NOW, { expiresAt: NOW - 1 }),
      red('counter/expired'),
    ),
    await of(
      'counter-not-yet-valid',
      'a certificate that begins in eleven minutes',
      sampleCertificate(NOW, { issuedAt: NOW + 660, expiresAt: NOW + DAY }),
      grey('counter/not-yet-valid'),
    ),
    {
      ...caseOf('request', {
        name: 'counter-denied',
        why: 'a lost device',
        hex: toHex(denied),
        ...red('counter/denied'),
      }),
      clause: 'ARCHITECTURE §5',
    },
    await of(
      'counter-too-long',
      'a certificate of 31 days',
      forged([[CLAIM.exp, NOW + 30 * DAY]]),
      red('counter/too-long'),
    ),
    await of(
      'counter-format',
      'a certificate with matters out of order',
      forged([[CLAIM.matters, ['open-restaurant', 'a']]]),
      red('counter/format'),
    ),
    await of(
      'counter-wrong-type',
      'a request in place of the certificate',
      Promise.resolve(request),
      red('counter/wrong-type'),
    ),
    {
      ...caseOf('request', {
        name: 'counter-office-unknown',
        why: 'an office that the trust list does not name',
        hex: toHex(await sampleRequest(NOW, { certificate: unknown })),
        ...grey('counter/office-unknown'),
      }),
      clause: 'ARCHITECTURE §5',
    },
    await of(
      'counter-key-unknown',
      'the key of another office',
      sampleCertificate(NOW, {}, { enroller: SIGNERS.bureau }),
      grey('key/unknown'),
    ),
    await of(
      'counter-signature',
      'a stranger signs under the name of the office’s key',
      sampleCertificate(
        NOW,
        {},
        { enroller: { publicKey: ENROLLER.publicKey, sign: SIGNERS.stranger.sign } },
      ),
      red('signature/invalid'),
    ),
  ]
}

import {
  fromBase64url,
  isObject,
  parseJson,
  type Signer,
  signerFromPrivateJwk,
  signJws,
  textToBase64url,
} from '@onetrip/codec'
import { matterTransaction, queryIdsOf, x509HashClientId } from '@onetrip/credential'
import { testKeys } from '@onetrip/fixtures'
import { keyIdentifier } from '@onetrip/seal'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  AUTHORITY_CERTIFICATE,
  askingTrust,
  BUREAU,
  CENTRE,
  NOW,
  WANTS,
} from '../samples/asking-world.ts'
import { ASKER, AUTHORITY, HOST, requestCertificate, vpRequest } from '../samples/online-asking.ts'
import { type VpRequestVerdict, verifyVpRequest } from './verify-vp-request.ts'

const STRANGER: Signer = signerFromPrivateJwk({ ...testKeys.marketIssueJws })
const DAY = 86_400

let trust: Trust
let hashId: string
beforeAll(async () => {
  trust = await askingTrust()
})

/** The verdict on a request, whose link named what the request names unless said otherwise. */
async function verdictOn(
  compact: string,
  changes: {
    readonly clientId?: string
    readonly walletNonce?: string
    readonly now?: number
  } = {},
): Promise<VpRequestVerdict> {
  const { clientId }: { clientId: string } = { clientId: changes.clientId ?? clientIdIn(compact) }
  return verifyVpRequest(compact, { trust, now: NOW, ...changes, clientId })
}

function clientIdIn(compact: string): string {
  try {
    const payload: unknown = JSON.parse(atobUrl(compact.split('.')[1] ?? ''))
    return typeof payload === 'object' && payload !== null && 'client_id' in payload
      ? String(payload.client_id)
      : ''
  } catch {
    return ''
  }
}

function atobUrl(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8')
}

describe('a request over the network', () => {
  test('of an office of the trust list tells who asks, for what, and where the answer goes', async () => {
    const { outcome, reason, request } = await verdictOn(await vpRequest())
    expect([outcome, reason]).toEqual(['valid', undefined])
    expect(request).toMatchObject({
      office: { id: CENTRE },
      host: HOST,
      matter: { code: 'open-restaurant' },
      purpose: '办理食品经营许可新办',
      overAsking: [],
    })
    expect(request?.wants.map(({ material }) => material.code)).toEqual(
      WANTS.map(({ material }) => material),
    )
  })

  test('is taken for x509_san_dns too, and with the wallet’s nonce', async () => {
    const byName = await vpRequest({ clientId: `x509_san_dns:${HOST}`, walletNonce: 'w1' })
    expect(await verdictOn(byName, { walletNonce: 'w1' })).toMatchObject({ outcome: 'valid' })
    expect(await verdictOn(byName, { walletNonce: 'w2' })).toMatchObject({
      reason: 'request/nonce',
    })
    expect(await verdictOn(await vpRequest(), { walletNonce: 'w1' })).toMatchObject({
      reason: 'request/nonce',
    })
  })

  test('that the link or the certificate does not name is refused', async () => {
    hashId = x509HashClientId(await requestCertificate())
    const refused = { outcome: 'invalid', reason: 'request/client' }
    expect(await verdictOn(await vpRequest(), { clientId: hashId })).toMatchObject(refused)
    expect(await verdictOn(await vpRequest({ clientId: hashId }))).toMatchObject(refused)
    const otherHost = await vpRequest({ clientId: 'x509_san_dns:evil.example' })
    expect(await verdictOn(otherHost)).toMatchObject(refused)
    const elsewhere = await vpRequest({ responseUri: 'https://evil.example/responses/one' })
    expect(await verdictOn(elsewhere)).toMatchObject(refused)
  })

  test('of a stranger, or with a certificate that is not the office’s, tells nothing', async () => {
    const selfSigned = await requestCertificate(
      { issuerKeyIdentifier: keyIdentifier(STRANGER.publicKey) },
      STRANGER,
    )
    const cases = {
      'certificate/issuer': await vpRequest({ certificate: selfSigned }),
      'signature/invalid': await vpRequest({ signer: { ...ASKER, sign: STRANGER.sign } }),
      'certificate/format': await vpRequest({ certificate: fromBase64url(AUTHORITY_CERTIFICATE) }),
    }
    for (const [code, compact] of Object.entries(cases)) {
      const verdict = await verdictOn(compact)
      expect(verdict.reason ?? '').toMatch(
        code === 'certificate/format' ? /^(der|certificate)\// : code,
      )
      expect(verdict).not.toHaveProperty('request')
    }
    const forged = await requestCertificate({}, STRANGER)
    expect(await verdictOn(await vpRequest({ certificate: forged }))).toMatchObject({
      reason: 'signature/invalid',
    })
    const forAnother = { organization: '别的单位', commonName: '别的', uscc: BUREAU }
    const certificate = await requestCertificate({ subject: forAnother })
    expect(await verdictOn(await vpRequest({ certificate }))).toMatchObject({
      reason: 'certificate/issuer',
    })
  })

  test('that sends the office’s own certificate along is refused', async () => {
    const [header = '', payload = ''] = (await vpRequest()).split('.')
    const [stated, said] = [header, payload].map((part) => parseJson(atobUrl(part)))
    if (!isObject(stated) || !isObject(said)) throw new TypeError('a JWS')
    const { alg: _alg, x5c, ...rest } = stated
    const anchor = Buffer.from(AUTHORITY_CERTIFICATE, 'base64url').toString('base64')
    const both = { ...rest, x5c: [...(Array.isArray(x5c) ? x5c : []), anchor] }
    const compact = await signJws({ header: both, payload: said, signer: ASKER })
    expect(await verdictOn(compact)).toMatchObject({ outcome: 'invalid', reason: 'request/client' })
  })

  test('whose certificate is over, denied, or not yet valid is refused', async () => {
    const over = await requestCertificate({ notBefore: NOW - 40 * DAY, notAfter: NOW - 1 })
    const early = await requestCertificate({ notBefore: NOW + 1 })
    expect(await verdictOn(await vpRequest({ certificate: over }))).toMatchObject({
      reason: 'certificate/expired',
    })
    expect(await verdictOn(await vpRequest({ certificate: early }))).toMatchObject({
      reason: 'certificate/not-yet-valid',
    })
    const compact = await vpRequest()
    const clientId = clientIdIn(compact)
    const denied = await askingTrust([ASKER])
    expect(await verifyVpRequest(compact, { trust: denied, now: NOW, clientId })).toMatchObject({
      reason: 'counter/denied',
    })
    const offices = trust.offices.map((office) => ({
      ...office,
      keys: office.keys.map((key) => ({ ...key, revokedFrom: NOW - 2 * DAY })),
    }))
    const revoked = { ...trust, offices }
    expect(await verifyVpRequest(compact, { trust: revoked, now: NOW, clientId })).toMatchObject({
      reason: 'key/revoked',
    })
  })

  test('past its end, for an unknown matter, or beyond the catalogue is refused by default', async () => {
    expect(await verdictOn(await vpRequest(), { now: NOW + 300 })).toMatchObject({
      reason: 'request/expired',
    })
    expect(await verdictOn(await vpRequest({ matter: 'new-matter' }))).toMatchObject({
      reason: 'request/matter-unknown',
    })
    expect(await verdictOn(await vpRequest({ matter: 'enrolment-proof' }))).toMatchObject({
      reason: 'request/office',
    })
    const credentials = [
      { id: 'identity', format: 'mso_mdoc', meta: { doctype_value: 'org.iso.18013.5.1.mDL' } },
    ]
    const over = await verdictOn(await vpRequest({ query: { credentials } }))
    expect(over).toMatchObject({ outcome: 'invalid', reason: 'request/over-asking' })
    expect(over.request?.overAsking).toEqual([
      { material: 'identity', type: 'org.iso.18013.5.1.mDL', claims: [], isWhole: true },
    ])
  })

  test('has its transaction data told: those of another matter are refused', async () => {
    const credentialIds = queryIdsOf(WANTS)
    const purpose = '办理食品经营许可新办'
    const own = matterTransaction({ credentialIds, matter: 'open-restaurant', purpose })
    expect(await verdictOn(await vpRequest({ transactionData: [own] }))).toMatchObject({
      outcome: 'valid',
    })
    const other = matterTransaction({ credentialIds, matter: 'second-hand-house', purpose })
    const unknown = textToBase64url(
      JSON.stringify({ type: 'payment', credential_ids: credentialIds }),
    )
    for (const text of [other, unknown]) {
      expect(await verdictOn(await vpRequest({ transactionData: [text] }))).toMatchObject({
        outcome: 'invalid',
        reason: 'request/transaction-data',
      })
    }
  })

  test('of any other form gives a verdict', async () => {
    for (const text of [
      '',
      'a.b.c',
      await vpRequest().then((jws) => jws.slice(0, -2)),
      'x'.repeat(70_000),
    ]) {
      const verdict = await verdictOn(text)
      expect(['invalid', 'unverifiable']).toContain(verdict.outcome)
      expect(verdict).not.toHaveProperty('request')
    }
  })

  test('names the authority that its key is', () => {
    const office = trust.office(CENTRE)
    expect(office?.keys.find(({ use }) => use === 'ask')?.key.raw).toEqual(AUTHORITY.publicKey.raw)
  })
})

import type { Fault } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { assertKnownIssuer, assertTxCode, parseOffer } from './offer.ts'
import { isOfferText } from './offer-text.ts'

const WALLET = 'http://localhost:8788'
const API = 'http://localhost:8787'
const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const OFFER = {
  credential_issuer: API,
  credential_configuration_ids: ['a.cwt', 'a.jwt'],
  grants: { [GRANT]: { 'pre-authorized_code': 'c0de+/ =', tx_code: { length: 6 } } },
}

function link(offer: unknown, base = `${WALLET}/#credential_offer=`): string {
  return base + encodeURIComponent(typeof offer === 'string' ? offer : JSON.stringify(offer))
}

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return (error as Fault).code
  }
  return 'nothing thrown'
}

describe('parseOffer', () => {
  const expected = {
    credentialIssuer: API,
    configurationIds: ['a.cwt', 'a.jwt'],
    preAuthorizedCode: 'c0de+/ =',
    txCode: { inputMode: 'numeric', length: 6 },
  }

  test.each([
    ['a link to this wallet', link(OFFER)],
    ['a link with white space around it', `\n ${link(OFFER)}\r\n`],
    [
      'an openid-credential-offer address',
      link(OFFER, 'openid-credential-offer://?credential_offer='),
    ],
    ['form encoding of spaces', link(OFFER).replaceAll('%20', '+')],
  ])('reads %s', (_, text) => {
    expect(parseOffer(text, WALLET)).toEqual(expected)
  })

  test('an empty tx_code object still asks for a code (OpenID4VCI 1.0 §4.1.1)', () => {
    const offer = { ...OFFER, grants: { [GRANT]: { 'pre-authorized_code': 'x', tx_code: {} } } }
    expect(parseOffer(link(offer), WALLET).txCode).toEqual({ inputMode: 'numeric' })
  })

  test('without tx_code no code is asked for', () => {
    const offer = { ...OFFER, grants: { [GRANT]: { 'pre-authorized_code': 'x' } } }
    expect(parseOffer(link(offer), WALLET).txCode).toBeUndefined()
  })

  test.each([
    ['plain text', 'hello', 'offer/not-an-offer'],
    ['nothing', '', 'offer/not-an-offer'],
    ['a licence code', 'OT1:6BFOXN%TSMAHN', 'offer/not-an-offer'],
    ['another site', link(OFFER, 'https://evil.example/#credential_offer='), 'offer/not-an-offer'],
    [
      'our origin as a prefix',
      link(OFFER, `${WALLET}.evil.example/#credential_offer=`),
      'offer/not-an-offer',
    ],
    [
      'our origin as a user name',
      link(OFFER, 'http://localhost:8788@evil.example/#credential_offer='),
      'offer/not-an-offer',
    ],
    [
      'another scheme',
      link(OFFER, 'javascript://localhost:8788/#credential_offer='),
      'offer/not-an-offer',
    ],
    [
      'the data in the query, which reaches servers',
      link(OFFER, `${WALLET}/?credential_offer=`),
      'offer/not-an-offer',
    ],
    ['the wallet without an offer', `${WALLET}/#/home`, 'offer/not-an-offer'],
    [
      'an offer by reference',
      `${WALLET}/#credential_offer_uri=https%3A%2F%2Fevil.example`,
      'offer/by-reference',
    ],
    ['a reference beside an offer', `${link(OFFER)}&credential_offer_uri=x`, 'offer/by-reference'],
    ['two offers', `${link(OFFER)}&credential_offer=x`, 'offer/format'],
    ['something beside the offer', `${link(OFFER)}&next=x`, 'offer/format'],
    ['a broken escape', `${WALLET}/#credential_offer=%7B%`, 'offer/format'],
    ['broken UTF-8', `${WALLET}/#credential_offer=%FF`, 'offer/format'],
    ['no JSON', link('{'), 'offer/format'],
    ['an array', link([]), 'offer/format'],
    ['a name twice', link('{"credential_issuer":"a","credential_issuer":"b"}'), 'offer/format'],
    ['oversized text', `${WALLET}/#credential_offer=${'a'.repeat(9000)}`, 'offer/format'],
    ['no configurations', link({ ...OFFER, credential_configuration_ids: [] }), 'offer/format'],
    [
      'a configuration twice',
      link({ ...OFFER, credential_configuration_ids: ['a', 'a'] }),
      'offer/format',
    ],
    [
      'configurations that are no texts',
      link({ ...OFFER, credential_configuration_ids: [1] }),
      'offer/format',
    ],
    ['no issuer', link({ ...OFFER, credential_issuer: undefined }), 'offer/format'],
    ['no grants', link({ ...OFFER, grants: undefined }), 'offer/grant'],
    ['another grant', link({ ...OFFER, grants: { authorization_code: {} } }), 'offer/grant'],
    ['no code', link({ ...OFFER, grants: { [GRANT]: {} } }), 'offer/format'],
    [
      'a code length out of range',
      link({
        ...OFFER,
        grants: { [GRANT]: { 'pre-authorized_code': 'x', tx_code: { length: 1e9 } } },
      }),
      'offer/format',
    ],
    [
      'an unknown input mode',
      link({
        ...OFFER,
        grants: { [GRANT]: { 'pre-authorized_code': 'x', tx_code: { input_mode: 'x' } } },
      }),
      'offer/format',
    ],
    [
      'a long description',
      link({
        ...OFFER,
        grants: {
          [GRANT]: { 'pre-authorized_code': 'x', tx_code: { description: 'x'.repeat(301) } },
        },
      }),
      'offer/format',
    ],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(() => parseOffer(text, WALLET))).toBe(code)
  })
})

describe('isOfferText', () => {
  test.each([
    [link(OFFER), true],
    ['openid-credential-offer://?x', true],
    ['https://example.org/', false],
    ['OT1:ABC', false],
  ])('%s', (text, expected) => {
    expect(isOfferText(text, WALLET)).toBe(expected)
  })
})

describe('assertKnownIssuer', () => {
  const known = { apiOrigin: API, issuerUrls: ['https://agency.example/a'] }
  const from = (credentialIssuer: string) => ({
    credentialIssuer,
    configurationIds: ['a'],
    preAuthorizedCode: 'x',
  })

  test.each([API, 'https://agency.example/a'])('accepts %s', (issuer) => {
    expect(() => assertKnownIssuer(from(issuer), known)).not.toThrow()
  })

  test.each([
    'https://agency.example',
    'https://agency.example/a/',
    'https://agency.example/A',
    'http://agency.example/a',
    `${API}/`,
    'https://user@agency.example/a',
    'data:,x',
    'nothing',
  ])('refuses %s', (issuer) => {
    expect(codeOf(() => assertKnownIssuer(from(issuer), known))).toBe('offer/issuer-not-allowed')
  })

  test('refuses plain http even for a listed agency, unless it is this machine', () => {
    const listed = { apiOrigin: API, issuerUrls: ['http://agency.example'] }
    expect(codeOf(() => assertKnownIssuer(from('http://agency.example'), listed))).toBe(
      'offer/issuer-not-allowed',
    )
  })
})

describe('assertTxCode', () => {
  test.each([
    [{ inputMode: 'numeric', length: 6 } as const, '123456'],
    [{ inputMode: 'text' } as const, '领取-x'],
    [undefined, ''],
  ])('accepts', (expected, typed) => {
    expect(() => assertTxCode(expected, typed)).not.toThrow()
  })

  test.each([
    [{ inputMode: 'numeric', length: 6 } as const, '12345'],
    [{ inputMode: 'numeric' } as const, '12345a'],
    [{ inputMode: 'numeric' } as const, '１２３４'],
    [{ inputMode: 'text' } as const, ''],
  ])('refuses', (expected, typed) => {
    expect(codeOf(() => assertTxCode(expected, typed))).toBe('offer/code-format')
  })
})

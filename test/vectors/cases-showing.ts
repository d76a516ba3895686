/** Cases about the way a licence is shown: modes, recipients, requests, times, replays (ARCHITECTURE §3). */

import { encodeQrText, publicKeyToJwk, toBase64url } from '@onetrip/codec'
import {
  COPY_ENDS_AT,
  copyCode,
  foodCredential,
  foodSdJwt,
  liveCode,
  liveSdJwt,
  NONCE,
  paperCode,
  REQUEST,
  requestedCode,
  type VectorCase,
} from './vector-case.ts'
import { DAY, NOW, OFFICE, OTHER_OFFICE, signers } from './vector-cast.ts'

const SECTION = 'ARCHITECTURE §3'

/** All cases of this kind. */
export async function showingCases(): Promise<readonly VectorCase[]> {
  return [
    ...(await liveCases()),
    ...(await liveTimeCases()),
    ...(await copyCases()),
    ...(await requestedCases()),
    ...(await unboundCases()),
  ]
}

async function liveCases(): Promise<readonly VectorCase[]> {
  const live = await liveCode()
  return [
    {
      name: 'live-valid',
      clause: SECTION,
      why: 'a live code signed five seconds ago',
      input: { text: live, office: OFFICE, accept: ['live'] },
      outcome: 'valid',
    },
    {
      name: 'live-sd-jwt-valid',
      clause: 'RFC 9901 §7.3',
      why: 'the same licence as SD-JWT VC, both signatures ES256',
      input: { text: await liveSdJwt(), office: OFFICE, accept: ['live'] },
      outcome: 'valid',
    },
    {
      name: 'live-es256-valid',
      clause: 'RFC 9864 §2.1',
      why: 'a live code in CBOR whose two signatures are ES256 (-9)',
      input: {
        text: await liveCode(
          { signer: signers.marketJws, holderKey: signers.holderJws.publicKey },
          { signer: signers.holderJws },
        ),
        office: OFFICE,
      },
      outcome: 'valid',
    },
    {
      name: 'live-mode-not-accepted',
      clause: SECTION,
      why: 'the caller takes copies only',
      input: { text: live, office: OFFICE, accept: ['copy'] },
      outcome: 'invalid',
      code: 'presentation/mode',
    },
    {
      name: 'live-nothing-accepted',
      clause: 'ARCHITECTURE §4',
      why: 'a caller that lists no mode takes none',
      input: { text: live, office: OFFICE, accept: [] },
      outcome: 'invalid',
      code: 'presentation/mode',
    },
    {
      name: 'live-audience-of-an-office',
      clause: SECTION,
      why: 'a live code is for everyone; this one was signed for one office',
      input: { text: await liveCode({}, { audience: OFFICE }), office: OFFICE },
      outcome: 'invalid',
      code: 'key-binding/audience',
    },
    {
      name: 'live-past-its-own-end',
      clause: 'RFC 8392 §3.1.4',
      why: 'a live code with an exp, which is now',
      input: { text: await liveCode({}, { expiresAt: NOW }), office: OFFICE },
      outcome: 'invalid',
      code: 'presentation/expired',
    },
    {
      name: 'live-other-holder',
      clause: 'RFC 9901 §7.3',
      why: "the key binding is signed by a key that is not the credential's",
      input: { text: await liveCode({}, { signer: signers.stranger }), office: OFFICE },
      outcome: 'invalid',
      code: 'key-binding/signature',
    },
    {
      name: 'live-sd-jwt-other-holder',
      clause: 'RFC 9901 §7.3',
      why: "the KB-JWT is signed by a key that is not the credential's",
      input: { text: await liveSdJwt({}, { signer: signers.strangerJws }), office: OFFICE },
      outcome: 'invalid',
      code: 'key-binding/signature',
    },
    {
      name: 'live-sd-jwt-disclosure-removed',
      clause: 'RFC 9901 §4.3.1',
      why: 'sd_hash covers the disclosures that were shown',
      input: { text: (await liveSdJwt()).replace(/~[^~]+~/, '~'), office: OFFICE },
      outcome: 'invalid',
      code: 'key-binding/sd-hash',
    },
  ]
}

async function liveTimeCases(): Promise<readonly VectorCase[]> {
  const live = await liveCode({}, { issuedAt: NOW })
  const times: readonly (readonly [string, number, VectorCase['outcome'], string?])[] = [
    ['60-seconds-old', 60, 'valid'],
    ['61-seconds-old', 61, 'unverifiable', 'clock/differs'],
    ['10-minutes-old', 600, 'unverifiable', 'clock/differs'],
    ['601-seconds-old', 601, 'invalid', 'presentation/expired'],
    ['a-day-old', DAY, 'invalid', 'presentation/expired'],
    ['10-seconds-ahead', -10, 'valid'],
    ['11-seconds-ahead', -11, 'unverifiable', 'clock/differs'],
    ['61-seconds-ahead', -61, 'unverifiable', 'clock/differs'],
    ['11-minutes-ahead', -660, 'unverifiable', 'clock/differs'],
  ]
  return times.map(([words, age, outcome, code]) => ({
    name: `live-${words}`,
    clause: SECTION,
    why: `a live code whose time is ${words.replaceAll('-', ' ')}`,
    now: NOW + age,
    input: { text: live, office: OFFICE },
    outcome,
    ...(code === undefined ? {} : { code }),
  }))
}

async function copyCases(): Promise<readonly VectorCase[]> {
  const copy = await copyCode()
  const cases: readonly (readonly [string, string, VectorCase['input'], string, number?])[] = [
    ['amber', 'the best verdict on a copy', { text: copy, office: OFFICE }, 'presentation/copy'],
    [
      'mode-not-accepted',
      'a copy where only live is taken',
      { text: copy, office: OFFICE, accept: ['live'] },
      'presentation/mode',
    ],
    [
      'other-office',
      'made out to another office',
      { text: await copyCode({ audience: OTHER_OFFICE }), office: OFFICE },
      'presentation/recipient',
    ],
    [
      'no-office',
      'a verifier that does not say who it is',
      { text: copy },
      'presentation/recipient',
    ],
    [
      'ended',
      'at its end it has ended',
      { text: copy, office: OFFICE },
      'presentation/copy-expired',
      COPY_ENDS_AT,
    ],
    [
      'too-long',
      'longer than 90 days',
      { text: await copyCode({ expiresAt: NOW + 92 * DAY }), office: OFFICE },
      'copy/too-long',
    ],
    [
      'without-purpose',
      'a copy for everything',
      { text: await copyCode({ claims: [[-65539, undefined]] }), office: OFFICE },
      'key-binding/format',
    ],
    [
      'made-out-to-nobody',
      'a name of no characters',
      { text: await copyCode({ audience: 'name:' }), office: OFFICE },
      'presentation/recipient',
    ],
    [
      'past-its-credential',
      'its end lies after the end of the credential',
      { text: await copyCode({}, { expiresAt: NOW + 20 * DAY }), office: OFFICE },
      'copy/too-long',
    ],
  ]
  return [
    ...cases.map(([words, why, input, code, now]) => ({
      name: `copy-${words}`,
      clause: SECTION,
      why,
      ...(now === undefined ? {} : { now }),
      input,
      outcome: code === 'presentation/copy' ? ('caution' as const) : ('invalid' as const),
      code,
    })),
    {
      name: 'copy-from-the-future',
      clause: SECTION,
      why: 'signed 200 days ahead, so that its 90 days would end later',
      input: {
        text: await copyCode({ issuedAt: NOW + 200 * DAY, expiresAt: NOW + 280 * DAY }),
        office: OFFICE,
      },
      outcome: 'unverifiable',
      code: 'clock/differs',
    },
    {
      name: 'copy-sd-jwt-recipient-turns-round',
      clause: 'ARCHITECTURE §10 QR07',
      why: "a character that turns text round, in a recipient's name of the holder's choice",
      input: {
        text: await liveSdJwt(
          {},
          {
            claims: {
              aud: 'name:\u202e行银例样',
              exp: NOW + DAY,
              onetrip_mode: 'copy',
              onetrip_purpose: '开户',
            },
          },
        ),
        office: OFFICE,
      },
      outcome: 'invalid',
      code: 'key-binding/format',
    },
    {
      name: 'copy-made-out-to-a-name',
      clause: SECTION,
      why: 'a name is for a person to compare',
      input: { text: await copyCode({ audience: 'name:云栖样例银行' }), office: OFFICE },
      outcome: 'caution',
      code: 'presentation/recipient-by-name',
    },
    {
      name: 'paper-amber',
      clause: SECTION,
      why: 'the best verdict on paper',
      input: { text: await paperCode(), office: OFFICE, accept: ['paper'] },
      outcome: 'caution',
      code: 'presentation/paper',
    },
    {
      name: 'paper-mode-not-accepted',
      clause: SECTION,
      why: 'paper where only live is taken',
      input: { text: await paperCode(), office: OFFICE, accept: ['live'] },
      outcome: 'invalid',
      code: 'presentation/mode',
    },
  ]
}

async function requestedCases(): Promise<readonly VectorCase[]> {
  const answer = await requestedCode()
  const foreign = await liveSdJwt(
    {},
    { claims: { aud: OFFICE, nonce: 'n-0S6_WzA2Mj', onetrip_mode: undefined } },
  )
  const cases: readonly (readonly [string, string, VectorCase['input'], string?])[] = [
    ['valid', "the answer to this counter's request", { text: answer, request: REQUEST }],
    ['no-request', 'nothing was asked', { text: answer }, 'key-binding/audience'],
    [
      'other-audience',
      'the answer to another office',
      { text: answer, request: { ...REQUEST, audience: OTHER_OFFICE } },
      'key-binding/audience',
    ],
    [
      'other-nonce',
      'the answer to an earlier request',
      { text: answer, request: { ...REQUEST, nonce: '00'.repeat(16) } },
      'key-binding/nonce',
    ],
    [
      'no-nonce',
      'an answer without nonce',
      {
        text: await requestedCode({ claims: [[39, undefined]] }),
        request: REQUEST,
      },
      'key-binding/nonce',
    ],
    [
      'past-its-own-end',
      'an answer with an exp, which is now',
      { text: await requestedCode({ expiresAt: NOW }), request: REQUEST },
      'presentation/expired',
    ],
    [
      'no-transaction-data',
      'an answer that does not sign what the request had to be signed',
      { text: answer, request: { ...REQUEST, transactionHashes: ['A'.repeat(43)] } },
      'key-binding/transaction-data',
    ],
    [
      'sd-jwt-without-mode',
      "a foreign wallet's key binding is an answer to a request",
      { text: foreign, request: { audience: OFFICE, nonce: 'n-0S6_WzA2Mj' } },
    ],
    [
      'sd-jwt-without-mode-no-request',
      'and without a request it is for nobody here',
      { text: foreign, office: OFFICE },
      'key-binding/audience',
    ],
    [
      'sd-jwt-other-nonce',
      'a KB-JWT for another request',
      { text: foreign, request: { audience: OFFICE, nonce: toBase64url(NONCE) } },
      'key-binding/nonce',
    ],
  ]
  return cases.map(([words, why, input, code]) => ({
    name: `requested-${words}`,
    clause: SECTION,
    why,
    input: { office: OFFICE, ...input },
    outcome: code === undefined ? 'valid' : 'invalid',
    ...(code === undefined ? {} : { code }),
  }))
}

async function unboundCases(): Promise<readonly VectorCase[]> {
  const holderKey = publicKeyToJwk(signers.holder.publicKey)
  const credential = encodeQrText(await foodCredential())
  const sdJwt = await foodSdJwt()
  return [
    {
      name: 'unbound-sd-cwt',
      clause: 'RFC 9901 §7.3',
      why: 'an SD-CWT shown by nobody',
      input: { text: credential, office: OFFICE },
      outcome: 'unverifiable',
      code: 'key-binding/missing',
    },
    {
      name: 'unbound-sd-jwt',
      clause: 'RFC 9901 §7.3',
      why: 'an SD-JWT VC whose KB-JWT was stripped',
      input: { text: sdJwt, office: OFFICE },
      outcome: 'unverifiable',
      code: 'key-binding/missing',
    },
    {
      name: 'received-valid',
      clause: SECTION,
      why: "the wallet's receiving check of a credential bound to its key",
      input: { text: credential, holderKey },
      outcome: 'valid',
    },
    {
      name: 'received-for-another-wallet',
      clause: 'RFC 8747 §3.1',
      why: "bound to another wallet's key",
      input: { text: sdJwt, holderKey },
      outcome: 'invalid',
      code: 'holder/mismatch',
    },
    {
      name: 'received-with-key-binding',
      clause: 'RFC 9901 §7.2',
      why: 'what an issuer hands out holds no key binding',
      input: { text: await liveSdJwt(), holderKey },
      outcome: 'invalid',
      code: 'sd-jwt/unexpected-key-binding',
    },
    {
      name: 'received-paper',
      clause: 'ARCHITECTURE §4',
      why: 'a paper code is no credential for a wallet',
      input: { text: await paperCode(), holderKey },
      outcome: 'invalid',
      code: 'credential/wrong-type',
    },
  ]
}

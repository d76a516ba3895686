/** SD11 of the threat model: when an answer says that it was signed. The nonce proves the request, so a clock alone is wrong: amber. */
import { liveSdJwt, REQUEST, requestedCode, type VectorCase } from './vector-case.ts'
import { NOW, OFFICE } from './vector-cast.ts'

/** Cases by name, input and, where it is told, code. */
export async function answerTimeCases(): Promise<readonly VectorCase[]> {
  const code = 'key-binding/issued-at'
  const cases: readonly (readonly [string, string, VectorCase['input'], string?])[] = [
    [
      'signed-when-it-was-made',
      'an answer signed by a clock a minute behind the one that asked',
      {
        text: await requestedCode({ issuedAt: NOW - 90 }),
        request: { ...REQUEST, issuedAt: NOW - 30 },
      },
    ],
    [
      'signed-before-it-was-made',
      'an answer signed 61 s before the request was made: a clock is wrong, the nonce is not',
      {
        text: await requestedCode({ issuedAt: NOW - 91 }),
        request: { ...REQUEST, issuedAt: NOW - 30 },
      },
      code,
    ],
    [
      'signed-ahead',
      'an answer signed by a clock a minute ahead',
      { text: await requestedCode({ issuedAt: NOW + 60 }), request: REQUEST },
    ],
    [
      'signed-later-than-now',
      'an answer signed 61 s from now',
      { text: await requestedCode({ issuedAt: NOW + 61 }), request: REQUEST },
      code,
    ],
    [
      'signed-before-any-that-is-open',
      'an answer signed a minute and a second before the oldest request that may be open',
      { text: await requestedCode({ issuedAt: NOW - 361 }), request: REQUEST },
      code,
    ],
    [
      'sd-jwt-signed-later-than-now',
      'a foreign wallet’s answer signed 61 s from now',
      {
        text: await liveSdJwt(
          {},
          {
            claims: {
              aud: OFFICE,
              nonce: 'n-0S6_WzA2Mj',
              onetrip_mode: undefined,
              iat: NOW + 61,
            },
          },
        ),
        request: { audience: OFFICE, nonce: 'n-0S6_WzA2Mj' },
      },
      code,
    ],
  ]
  return cases.map(([words, why, input, told]) => ({
    name: `requested-${words}`,
    clause: 'RFC 9901 §7.3',
    why,
    input: { office: OFFICE, ...input },
    outcome: told === undefined ? 'valid' : 'caution',
    ...(told === undefined ? {} : { code: told }),
  }))
}

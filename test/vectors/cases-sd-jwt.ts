/** Cases about the same licence as SD-JWT VC: issuer, keys, type, period, status. */
import type { Mode } from '@onetrip/credential'
import { foodSdJwt, liveSdJwt, type VectorCase } from './vector-case.ts'
import { EXPIRES_AT, HOUR, INDEX, LIST, MARKET, NOW, OFFICE, signers } from './vector-cast.ts'

/** All cases of this kind. */
export async function sdJwtCases(): Promise<readonly VectorCase[]> {
  const accept: readonly Mode[] = ['live']
  const cases: readonly (readonly [string, string, string, VectorCase['outcome'], string])[] = [
    [
      'issuer-unknown',
      'an issuer URL that the trust list does not name',
      await liveSdJwt({ iss: 'https://issuer.example' }),
      'unverifiable',
      'issuer/unknown',
    ],
    [
      'issuer-by-uscc',
      'the JSON form names its issuer by URL',
      await liveSdJwt({ iss: MARKET }),
      'unverifiable',
      'issuer/unknown',
    ],
    [
      'key-in-header',
      'keys in the header are ignored (JW03)',
      await liveSdJwt({
        signer: signers.strangerJws,
        header: { jwk: { kty: 'EC' }, jku: 'https://x.example', x5c: ['AA'] },
      }),
      'unverifiable',
      'key/unknown',
    ],
    [
      'kid-text',
      'a kid that is a path (JW04)',
      await liveSdJwt({ header: { kid: '../../x' } }),
      'unverifiable',
      'key/unknown',
    ],
    [
      'kid-missing',
      'no kid (JW04)',
      await liveSdJwt({ header: { kid: undefined } }),
      'unverifiable',
      'key/unknown',
    ],
    [
      'key-of-another-agency',
      "another agency's key under the right kid",
      await liveSdJwt({
        signer: signers.policeJws,
        header: { kid: kidOf(await foodSdJwt()) },
      }),
      'invalid',
      'signature/invalid',
    ],
    [
      'type-unknown',
      'a vct that is not in the trust data',
      await liveSdJwt({ vct: 'https://types.onetrip.example/x/9' }),
      'unverifiable',
      'type/unknown',
    ],
    [
      'expired',
      'exp is now (JW11)',
      await liveSdJwt({ expiresAt: NOW }),
      'invalid',
      'credential/expired',
    ],
    [
      'from-the-future',
      'iat in the future (JW10)',
      await liveSdJwt({ issuedAt: NOW + HOUR, expiresAt: EXPIRES_AT }),
      'invalid',
      'credential/not-yet-valid',
    ],
    [
      'revoked',
      'one list, one URI, either securing',
      await liveSdJwt({ status: { status_list: { idx: INDEX.revoked, uri: LIST.good } } }),
      'invalid',
      'status/revoked',
    ],
  ]
  return cases.map(([words, why, text, outcome, code]) => ({
    name: `sd-jwt-${words}`,
    clause: 'draft-ietf-oauth-sd-jwt-vc §3.5',
    why,
    input: { text, office: OFFICE, accept },
    outcome,
    code,
  }))
}

function kidOf(sdJwt: string): string {
  const [header = ''] = sdJwt.split('.')
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid
}

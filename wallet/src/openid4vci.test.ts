import type { Http } from '@onetrip/ui'
import { describe, expect, test } from 'vitest'
import type { CredentialOffer } from './offer.ts'
import { requestCredentials, requestToken } from './openid4vci.ts'

const ENDPOINTS = {
  credentialIssuer: 'https://issuer.example',
  tokenEndpoint: 'https://issuer.example/token',
  nonceEndpoint: 'https://issuer.example/nonce',
  credentialEndpoint: 'https://issuer.example/credential',
  batchSize: 1,
  configurations: new Map(),
}
const OFFER: CredentialOffer = {
  credentialIssuer: 'https://issuer.example',
  configurationIds: ['food.cwt'],
  preAuthorizedCode: 'the-code',
}

function answering(body: object, status: number): Http {
  return async () =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
}

describe('a refused token request', () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ error: 'invalid_grant' }, 'offer/code-refused'],
    [{ error: 'invalid_grant', code: 'offer/unknown' }, 'offer/unknown'],
    [{ error: 'invalid_grant', code: 'cbor/limit' }, 'offer/code-refused'],
    [{ error: 'invalid_request' }, 'offer/code-format'],
    [{ error: 'invalid_client' }, 'issuer/refused'],
    [{}, 'issuer/refused'],
  ]
  test.for(cases)('%s is %s', async ([body, code]) => {
    const http = answering(body, 400)
    const asked = requestToken({ endpoints: ENDPOINTS, offer: OFFER, now: 1_795_000_000, http })
    await expect(asked).rejects.toMatchObject({ code })
  })
})

describe('a credential request', () => {
  const cases: readonly (readonly [number, object, string])[] = [
    [400, { error: 'invalid_nonce' }, 'issuer/nonce-refused'],
    [400, { error: 'invalid_proof' }, 'issuer/refused'],
    [403, {}, 'issuer/refused'],
    [401, { error: 'invalid_token' }, 'offer/session-expired'],
    [202, { transaction_id: 'later' }, 'issuer/deferred'],
    [200, { credentials: [] }, 'issuer/answer'],
    [200, { credentials: [{ credential: '' }] }, 'issuer/answer'],
    [200, { credentials: [{ credential: 'a' }, { credential: 'b' }] }, 'issuer/answer'],
  ]
  test.for(cases)('%s %s is %s', async ([status, body, code]) => {
    const asked = requestCredentials({
      endpoints: ENDPOINTS,
      accessToken: 'token',
      configurationId: 'food.cwt',
      proofs: ['a.b.c'],
      http: answering(body, status),
      subtle: crypto.subtle,
    })
    await expect(asked).rejects.toMatchObject({ code })
  })
})

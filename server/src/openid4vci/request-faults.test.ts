/** Requests that the token and credential endpoints refuse for their form (OpenID4VCI 1.0 §6.3, §8.3.1.2). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  holderSigner,
  issueFood,
  openWorld,
  proofOf,
  redeem,
  requestToken,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { PRE_AUTHORIZED_GRANT } from '../offers/make-offer.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('the token endpoint', () => {
  const code = { 'pre-authorized_code': 'a', tx_code: '123456' }
  const cases = {
    'no grant type': [code, 'invalid_request', 'openid/token-request'],
    'another grant type': [
      { ...code, grant_type: 'password' },
      'unsupported_grant_type',
      'openid/grant-type',
    ],
    'no code': [
      { grant_type: PRE_AUTHORIZED_GRANT, tx_code: '123456' },
      'invalid_request',
      'openid/token-request',
    ],
    'an empty transaction code': [
      { ...code, grant_type: PRE_AUTHORIZED_GRANT, tx_code: '' },
      'invalid_request',
      'openid/token-request',
    ],
  } as const
  for (const [name, [members, error, expected]] of Object.entries(cases)) {
    test(`refuses ${name}`, async () => {
      const response = await world.app.request('/openid/token', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(members).toString(),
      })
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ error, code: expected })
    })
  }

  test('refuses a code that no offer has', async () => {
    const response = await requestToken(world, 'nobody-gave-this', '123456')
    expect(await response.json()).toEqual({ error: 'invalid_grant', code: 'offer/unknown' })
  })
})

describe('the credential endpoint', () => {
  test('refuses what is no credential request, or asks for what is not offered', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'FORM1' }))
    const proof = await proofOf(world, holderSigner('ES256'))
    const whole = {
      credential_configuration_id: `${TYPES.food}.dc+sd-jwt`,
      proofs: { jwt: [proof] },
    }
    const bodies = [
      [],
      { proofs: whole.proofs },
      { ...whole, credential_configuration_id: 7 },
      { ...whole, credential_identifier: 'x' },
    ]
    for (const body of bodies) {
      const response = await world.app.request('/openid/credential', {
        method: 'POST',
        headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({
        error: 'invalid_credential_request',
        code: 'openid/credential-request',
      })
    }
  })
})

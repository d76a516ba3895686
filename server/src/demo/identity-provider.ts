/**
 * The demo's OpenID Connect provider (oidc-provider, known to this file alone): two clients, the cast and the staff, no passwords. It stands in for the
 * one that a real installation names in its configuration.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { Provider } from 'oidc-provider'
import type { Services } from '../services.ts'
import { HOLDER_CLAIM, IDENTITIES, LEVELS, PEOPLE_PATH } from './demo-identity.ts'
import { DEMO_STAFF } from './demo-staff.ts'
import { identityStore } from './identity-store.ts'

const KEY_BYTES = 32
/** Seconds that its parts live: nothing of the demo needs more. */
const LIFE_SECONDS = 600

/** This server, in one of the two things that it asks for. */
export interface DemoClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/** Makes the provider. `TypeError` outside a demonstration. */
export function identityProvider(
  { config }: Pick<Services, 'config'>,
  { issuer, clients }: { readonly issuer: string; readonly clients: readonly DemoClient[] },
): Provider {
  if (config.mode !== 'demo') throw new TypeError('identity provider: for the demo only')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const seconds = (): number => Math.floor(Date.now() / 1000)
  return new Provider(issuer, {
    adapter: identityStore(seconds),
    acrValues: LEVELS,
    claims: { openid: ['sub', 'acr', HOLDER_CLAIM] },
    clients: clients.map(({ clientId, clientSecret, redirectUri }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
    })),
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(KEY_BYTES)] },
    expiresWithSession: () => false,
    features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
    findAccount: (_context, subject) => {
      const person = IDENTITIES.find((known) => known.subject === subject)
      // Of staff too it says whose licences theirs are: nobody decides their own matter.
      const known = person ?? DEMO_STAFF.find((member) => member.subject === subject)
      if (known === undefined) return undefined
      const claims = { sub: subject, [HOLDER_CLAIM]: known.name }
      return { accountId: subject, claims: async () => claims }
    },
    interactions: { url: (_context, { uid }) => `${PEOPLE_PATH}/${uid}` },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    // Its clients are this server's own: who chose a person agreed to it.
    loadExistingGrant: async (context) => {
      const { client: asking, session, params } = context.oidc
      if (asking === undefined || session?.accountId === undefined) return undefined
      const grant = new context.oidc.provider.Grant({
        clientId: asking.clientId,
        accountId: session.accountId,
      })
      grant.addOIDCScope(String(params?.['scope'] ?? ''))
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid'],
    ttl: {
      AccessToken: LIFE_SECONDS,
      AuthorizationCode: 60,
      Grant: LIFE_SECONDS,
      IdToken: LIFE_SECONDS,
      Interaction: LIFE_SECONDS,
      Session: LIFE_SECONDS,
    },
  })
}

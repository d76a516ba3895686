/**
 * Pushed authorization requests (RFC 9126): a wallet says first, and not through the browser, what it asks for and by which
 * secret it will fetch it (PKCE, RFC 7636, S256 only); what the browser carries is a name for it that works once.
 */
import { fault, type JsonObject, toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { Config } from '../config.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'

/** How long a person has from there to their consent. */
export const REQUEST_LIFE_SECONDS = 600

const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:'
const REQUEST_BYTES = 32
/** SHA-256 in base64url. */
const DIGEST = /^[\w-]{43}$/
const MAX_STATE_CHARACTERS = 512
const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Answers a pushed request; `dpop` is the key that sent it. Throws `openid/client` (a client or an address that is not
 * configured), `openid/authorization` (a missing or wrong member), `openid/scope` (neither the type code of a licence nor the
 * state of an offer).
 */
export async function pushRequest(
  services: Services,
  form: ReadonlyMap<string, string>,
  dpop: string | undefined,
): Promise<JsonObject> {
  const client = clientOf(services.config, form)
  const challenge = form.get('code_challenge') ?? ''
  const isWhole =
    form.get('response_type') === 'code' &&
    form.get('code_challenge_method') === 'S256' &&
    DIGEST.test(challenge) &&
    (form.get('state') ?? '').length <= MAX_STATE_CHARACTERS &&
    !form.has('request_uri') &&
    !form.has('request')
  if (!isWhole) throw fault('openid/authorization')
  const named = form.get('dpop_jkt')
  if (named !== undefined && (!DIGEST.test(named) || named !== (dpop ?? named))) {
    throw fault('openid/authorization')
  }
  const wanted = await wantedOf(services, form)
  const secret = toBase64url(services.random(REQUEST_BYTES))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    await transaction.deleteFrom('authorization_request').where('expires_at', '<=', now).execute()
    await transaction
      .insertInto('authorization_request')
      .values({
        hash: hashSecret(secret),
        ...client,
        ...wanted,
        state: form.get('state') ?? null,
        code_challenge: challenge,
        dpop_thumbprint: dpop ?? named ?? null,
        code_hash: null,
        licence_id: null,
        used: 0,
        expires_at: now + REQUEST_LIFE_SECONDS,
      })
      .execute()
  })
  return { request_uri: REQUEST_URI + secret, expires_in: REQUEST_LIFE_SECONDS }
}

/** The stored hash of a `request_uri`. */
export function requestHashOf(requestUri: string): string {
  return hashSecret(requestUri.replace(REQUEST_URI, ''))
}

/** Only addresses that are configured, compared as text; in the demo any of this machine (RFC 8252 §7.3). */
function clientOf(
  { mode, wallets }: Config,
  form: ReadonlyMap<string, string>,
): { readonly client_id: string; readonly redirect_uri: string } {
  const [clientId, redirectUri] = [form.get('client_id') ?? '', form.get('redirect_uri') ?? '']
  const isConfigured = wallets.some(
    (wallet) => wallet.clientId === clientId && wallet.redirectUri === redirectUri,
  )
  const isLocal = mode === 'demo' && clientId !== '' && isLoopback(redirectUri)
  if (!isConfigured && !isLocal) throw fault('openid/client')
  return { client_id: clientId, redirect_uri: redirectUri }
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, hash, username } = new URL(address)
  return protocol === 'http:' && LOOPBACK.includes(hostname) && hash === '' && username === ''
}

/** The offer whose state came along, or a licence type. */
async function wantedOf(
  services: Services,
  form: ReadonlyMap<string, string>,
): Promise<{ readonly offer_id: string | null; readonly type_code: string | null }> {
  const state = form.get('issuer_state')
  if (state !== undefined) {
    const offer = await services.storage
      .selectFrom('offer')
      .select('id')
      .where('id', '=', state)
      .executeTakeFirst()
    if (offer === undefined) throw fault('openid/authorization')
    return { offer_id: offer.id, type_code: null }
  }
  const scope = form.get('scope') ?? ''
  const type = await services.storage
    .selectFrom('licence_type')
    .select('type_code')
    .where('type_code', '=', scope)
    .executeTakeFirst()
  if (type === undefined) throw fault('openid/scope')
  return { offer_id: null, type_code: scope }
}

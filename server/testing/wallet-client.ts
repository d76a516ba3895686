/** For tests: another maker's wallet at the authorization server, with its DPoP key and its PKCE secret. */
import { randomBytes } from 'node:crypto'
import {
  type JsonObject,
  publicKeyToJwk,
  type Signer,
  sha256Base64url,
  signJws,
} from '@onetrip/codec'
import { SESSION_COOKIE } from '../src/citizens/citizen.ts'
import { openSession } from '../src/sessions/sessions.ts'
import { transact } from '../src/storage/database.ts'
import { holderSigner, type World } from './test-world.ts'

/** As the server's tests configure it. */
export const CLIENT: Readonly<Record<'clientId' | 'redirectUri', string>> = {
  clientId: 'peer',
  redirectUri: 'https://wallet.example/back?from=onetrip',
}
/** Its line in the configuration. */
export const WALLETS: string = `${CLIENT.clientId} ${CLIENT.redirectUri}`

/** Whose licences they are that the wallet asks for. */
export const HOLDER = '陈样例'

const VERIFIER = 'v'.repeat(43)

/** Changes to a request; a member that is undefined is left out. */
export type FormChanges = Readonly<Record<string, string | undefined>>

/** A request to send. */
export interface WalletRequest {
  readonly path: string
  readonly form?: FormChanges
  readonly body?: unknown
  readonly accessToken?: string
  /** Left out, none is sent. */
  readonly dpop?: {
    readonly signer: Signer
    readonly changes?: JsonObject
    readonly header?: JsonObject
  }
}

/** A DPoP proof for a path of the API, with the server's nonce unless it is changed. */
export async function dpopProof(
  world: World,
  request: Pick<WalletRequest, 'path' | 'accessToken'> & NonNullable<WalletRequest['dpop']>,
): Promise<string> {
  const { path, accessToken, signer, changes, header } = request
  const { config, now } = world.services
  return signJws({
    header: { typ: 'dpop+jwt', jwk: publicKeyToJwk(signer.publicKey), ...header },
    payload: {
      htm: 'POST',
      htu: config.apiOrigin + path,
      iat: now(),
      jti: randomBytes(16).toString('hex'),
      ...(accessToken === undefined ? {} : { ath: sha256Base64url(accessToken) }),
      nonce: await nonceFor(world),
      ...changes,
    },
    signer,
  })
}

/** Sends a form or JSON. */
export async function send(world: World, request: WalletRequest): Promise<Response> {
  const { path, form, body, accessToken, dpop } = request
  const headers = new Headers({
    'Content-Type': form === undefined ? 'application/json' : 'application/x-www-form-urlencoded',
  })
  if (accessToken !== undefined) {
    headers.set('Authorization', `${dpop === undefined ? 'Bearer' : 'DPoP'} ${accessToken}`)
  }
  if (dpop !== undefined) headers.set('DPoP', await dpopProof(world, { ...request, ...dpop }))
  return world.app.request(path, {
    method: 'POST',
    headers,
    body: form === undefined ? JSON.stringify(body) : formText(form),
  })
}

/** Pushes a request for a scope. */
export function push(
  world: World,
  changes: FormChanges,
  dpop?: WalletRequest['dpop'],
): Promise<Response> {
  const form = {
    response_type: 'code',
    client_id: CLIENT.clientId,
    redirect_uri: CLIENT.redirectUri,
    state: 'a-state',
    code_challenge_method: 'S256',
    code_challenge: sha256Base64url(VERIFIER),
    ...changes,
  }
  return send(world, { path: '/openid/par', form, ...(dpop === undefined ? {} : { dpop }) })
}

/** The cookie of a browser in which a citizen is signed in. */
export async function signedIn({ services }: World, holderReference: string): Promise<string> {
  const person = { subject: 'sub-holder', holderReference, level: 'real-name' }
  const { id } = await transact(services.storage, (transaction) =>
    openSession(services, transaction, {
      carrier: 'cookie',
      subject: person.subject,
      person: JSON.stringify(person),
    }),
  )
  return `${SESSION_COOKIE}=${id}`
}

/** Answers the consent page for a licence as its holder, or denies; where the browser is sent. */
export async function consent(
  world: World,
  requestUri: string,
  licence: string | undefined,
  headers: Readonly<Record<string, string>> = { Origin: world.services.config.apiOrigin },
): Promise<Response> {
  const form = {
    client_id: CLIENT.clientId,
    request_uri: requestUri,
    answer: licence === undefined ? 'deny' : 'allow',
    licence,
  }
  return world.app.request('/openid/authorize', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Cookie: await signedIn(world, HOLDER),
      ...headers,
    },
    body: formText(form),
  })
}

/** Redeems a code. */
export function redeemCode(
  world: World,
  code: string,
  dpop: WalletRequest['dpop'],
  changes: FormChanges = {},
): Promise<Response> {
  const form = {
    grant_type: 'authorization_code',
    code,
    client_id: CLIENT.clientId,
    redirect_uri: CLIENT.redirectUri,
    code_verifier: VERIFIER,
    ...changes,
  }
  return send(world, { path: '/openid/token', form, ...(dpop === undefined ? {} : { dpop }) })
}

/** The whole way to an access token for a licence. */
export async function authorised(
  world: World,
  licence: { readonly id: string; readonly scope: string },
  signer: Signer = holderSigner('ES256'),
): Promise<{ readonly accessToken: string; readonly signer: Signer; readonly code: string }> {
  const dpop = { signer }
  const pushed: { request_uri: string } = await (
    await push(world, { scope: licence.scope }, dpop)
  ).json()
  const code = codeIn(await consent(world, pushed.request_uri, licence.id))
  const answer: { access_token: string } = await (await redeemCode(world, code, dpop)).json()
  return { accessToken: answer.access_token, signer, code }
}

/** The code with which a browser was sent back. */
export function codeIn(response: Response): string {
  const place = new URL(response.headers.get('Location') ?? '')
  return place.searchParams.get('code') ?? ''
}

/** What the server says to a proof that has no nonce. */
async function nonceFor(world: World): Promise<string> {
  const headers = { DPoP: 'none' }
  const response = await world.app.request('/openid/credential', { method: 'POST', headers })
  return response.headers.get('DPoP-Nonce') ?? ''
}

function formText(form: FormChanges): string {
  const given = Object.entries(form).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return new URLSearchParams(given).toString()
}

/** An office asks over the network (OpenID4VP 1.0): the request is held against the catalogue before anybody sees it. */
import { fault, toBase64url } from '@onetrip/codec'
import {
  areWants,
  MAX_REQUEST_SECONDS,
  MDOC_FORMAT,
  matterTransaction,
  NONCE_SALT_BYTES,
  orderedWants,
  queryIdsOf,
  queryOfWants,
  type Want,
  x509HashClientId,
} from '@onetrip/credential'
import type { Matter, Trust } from '@onetrip/trust'
import { overAskingIn } from '@onetrip/verifier'
import { hashSecret } from '../actors/api-keys.ts'
import { makePrivateJwk } from '../keys/key-store.ts'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import { type RequestKey, requestKey } from './request-certificate.ts'
import {
  KEEP_RESULT_SECONDS,
  sealContent,
  type VerificationContent,
} from './verification-content.ts'
import type { OpenRequest } from './verification-request.ts'
import { forgetVerifications } from './verification-rows.ts'

const HANDLE_BYTES = 32

/** Who asks in an office's name. */
export type Asker = Pick<Actor, 'actorId' | 'offices' | 'grants'>

/** What an office gets for its request. */
export interface OpenedVerification {
  readonly id: string
  /** Link into our wallet. */
  readonly uri: string
  /** For wallets that are asked by `openid4vp:`. */
  readonly openid4vpUri: string
  readonly requestUri: string
  /** Unix seconds. */
  readonly expiresAt: number
}

/**
 * Opens a verification for five minutes; one for a counter keeps the presentations, which the counter judges itself. Throws `auth/forbidden` (the key's role, another office), `request/matter-unknown`,
 * `request/office`, `request/over-asking`, `input/invalid` (wants that no request may have), `key/unknown`.
 */
export async function openVerification(
  services: Services,
  of: {
    readonly actor: Asker
    readonly request: OpenRequest
    /** Left out it is not. */
    readonly forCounter?: boolean
  },
): Promise<OpenedVerification> {
  const { actor, request, forCounter = false } = of
  const office = officeOf(actor, request)
  // What an mdoc's key signs is known here alone, and no counter is told of it.
  if (request.format === MDOC_FORMAT && (request.signMatter || forCounter)) {
    throw fault('input/invalid', 'at fault: format')
  }
  const trust = await publishedTrust(services)
  const matter = trust.matters.find(({ code }) => code === request.matter)
  if (matter === undefined) throw fault('request/matter-unknown')
  if (!matter.offices.includes(office)) throw fault('request/office')
  const wants = wantsOf(request, matter)
  if (overAskingIn(wants, matter).length > 0) throw fault('request/over-asking')
  if (!areWants(wants)) throw fault('input/invalid', 'at fault: wants')
  const id = services.newId()
  const handle = toBase64url(services.random(HANDLE_BYTES))
  const key = await requestKey(services, office)
  const content = contentOf(services, { request, wants, key, forCounter, trust })
  const expiresAt = content.issuedAt + MAX_REQUEST_SECONDS
  await transact(services.storage, async (transaction) => {
    await forgetVerifications(services, transaction)
    await transaction
      .insertInto('verification')
      .values({
        id,
        handle_hash: hashSecret(handle),
        office_id: office,
        actor_id: actor.actorId,
        matter: request.matter,
        state: 'open',
        content: sealContent(services, id, content),
        result: null,
        response_code_hash: null,
        expires_at: expiresAt,
        forget_at: expiresAt + KEEP_RESULT_SECONDS,
      })
      .execute()
    await recordAct(services, transaction, {
      act: 'verification/open',
      agency: office,
      actor: actor.actorId,
      facts: { verification: id, matter: request.matter },
    })
  })
  services.log('verification/opened', { verification: id, actor: actor.actorId })
  return { id, ...linksOf(services, handle, content.clientId), expiresAt }
}

/** Where the request of a handle is fetched. */
export function requestUriOf({ config }: Pick<Services, 'config'>, handle: string): string {
  return `${config.apiOrigin}/openid4vp/requests/${handle}`
}

/** Where the answer for a handle goes. */
export function responseUriOf({ config }: Pick<Services, 'config'>, handle: string): string {
  return `${config.apiOrigin}/openid4vp/responses/${handle}`
}

function officeOf(actor: Asker, request: OpenRequest): string {
  assertAllowed(actor, 'ask')
  const [only, ...others] = actor.offices
  const office = request.office ?? (others.length === 0 ? only : undefined)
  if (office === undefined || !actor.offices.includes(office)) throw fault('auth/forbidden')
  return office
}

/** What the office left out is what the catalogue allows. */
function wantsOf({ wants }: OpenRequest, matter: Matter): readonly Want[] {
  const accepts = (code: string) =>
    matter.materials.find((material) => material.code === code)?.accepts ?? []
  const served = matter.materials.filter(({ accepts: types }) => types.length > 0)
  const asked = wants ?? served.map(({ code }) => ({ material: code, required: false }))
  return orderedWants(
    asked.map((want) => {
      const { material, required } = want
      const known = accepts(material)
      const options = 'options' in want ? want.options : undefined
      return {
        material,
        required,
        options: (options ?? known).map(({ type, claims }) => ({
          type,
          claims: claims ?? known.find((each) => each.type === type)?.claims ?? [],
        })),
      }
    }),
  )
}

function contentOf(
  services: Services,
  of: {
    readonly request: OpenRequest
    readonly wants: readonly Want[]
    readonly key: RequestKey
    readonly forCounter: boolean
    readonly trust: Trust
  },
): VerificationContent {
  const { request, wants, key, forCounter, trust } = of
  const { matter, purpose, clientIdPrefix, redirectUri } = request
  const credentialIds = queryIdsOf(wants)
  const host = new URL(services.config.apiOrigin).hostname
  return {
    purpose,
    salt: toBase64url(services.random(NONCE_SALT_BYTES)),
    // Types that change meanwhile would change what was committed to.
    query: queryOfWants(wants, trust.types, request.format),
    wants,
    format: request.format,
    keyId: key.keyId,
    certificate: toBase64url(key.certificate),
    clientPrefix: clientIdPrefix,
    clientId:
      clientIdPrefix === 'x509_hash'
        ? x509HashClientId(key.certificate)
        : `${clientIdPrefix}:${host}`,
    responseMode: request.responseMode,
    issuedAt: services.now(),
    transactionData: request.signMatter
      ? [matterTransaction({ credentialIds, matter, purpose })]
      : [],
    encryptionJwk: makeEncryptionJwk(),
    ...(forCounter ? { forCounter } : {}),
    ...(redirectUri === undefined ? {} : { redirectUri }),
  }
}

function makeEncryptionJwk(): VerificationContent['encryptionJwk'] {
  const { kty, crv, x, y, d } = makePrivateJwk('ES256')
  return { kty: String(kty), crv: String(crv), x: String(x), y: String(y), d: String(d) }
}

function linksOf(
  services: Services,
  handle: string,
  clientId: string,
): Pick<OpenedVerification, 'uri' | 'openid4vpUri' | 'requestUri'> {
  const requestUri = requestUriOf(services, handle)
  const query = new URLSearchParams({
    client_id: clientId,
    request_uri: requestUri,
    request_uri_method: 'post',
  }).toString()
  const { walletOrigin } = services.config
  return { uri: `${walletOrigin}/#${query}`, openid4vpUri: `openid4vp://?${query}`, requestUri }
}

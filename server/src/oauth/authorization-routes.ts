/** Authorization code flow of OpenID4VCI 1.0 §5: pushed request (RFC 9126), the page that asks the person, and where it leads. */
import { Fault, fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { authenticateCitizen, isRecent } from '../citizens/citizen.ts'
import { beginSignIn } from '../citizens/sign-in.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { answerIn, formBody, oauthResponses } from '../http/open-answers.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readForm } from '../http/read-request.ts'
import { serverPagePolicy } from '../http/security-headers.ts'
import type { Services } from '../services.ts'
import { provedSender } from './access-token.ts'
import { answerRequest, openRequest, typeNameOf } from './consent.ts'
import { CONSENT_STYLE, consentPage, noConsentPage } from './consent-page.ts'
import { pushRequest } from './push-request.ts'

const PAGE = 'text/html'
const PUSHED_MEMBERS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'code_challenge',
  'code_challenge_method',
  'scope',
  'issuer_state',
  'state',
  'dpop_jkt',
] as const
/** Those before the ones of which some may be left out. */
const PUSHED_NEEDED = 5

/** Adds the routes below `/openid`. */
export function addAuthorizationRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  routes.post(
    '/par',
    limitByAddress(services, 'authorize/push'),
    describeRoute({
      operationId: 'pushAuthorizationRequest',
      summary: 'Pushed authorization request (RFC 9126)',
      requestBody: formBody(PUSHED_MEMBERS, PUSHED_MEMBERS.slice(0, PUSHED_NEEDED)),
      responses: oauthResponses({ 201: answerIn('As the standard has it', 'application/json') }),
    }),
    async (context) => {
      const sender = await provedSender(services, context)
      const answer = await pushRequest(services, await readForm(context), sender)
      return context.json(answer, 201, { 'Cache-Control': 'no-store' })
    },
  )

  const offers = services.rates.counter('citizen/other-wallet')
  const pages = new Hono<AppEnvironment>()
  pages.use(limitByAddress(services, 'authorize/page'))
  pages.onError((error) => {
    if (!(error instanceof Fault)) throw error
    if (error.code === 'openid/authorization') return answered(noConsentPage('no-request'), 400)
    if (error.code === 'http/rate-limited') return answered(noConsentPage('too-many'), 429)
    throw error
  })
  pages.get(
    '/',
    describeRoute({
      operationId: 'authorize',
      summary: 'Authorization endpoint, for browsers (RFC 6749 §3.1): a page that asks',
      responses: {
        200: answerIn('The page', PAGE),
        303: { description: 'To the identity provider' },
        400: answerIn('A page that says why', PAGE),
        401: answerIn('A page that says that nobody signs in here', PAGE),
        404: answerIn('A page that says that there is no such licence', PAGE),
        429: answerIn('A page that says to come later', PAGE),
      },
    }),
    async (context) => {
      const { client_id: clientId = '', request_uri: requestUri = '' } = context.req.query()
      const citizen = await authenticateCitizen(services, context)
      const asked = { clientId, requestUri }
      if (citizen === undefined || !isRecent(services, citizen)) return signInFirst(services, asked)
      const holder = citizen.holderReference
      const request = await openRequest(services, { ...asked, holder })
      if (request.licences.length === 0) return answered(noConsentPage('no-licence'), 404)
      const typeNames = new Map<string, Awaited<ReturnType<typeof typeNameOf>>>()
      for (const licence of request.licences) {
        typeNames.set(licence.id, await typeNameOf(services.storage, licence))
      }
      const content = consentPage({ ...request, requestUri, typeNames })
      return answered(content, 200, request.row.redirect_uri)
    },
  )
  pages.post(
    '/',
    describeRoute({
      operationId: 'answerAuthorization',
      summary: 'The person’s answer, from that page only',
      requestBody: formBody(['client_id', 'request_uri', 'answer', 'licence'], ['answer']),
      responses: {
        303: { description: 'To the wallet' },
        400: answerIn('A page that says why', PAGE, 'application/json'),
        401: answerIn('A page that says to sign in again', PAGE),
        403: answerIn('It came from another page', 'application/json'),
        415: answerIn('It is no form', 'application/json'),
        429: answerIn('A page that says to come later', PAGE),
      },
    }),
    async (context) => {
      // Stricter than for what has no cookie: the person's browser would answer for them.
      if (context.req.header('Origin') !== services.config.apiOrigin) throw fault('http/origin')
      const form = await readForm(context)
      const citizen = await authenticateCitizen(services, context)
      const asked = {
        clientId: form.get('client_id') ?? '',
        requestUri: form.get('request_uri') ?? '',
      }
      const licence = form.get('answer') === 'allow' ? (form.get('licence') ?? '') : undefined
      if (citizen === undefined || (licence !== undefined && !isRecent(services, citizen))) {
        // A link, for a form may lead to the wallet only (CSP), and the identity provider is another place.
        return answered(noConsentPage('sign-in-again', pathOf(asked)), 401)
      }
      const request = await openRequest(services, { ...asked, holder: citizen.holderReference })
      if (licence !== undefined && request.row.offer_id === null) offers.count(citizen.subject)
      return context.redirect(await answerRequest(services, request, licence), 303)
    },
  )
  routes.route('/authorize', pages)
  routes.get(
    '/consent.css',
    describeRoute({
      operationId: 'consentStyle',
      summary: 'Style of the page that asks for consent',
      responses: { 200: answerIn('The style', 'text/css') },
    }),
    (context) => context.body(CONSENT_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  )
}

/** The pushed request that a browser names. */
interface Asked {
  readonly clientId: string
  readonly requestUri: string
}

/** On to the identity provider, and back to this address. */
async function signInFirst(services: Services, asked: Asked): Promise<Response> {
  if (services.relyingParty === undefined) return answered(noConsentPage('no-sign-in'), 401)
  try {
    return await beginSignIn(services, { kind: 'page', path: pathOf(asked) })
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'sign-in/unavailable') throw error
    return answered(noConsentPage('no-provider'), 503)
  }
}

function pathOf({ clientId, requestUri }: Asked): string {
  return `/openid/authorize?${new URLSearchParams({ client_id: clientId, request_uri: requestUri })}`
}

/** A page; its form may lead on to `target`, which browsers count as where it is sent. */
async function answered(
  content: ReturnType<typeof noConsentPage>,
  status: number,
  target?: string,
): Promise<Response> {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': serverPagePolicy(target === undefined ? [] : [sourceOf(target)]),
    'Cache-Control': 'no-store',
    // Under no-referrer a browser sends its forms with `Origin: null`, which is refused.
    'Referrer-Policy': 'same-origin',
  }
  return new Response(String(await content), { status, headers })
}

/** Of an address of an app's own scheme only the scheme is a source (CSP3 §2.3.1). */
function sourceOf(address: string): string {
  const { origin, protocol } = new URL(address)
  return origin === 'null' ? protocol : origin
}

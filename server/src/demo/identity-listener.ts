/**
 * The demo's identity provider at `/idp` of the API's port: its endpoints answer the socket themselves, so they stand before the API
 * app and not in it. Its one page asks a visitor who they are. Made where a demonstration names no other provider.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Fault, fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Provider } from 'oidc-provider'
import * as v from 'valibot'
import type { AppEnvironment } from '../http/app-context.ts'
import { changeOnlyFrom, onlyAtLocalhost } from '../http/origins.ts'
import { parseInput, readForm } from '../http/read-request.ts'
import { securityHeaders } from '../http/security-headers.ts'
import { problemAnswer } from '../problems.ts'
import { CALLBACK_PATHS, type Services } from '../services.ts'
import {
  type DemoIdentity,
  demoIdentityProvider,
  demoStaffProvider,
  IDENTITIES,
  IDENTITY_PATH,
  PEOPLE_PATH,
  STAFF_CLIENT,
} from './demo-identity.ts'
import { DEMO_STAFF } from './demo-staff.ts'
import { identityPage, staffIdentityPage } from './identity-page.ts'
import { type DemoClient, identityProvider } from './identity-provider.ts'
import { pageAnswer } from './page-layout.ts'

const UID = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))
const CHOICE = v.strictObject({ subject: v.pipe(v.string(), v.maxLength(64)) })
/** A choice is one short word. */
const MAX_FORM_BYTES = 256

/** Answers a request if it is the provider's; says whether it was. */
export type IdentityListener = (request: IncomingMessage, response: ServerResponse) => boolean

/** Makes the provider and what listens for it. `TypeError` where it may not be: see {@link demoIdentityProvider}. */
export function identityListener(services: Services): IdentityListener {
  const clients = clientsOf(services)
  if (clients.length === 0) throw new TypeError('identity provider: not here')
  const issuer = services.config.apiOrigin + IDENTITY_PATH
  const provider = identityProvider(services, { issuer, clients })
  const pages = getRequestListener(peopleApp(services, provider).fetch)
  const endpoints = provider.callback()
  return (request, response) => {
    const { url = '' } = request
    if (url.startsWith(`${PEOPLE_PATH}/`)) {
      void pages(request, response)
      return true
    }
    if (!url.startsWith(`${IDENTITY_PATH}/`)) return false
    // As a mounted application sees it: below its path, with the whole beside it.
    Object.assign(request, { originalUrl: url, url: url.slice(IDENTITY_PATH.length) })
    void endpoints(request, response)
    return true
  }
}

function peopleApp(
  services: Services,
  provider: Provider,
): Hono<AppEnvironment & { Bindings: HttpBindings }> {
  const { apiOrigin, walletOrigin } = services.config
  const app = new Hono<AppEnvironment & { Bindings: HttpBindings }>()
  // What is no fault of the request is a visit that is over: the provider knows it no longer.
  app.onError((error) =>
    problemAnswer({ code: error instanceof Fault ? error.code : 'sign-in/state' }),
  )
  app.use(securityHeaders(apiOrigin), onlyAtLocalhost(), changeOnlyFrom([apiOrigin]))
  app.use(
    bodyLimit({
      maxSize: MAX_FORM_BYTES,
      onError: () => {
        throw fault('http/body-too-large')
      },
    }),
  )
  app.get(`${PEOPLE_PATH}/:uid`, async (context) => {
    const uid = parseInput(UID, context.req.param('uid'))
    if (await isForStaff(provider, context.env)) return pageAnswer(staffIdentityPage(uid), 200)
    // The way back leads through the API to the wallet.
    return pageAnswer(identityPage(uid), 200, [walletOrigin])
  })
  app.post(`${PEOPLE_PATH}/:uid`, async (context) => {
    const { subject } = parseInput(CHOICE, Object.fromEntries(await readForm(context)))
    const { incoming, outgoing } = context.env
    const isStaff = await isForStaff(provider, context.env)
    const level = isStaff ? undefined : citizenLevel(subject)
    const isKnown = isStaff
      ? DEMO_STAFF.some((known) => known.subject === subject)
      : level !== undefined
    if (subject !== '' && !isKnown) throw fault('input/invalid')
    const result = isKnown
      ? { login: { accountId: subject, remember: false, ...(level ? { acr: level } : {}) } }
      : { error: 'access_denied' }
    return context.redirect(await provider.interactionResult(incoming, outgoing, result), 303)
  })
  return app
}

/** What this server asks the provider for; nothing where the configuration names others for both. */
function clientsOf({ config, keys }: Services): readonly DemoClient[] {
  const { apiOrigin } = config
  const citizens = demoIdentityProvider(config, keys)
  const staff = demoStaffProvider(config, keys)
  return [
    { provider: citizens, redirectUri: `${apiOrigin}${CALLBACK_PATHS.citizens}` },
    { provider: staff, redirectUri: `${apiOrigin}${CALLBACK_PATHS.staff}` },
  ].flatMap(({ provider, redirectUri }) => {
    if (provider?.clientSecret === undefined) return []
    const { clientId, clientSecret } = provider
    return [{ clientId, clientSecret, redirectUri }]
  })
}

function citizenLevel(subject: string): DemoIdentity['level'] | undefined {
  return IDENTITIES.find((known) => known.subject === subject)?.level
}

/** Whether the visit is one of staff. */
async function isForStaff(
  provider: Provider,
  { incoming, outgoing }: HttpBindings,
): Promise<boolean> {
  const { params } = await provider.interactionDetails(incoming, outgoing)
  return params['client_id'] === STAFF_CLIENT
}

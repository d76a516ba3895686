/**
 * Who may use which route: the whole list, from which requests are let in and `openapi.json` says its security. A route that is not
 * on it is refused; a test compares it with the router, and asks every route as every role.
 */
import { KEY_ROLE_RIGHTS, type Right, ROLE_RIGHTS } from './rights.ts'

/**
 * `public`: anybody; what else it needs (a proof, a code) is its own. `access-token`: a wallet with an access token of an offer. `citizen`: a citizen who signed in. `staff`: whoever signed in
 * as staff, whatever their roles. `actor`: a key or a member of staff with one of `rights`; where `isRecent`, a member of staff has
 * to have signed in a few minutes ago.
 */
export type RouteRule =
  | { readonly who: 'public' | 'citizen' | 'staff' | 'access-token' }
  | {
      readonly who: 'actor'
      readonly rights: readonly Right[]
      readonly isRecent: boolean
    }

const PUBLIC: RouteRule = { who: 'public' }
const STAFF: RouteRule = { who: 'staff' }
const ACCESS_TOKEN: RouteRule = { who: 'access-token' }
const CITIZEN: RouteRule = { who: 'citizen' }
/** Whoever has to do with a seal; which of them, its own rules say. */
const SEAL_RIGHTS: readonly Right[] = ['own-seals', 'make-seals', 'request-seal', 'keep-seals']

/** Every route of the API app by its method and path, as the router has them. */
export const ROUTE_RIGHTS: Readonly<Record<string, RouteRule>> = {
  'GET /.well-known/jwt-vc-issuer/a/:agency': PUBLIC,
  'GET /.well-known/oauth-authorization-server': PUBLIC,
  'GET /.well-known/openid-credential-issuer': PUBLIC,
  'GET /api/batches': allow('request-batches', 'approve-batches'),
  'POST /api/batches': allow('request-batches'),
  'GET /api/batches/:id': allow('request-batches', 'approve-batches'),
  'POST /api/batches/:id/decision': allowRecent('approve-batches'),
  'POST /api/batches/:id/resume': allowRecent('approve-batches'),
  'GET /api/batches/:id/rows': allow('request-batches', 'approve-batches'),
  'POST /api/batches/:id/stop': allow('request-batches', 'approve-batches'),
  'POST /api/batches/trial': allow('request-batches'),
  'GET /api/board': allow('read-cases'),
  'GET /api/cases': allow('read-cases'),
  'POST /api/cases': allow('accept-cases'),
  'GET /api/cases/:id': allow('read-cases'),
  'POST /api/cases/:id/form': allow('accept-cases'),
  'POST /api/cases/:id/materials/:material': allow('accept-cases'),
  'POST /api/cases/:id/materials/:material/file': allow('accept-cases'),
  'GET /api/cases/:id/materials/:material/registered': allow('accept-cases'),
  'GET /api/cases/:id/uploads/:upload': allow('read-cases'),
  'GET /api/cases/:id/parts/:part/decision': allow('read-cases'),
  'POST /api/cases/:id/verification': allow('accept-cases'),
  'POST /api/cases/:id/verification/result': allow('accept-cases'),
  'POST /api/cases/:id/submit': allow('accept-cases'),
  'POST /api/cases/:id/accept': allow('accept-cases'),
  'POST /api/cases/:id/return': allow('accept-cases'),
  'POST /api/cases/:id/decline': allow('accept-cases'),
  'POST /api/cases/:id/withdraw': allow('accept-cases'),
  'POST /api/cases/:id/close': allow('accept-cases'),
  'GET /api/cases/:id/archive': allow('accept-cases', 'export'),
  'POST /api/cases/:id/archive': allow('accept-cases'),
  'POST /api/cases/:id/visits': allow('accept-cases', 'review-cases'),
  'POST /api/cases/:id/visits/:visit/findings': allow('review-cases'),
  'POST /api/cases/:id/parts/:part/offer': allow('hand-out'),
  'POST /api/cases/:id/parts/:part/paper': allow('hand-out'),
  'POST /api/cases/:id/parts/:part/confirm': allow('review-cases'),
  'POST /api/cases/:id/parts/:part/grant': allow('review-cases'),
  'POST /api/cases/:id/parts/:part/refuse': allow('review-cases'),
  'POST /api/cases/:id/parts/:part/return': allow('review-cases'),
  'POST /api/cases/:id/parts/:part/correct': allow('accept-cases'),
  'POST /api/cases/:id/parts/:part/draft': allow('review-cases'),
  'POST /api/cases/:id/parts/:part/send-back': allow('approve-cases'),
  'POST /api/cases/:id/parts/:part/approve': allowRecent('approve-cases'),
  'POST /api/cases/:id/parts/:part/ask-seal': allow('request-seal'),
  'POST /api/cases/:id/parts/:part/seal': allowRecent('request-seal'),
  'POST /api/cases/:id/parts/:part/issue': allow('hand-out'),
  'POST /api/cases/:id/parts/:part/deliver': allow('hand-out'),
  'GET /api/counters': allow('enrol'),
  'POST /api/counters/:id/confirm': allow('enrol'),
  'POST /api/counters/:id/deny': allow('enrol'),
  'GET /api/feedback': allow('read-cases'),
  'POST /api/feedback/:id/answer': allow('approve-cases'),
  'POST /api/licences': allow('issue'),
  'GET /api/licences/:id': allow('read'),
  'GET /api/licences/:id/archive': allow('export'),
  'POST /api/licences/:id/offers': allow('hand-out'),
  'POST /api/licences/:id/paper': allow('hand-out'),
  'POST /api/licences/:id/pdf': allow('hand-out'),
  'POST /api/licences/:id/status': allowRecent('change-status'),
  'POST /api/licences/:id/versions': allowRecent('issue'),
  'POST /api/licences/export': allow('export'),
  'POST /api/licences/search': allow('read'),
  'GET /api/log/entries': allow('read-log', 'audit'),
  'GET /api/my/cases': CITIZEN,
  'POST /api/my/cases': CITIZEN,
  'GET /api/my/cases/:id': CITIZEN,
  'POST /api/my/cases/:id/form': CITIZEN,
  'POST /api/my/cases/:id/materials/:material': CITIZEN,
  'POST /api/my/cases/:id/materials/:material/file': CITIZEN,
  'GET /api/my/cases/:id/materials/:material/registered': CITIZEN,
  'GET /api/my/cases/:id/uploads/:upload': CITIZEN,
  'GET /api/my/cases/:id/parts/:part/decision': CITIZEN,
  'POST /api/my/cases/:id/verification': CITIZEN,
  'POST /api/my/cases/:id/verification/result': CITIZEN,
  'POST /api/my/cases/:id/submit': CITIZEN,
  'POST /api/my/cases/:id/withdraw': CITIZEN,
  'POST /api/my/cases/:id/parts/:part/correct': CITIZEN,
  'POST /api/my/cases/:id/parts/:part/feedback': CITIZEN,
  'GET /api/my/data': CITIZEN,
  'GET /api/my/licences': CITIZEN,
  'POST /api/my/licences/:id/rebind': CITIZEN,
  'POST /api/my/phone-lost': CITIZEN,
  'POST /api/my/sign-out': CITIZEN,
  'GET /api/orders': allow('change-status'),
  'POST /api/orders': allowRecent('change-status'),
  'GET /api/orders/:id': allow('change-status'),
  'POST /api/orders/:id/decision': allowRecent('change-status'),
  'GET /api/reports': allow('read'),
  'POST /api/reports/:id/answer': allow('change-status'),
  'GET /api/seals': allow(...SEAL_RIGHTS),
  'POST /api/seals': allow('own-seals'),
  'GET /api/seals/:id': allow(...SEAL_RIGHTS),
  'POST /api/seals/:id/cancel': allowRecent('own-seals'),
  'POST /api/seals/:id/make': allowRecent('make-seals'),
  'GET /api/seals/:id/record': allow(...SEAL_RIGHTS),
  'POST /api/seals/:id/refuse': allow('make-seals'),
  'POST /api/seals/:id/register': allowRecent('make-seals'),
  'POST /api/seals/:id/resume': allowRecent('own-seals'),
  'POST /api/seals/:id/suspend': allowRecent('own-seals'),
  'POST /api/seals/:id/uses': allow('request-seal'),
  'GET /api/seals/uses/:id': allow(...SEAL_RIGHTS),
  'POST /api/seals/uses/:id/decision': allowRecent('keep-seals'),
  'POST /api/seals/uses/:id/files/:sha256/impression': allowRecent('request-seal'),
  'POST /api/seals/uses/:id/files/:sha256/pdf': allowRecent('request-seal'),
  'POST /api/verifications': allow('ask'),
  'GET /api/verifications/:id': allow('ask'),
  'POST /api/verifications/:id/result': allow('ask'),
  'GET /api/staff/me': STAFF,
  'GET /api/staff/members': allow('read-staff'),
  'POST /api/staff/members': allowRecent('manage-staff'),
  'POST /api/staff/members/:id/end': allowRecent('manage-staff'),
  'POST /api/staff/members/:id/roles': allowRecent('manage-staff'),
  'POST /api/staff/members/:id/sign-out': allow('manage-staff'),
  'GET /api/staff/roles': STAFF,
  'POST /api/staff/roles/:id/end': allowRecent('manage-staff'),
  'GET /api/staff/sessions': STAFF,
  'POST /api/staff/sessions/:id/end': STAFF,
  'POST /api/staff/sign-out': STAFF,
  'GET /api/trust': allow('read-keys'),
  'POST /api/trust/keys': allowRecent('manage-keys'),
  'POST /api/trust/keys/:key/retire': allowRecent('manage-keys'),
  'POST /api/trust/publications': allowRecent('manage-keys'),
  'POST /asking/answers': PUBLIC,
  'POST /asking/closings': PUBLIC,
  'POST /asking/requests': PUBLIC,
  'POST /asking/states': PUBLIC,
  'POST /copies/withdrawals': PUBLIC,
  'POST /enrolment/certificate': PUBLIC,
  'POST /enrolment/nonce': PUBLIC,
  'POST /enrolment/requests': PUBLIC,
  'GET /guides': PUBLIC,
  'GET /guides/:matter': PUBLIC,
  'POST /guides/:matter/plan': PUBLIC,
  'GET /healthz': PUBLIC,
  'GET /log/checkpoint': PUBLIC,
  'GET /log/proofs/:leaf': PUBLIC,
  'GET /log/receipts/:leaf': PUBLIC,
  'GET /log/tile/:path{.+}': PUBLIC,
  'GET /log/vkey': PUBLIC,
  'GET /openapi.json': PUBLIC,
  'GET /openid/authorize': PUBLIC,
  'POST /openid/authorize': CITIZEN,
  'GET /openid/consent.css': PUBLIC,
  'POST /openid/credential': ACCESS_TOKEN,
  'POST /openid/deferred': ACCESS_TOKEN,
  'POST /openid/nonce': PUBLIC,
  'POST /openid/notification': ACCESS_TOKEN,
  'POST /openid/par': PUBLIC,
  'POST /openid/token': PUBLIC,
  'GET /openid4vp/requests/:handle': PUBLIC,
  'POST /openid4vp/requests/:handle': PUBLIC,
  'POST /openid4vp/responses/:handle': PUBLIC,
  'GET /readyz': PUBLIC,
  'POST /reports': PUBLIC,
  'GET /reports/:id': PUBLIC,
  'GET /s/:number': PUBLIC,
  'GET /s/:number/:version': PUBLIC,
  'GET /sign-in/callback': PUBLIC,
  'POST /sign-in/exchange': PUBLIC,
  'GET /sign-in/wallet': PUBLIC,
  'GET /staff/callback': PUBLIC,
  'GET /staff/sign-in': PUBLIC,
  'GET /trust/metadata/:file': PUBLIC,
  'GET /trust/pack': PUBLIC,
  'GET /trust/recognised/:id/:path{.+}': PUBLIC,
  'GET /trust/targets/:path{.+}': PUBLIC,
  'GET /types/:code/:version': PUBLIC,
}

const SECURITY = {
  public: [],
  'access-token': ['accessToken'],
  citizen: ['wallet', 'session'],
  staff: ['staff'],
} as const

/** Routes of the demonstration alone, which answer nobody but this machine: they play all roles and have no sign-in. */
export const DEMO_ROUTE: RegExp = /^(GET|POST) \/(desk\/.*)?$/

/** The rule of a route; undefined where there is none. */
export function ruleOf(method: string, path: string): RouteRule | undefined {
  const route = `${method} ${path}`
  return Object.hasOwn(ROUTE_RIGHTS, route) ? ROUTE_RIGHTS[route] : undefined
}

function allow(...rights: readonly Right[]): RouteRule {
  return { who: 'actor', rights, isRecent: false }
}

function allowRecent(...rights: readonly Right[]): RouteRule {
  return { who: 'actor', rights, isRecent: true }
}

/** What a route's rule is in an OpenAPI document: one of these schemes; none for what is public (OpenAPI 3.1 §4.8.10). */
export function securityOf(rule: RouteRule): Record<string, string[]>[] {
  if (rule.who !== 'actor') return SECURITY[rule.who].map((scheme) => ({ [scheme]: [] }))
  const isAmong = (rights: readonly Right[]): boolean =>
    rule.rights.some((right) => rights.includes(right))
  return [
    ...(Object.values(KEY_ROLE_RIGHTS).some(isAmong) ? [{ apiKey: [] }] : []),
    ...(Object.values(ROLE_RIGHTS).some(isAmong) ? [{ staff: [] }] : []),
  ]
}

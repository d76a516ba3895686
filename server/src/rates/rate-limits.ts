/** Every limit of how often something may be done, in one table: enough to slow guessing and copying out; the lock per offer is in the database (case AU05). */

/** How many times something may be done in a window; windows begin at multiples of their length. */
export interface RateLimit {
  readonly requests: number
  readonly windowSeconds: number
  /** Whose requests are counted: an address (IPv6 by /64), a citizen, or an officer or API key by the name it acts in. */
  readonly of: 'address' | 'citizen' | 'actor'
}

const MINUTE = 60
const HOUR = 3600

/** Names of the limits. */
export type RateName =
  | 'api/actor'
  | 'api/wrong-key'
  | 'asking/answer'
  | 'asking/closing'
  | 'asking/request'
  | 'asking/state'
  | 'authorize/page'
  | 'authorize/push'
  | 'case/ask'
  | 'case/begin'
  | 'citizen/export'
  | 'citizen/offer'
  | 'citizen/other-wallet'
  | 'citizen/request'
  | 'citizen/wrong-session'
  | 'copy/withdraw'
  | 'enrolment/ask'
  | 'enrolment/certificate'
  | 'enrolment/nonce'
  | 'log/proof'
  | 'openid/credential'
  | 'openid/deferred'
  | 'openid/nonce'
  | 'openid/notification'
  | 'openid/token'
  | 'register/export'
  | 'register/search'
  | 'report/send'
  | 'sign-in/begin'
  | 'sign-in/callback'
  | 'sign-in/exchange'
  | 'staff-sign-in/begin'
  | 'staff-sign-in/callback'
  | 'verification/request'
  | 'verification/response'

/** The table. */
export const RATE_LIMITS: Readonly<Record<RateName, RateLimit>> = {
  'api/actor': { requests: 6000, windowSeconds: MINUTE, of: 'actor' },
  // Requests with a key or session that is none: of 256 bits, so that a limit is for the noise.
  'api/wrong-key': { requests: 600, windowSeconds: MINUTE, of: 'address' },
  'asking/answer': { requests: 900, windowSeconds: MINUTE, of: 'address' },
  'asking/closing': { requests: 120, windowSeconds: MINUTE, of: 'address' },
  'asking/request': { requests: 120, windowSeconds: MINUTE, of: 'address' },
  'asking/state': { requests: 3600, windowSeconds: MINUTE, of: 'address' },
  'authorize/page': { requests: 120, windowSeconds: MINUTE, of: 'address' },
  'authorize/push': { requests: 120, windowSeconds: MINUTE, of: 'address' },
  // Each one is an entry of the log for ever.
  'case/ask': { requests: 60, windowSeconds: HOUR, of: 'citizen' },
  'case/begin': { requests: 20, windowSeconds: HOUR, of: 'citizen' },
  // Each one reads all that there is.
  'citizen/export': { requests: 10, windowSeconds: HOUR, of: 'citizen' },
  // Each offer reserves indices in a status list.
  'citizen/offer': { requests: 60, windowSeconds: HOUR, of: 'citizen' },
  'citizen/other-wallet': { requests: 60, windowSeconds: HOUR, of: 'citizen' },
  'citizen/request': { requests: 120, windowSeconds: MINUTE, of: 'citizen' },
  'citizen/wrong-session': { requests: 600, windowSeconds: MINUTE, of: 'address' },
  'copy/withdraw': { requests: 60, windowSeconds: MINUTE, of: 'address' },
  'enrolment/ask': { requests: 12, windowSeconds: MINUTE, of: 'address' },
  'enrolment/certificate': { requests: 600, windowSeconds: MINUTE, of: 'address' },
  'enrolment/nonce': { requests: 600, windowSeconds: MINUTE, of: 'address' },
  'log/proof': { requests: 600, windowSeconds: MINUTE, of: 'address' },
  'openid/credential': { requests: 240, windowSeconds: MINUTE, of: 'address' },
  'openid/deferred': { requests: 240, windowSeconds: MINUTE, of: 'address' },
  'openid/nonce': { requests: 240, windowSeconds: MINUTE, of: 'address' },
  'openid/notification': { requests: 240, windowSeconds: MINUTE, of: 'address' },
  'openid/token': { requests: 60, windowSeconds: MINUTE, of: 'address' },
  'register/export': { requests: 60, windowSeconds: HOUR, of: 'actor' },
  'register/search': { requests: 240, windowSeconds: MINUTE, of: 'actor' },
  'report/send': { requests: 20, windowSeconds: HOUR, of: 'address' },
  'sign-in/begin': { requests: 60, windowSeconds: MINUTE, of: 'address' },
  'sign-in/callback': { requests: 60, windowSeconds: MINUTE, of: 'address' },
  'sign-in/exchange': { requests: 60, windowSeconds: MINUTE, of: 'address' },
  // An office stands behind one address.
  'staff-sign-in/begin': { requests: 300, windowSeconds: MINUTE, of: 'address' },
  'staff-sign-in/callback': { requests: 300, windowSeconds: MINUTE, of: 'address' },
  'verification/request': { requests: 240, windowSeconds: MINUTE, of: 'address' },
  'verification/response': { requests: 120, windowSeconds: MINUTE, of: 'address' },
}

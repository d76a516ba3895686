/** Our codes as the OAuth-form errors of OpenID4VCI 1.0 §6.3 and §8.3.1.2; any other fault is a bad request. */
import type { ErrorCode } from '@onetrip/codec'

/** Error name and HTTP status as the standard has them. */
export interface OpenIdError {
  readonly error: string
  readonly status: 400 | 401 | 403 | 413 | 415 | 429 | 500 | 503
}

const CREDENTIAL_PATHS: readonly string[] = ['/openid/credential', '/openid/deferred']
/** Where access tokens are shown; the other endpoints are the authorization server's. */
const RESOURCE_PATHS: readonly string[] = [...CREDENTIAL_PATHS, '/openid/notification']

const ERRORS: Partial<Record<ErrorCode, OpenIdError>> = {
  'http/body-too-large': { error: 'invalid_request', status: 413 },
  'http/internal': { error: 'server_error', status: 500 },
  'http/media-type': { error: 'invalid_request', status: 415 },
  'http/origin': { error: 'access_denied', status: 403 },
  'http/rate-limited': { error: 'slow_down', status: 429 },
  'key/unavailable': { error: 'temporarily_unavailable', status: 503 },
  'licence/revoked': { error: 'credential_request_denied', status: 400 },
  'offer/expired': { error: 'invalid_grant', status: 400 },
  'offer/locked': { error: 'invalid_grant', status: 400 },
  'offer/unknown': { error: 'invalid_grant', status: 400 },
  'offer/used': { error: 'invalid_grant', status: 400 },
  'offer/withdrawn': { error: 'invalid_grant', status: 400 },
  'offer/wrong-code': { error: 'invalid_grant', status: 400 },
  'openid/access-token': { error: 'invalid_token', status: 401 },
  'openid/authorization': { error: 'invalid_request', status: 400 },
  'openid/client': { error: 'invalid_client', status: 401 },
  'openid/code': { error: 'invalid_grant', status: 400 },
  'openid/configuration': { error: 'unknown_credential_configuration', status: 400 },
  'openid/credential-request': { error: 'invalid_credential_request', status: 400 },
  'openid/denied': { error: 'credential_request_denied', status: 400 },
  'openid/dpop': { error: 'invalid_dpop_proof', status: 400 },
  'openid/dpop-nonce': { error: 'use_dpop_nonce', status: 400 },
  'openid/encryption': { error: 'invalid_encryption_parameters', status: 400 },
  'openid/grant-type': { error: 'unsupported_grant_type', status: 400 },
  'openid/nonce': { error: 'invalid_nonce', status: 400 },
  'openid/notification': { error: 'invalid_notification_request', status: 400 },
  'openid/notification-id': { error: 'invalid_notification_id', status: 400 },
  'openid/proof': { error: 'invalid_proof', status: 400 },
  'openid/scope': { error: 'invalid_scope', status: 400 },
  'openid/token-request': { error: 'invalid_request', status: 400 },
  'openid/transaction': { error: 'invalid_transaction_id', status: 400 },
  // Of the agency's seal: a suspension is lifted, an expired one has a successor.
  'seal/expired': { error: 'temporarily_unavailable', status: 503 },
  'seal/state': { error: 'temporarily_unavailable', status: 503 },
  'storage/unavailable': { error: 'temporarily_unavailable', status: 503 },
}

/** The standard's error for a code, at the endpoint with this path. */
export function openIdError(code: ErrorCode, path: string): OpenIdError {
  const malformed = CREDENTIAL_PATHS.includes(path)
    ? 'invalid_credential_request'
    : 'invalid_request'
  const { error, status } = ERRORS[code] ?? { error: malformed, status: 400 }
  // RFC 9449 §7.1: where an access token is shown, a fault of its proof is a fault of authentication.
  const isOfProof = code === 'openid/dpop' || code === 'openid/dpop-nonce'
  return isOfProof && RESOURCE_PATHS.includes(path) ? { error, status: 401 } : { error, status }
}

/**
 * What a build of the wallet is tied to: the API it receives from, the key that signs the trust
 * list, its own origin (DESIGN §4: compiled in, never fetched and trusted silently).
 */
import { fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'

/** The settings compiled into this wallet. */
export interface WalletConfig {
  /** Origin of the API: credential issuer and trust data, without a slash at its end. */
  readonly apiOrigin: string
  /** Origin of this wallet: only links to it are opened as offers. */
  readonly walletOrigin: string
  /** Name of the environment the trust list must name. */
  readonly environment: string
  /** Public JWK of the key that signs the trust list. */
  readonly rootJwk: JsonObject
}

/** Texts a build passes by Vite's `VITE_ONETRIP_*`; absent ones are refused. */
export interface BuildVariables {
  readonly apiOrigin?: string | undefined
  readonly walletOrigin?: string | undefined
  readonly environment?: string | undefined
  readonly rootJwk?: string | undefined
}

/**
 * Checks the variables of a build. A missing or malformed one is a `TypeError`: the build is at
 * fault, not the input.
 */
export function readConfig(variables: BuildVariables): WalletConfig {
  return {
    apiOrigin: origin(variables.apiOrigin, 'VITE_ONETRIP_API_ORIGIN'),
    walletOrigin: origin(variables.walletOrigin, 'VITE_ONETRIP_WALLET_ORIGIN'),
    environment: present(variables.environment, 'VITE_ONETRIP_ENVIRONMENT'),
    rootJwk: jwk(present(variables.rootJwk, 'VITE_ONETRIP_ROOT_JWK')),
  }
}

/**
 * Refuses an address that is neither https nor http on this machine (`localhost`, `127.0.0.1`,
 * `[::1]`): `offer/issuer-not-allowed`.
 */
export function assertSecureAddress(address: string): URL {
  if (!URL.canParse(address)) {
    throw fault('offer/issuer-not-allowed')
  }
  const url = new URL(address)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && local)
  if (!secure || url.username !== '' || url.password !== '') {
    throw fault('offer/issuer-not-allowed')
  }
  return url
}

function origin(value: string | undefined, name: string): string {
  const text = present(value, name)
  if (!URL.canParse(text) || new URL(text).origin !== text) {
    throw new TypeError(`${name} is not an origin`)
  }
  return text
}

function jwk(text: string): JsonObject {
  const value = parseJson(text)
  if (!isObject(value)) {
    throw new TypeError('VITE_ONETRIP_ROOT_JWK is not a JSON object')
  }
  return value
}

function present(value: string | undefined, name: string): string {
  if (value === undefined || value === '') {
    throw new TypeError(`${name} is not set`)
  }
  return value
}

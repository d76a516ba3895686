/**
 * Reads the link to a request of OpenID4VP 1.0 (§5, §5.10) from what a citizen scans, pastes or opens. A PWA cannot be registered
 * for `openid4vp:`, so a link of ours goes to the wallet's own address; others are scanned or pasted. Only requests by
 * reference are taken, and reading one speaks to nobody (T14).
 */
import { fault } from '@onetrip/codec'
import { parseClientId } from '@onetrip/credential'
import { VP_SCHEMES } from './openid4vp-link-text.ts'

/** Longest text taken for a link, in UTF-16 units. */
const MAX_LINK_CHARS = 8192

const PARAMETERS = ['client_id', 'request_uri', 'request_uri_method']
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]']

/** Where a request can be fetched, once the person agrees to speak to that place. */
export interface VpLink {
  /** With its prefix, as the link has it. */
  readonly clientId: string
  readonly requestUri: string
  /** Of {@link requestUri}: what the person is shown. */
  readonly origin: string
  readonly method: 'get' | 'post'
}

/**
 * Reads a link. `origins` are those that this wallet speaks to. Throws `request/link` (another address, a request by value, a
 * parameter twice), `request/client`, `request/origin` (an origin that is not configured, or neither https nor this machine).
 */
export function parseVpLink(
  text: string,
  known: { readonly walletOrigin: string; readonly origins: readonly string[] },
): VpLink {
  const parameters = parametersIn(text.trim(), known.walletOrigin)
  const clientId = parameters.get('client_id') ?? ''
  const method = parameters.get('request_uri_method') ?? 'get'
  if (method !== 'get' && method !== 'post') throw fault('request/link')
  parseClientId(clientId)
  const requestUri = parameters.get('request_uri') ?? ''
  return { clientId, requestUri, origin: knownOrigin(requestUri, known.origins), method }
}

/** The origin of an address that this wallet may speak to; compared as text. Throws `request/origin`. */
export function knownOrigin(address: string, origins: readonly string[]): string {
  if (!URL.canParse(address)) throw fault('request/origin')
  const { origin, protocol, hostname, username, password } = new URL(address)
  const isSecure =
    protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname))
  const isPlain = username === '' && password === '' && address.startsWith(`${origin}/`)
  if (!isSecure || !isPlain || !origins.includes(origin)) throw fault('request/origin')
  return origin
}

function parametersIn(text: string, walletOrigin: string): ReadonlyMap<string, string> {
  if (text.length > MAX_LINK_CHARS || !URL.canParse(text)) throw fault('request/link')
  const url = new URL(text)
  const isScheme = VP_SCHEMES.some((scheme) => url.protocol === scheme)
  // Compared as text: `http://localhost:8788.example.org` or user names never become our origin.
  const isOurs = url.origin === walletOrigin && text.startsWith(`${walletOrigin}/`)
  if (!isScheme && !isOurs) throw fault('request/link')
  const parameters = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(isScheme ? url.search : url.hash.slice(1))) {
    // What is asked stands in the signed request alone (§5.10): nothing of the link but where to fetch it counts.
    if (!PARAMETERS.includes(name) || parameters.has(name)) throw fault('request/link')
    parameters.set(name, value)
  }
  return parameters
}

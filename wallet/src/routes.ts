/** The wallet's places, as the part of the address after `#`; none of them reaches a server. */

/** A place in the wallet. */
export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'add' }
  | { readonly screen: 'offer' }
  /** An office's request, and the answer to it. */
  | { readonly screen: 'request' }
  /** A request over the network. */
  | { readonly screen: 'online' }
  /** Takes an office's receipt. */
  | { readonly screen: 'receipt' }
  /** Lets somebody answer with a licence. */
  | { readonly screen: 'delegate' }
  /** The code of the holder's own key, for whoever lets them answer. */
  | { readonly screen: 'delegate-code' }
  /** Keeps what somebody let the holder answer with. */
  | { readonly screen: 'entrusted' }
  | { readonly screen: 'history' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'lock' }
  /** Shows the licence used most: what the icon's shortcut opens. */
  | { readonly screen: 'quick' }
  | { readonly screen: 'help' }
  | { readonly screen: 'install' }
  | { readonly screen: 'backup' }
  | { readonly screen: 'restore' }
  | { readonly screen: 'lost-phone' }
  /** The holder's licences at the agency, behind a sign-in. */
  | { readonly screen: 'agency' }
  /** What was agreed to at a kiosk, as a code for its camera. */
  | { readonly screen: 'kiosk-code' }
  /** One's own cases, and what can be applied for. */
  | { readonly screen: 'cases' }
  /** Checks a file that somebody sealed. */
  | { readonly screen: 'document' }
  /** A matter before it is begun, by its code. */
  | { readonly screen: 'apply'; readonly id: string }
  | { readonly screen: 'case'; readonly id: string }
  | { readonly screen: 'details'; readonly id: string }
  | { readonly screen: 'show'; readonly id: string }
  | { readonly screen: 'copy'; readonly id: string }
  | { readonly screen: 'sheet'; readonly id: string; readonly copyId: string }

const PLAIN = [
  'cases',
  'kiosk-code',
  'agency',
  'add',
  'offer',
  'request',
  'online',
  'receipt',
  'delegate',
  'delegate-code',
  'entrusted',
  'history',
  'settings',
  'lock',
  'quick',
  'help',
  'install',
  'backup',
  'restore',
  'lost-phone',
  'document',
] as const
/** Places of one thing. */
const NAMED = ['apply', 'case', 'details', 'show', 'copy'] as const
const ID = /^[0-9a-zA-Z-]{1,64}$/

/** The one address that stands without `#`, so that it can be told to somebody. */
const HELP_PATH = '/help'

/** Reads a place from an address; anything unknown is home. */
export function parseAddress(address: { readonly pathname: string; readonly hash: string }): Route {
  const isHelp = address.hash === '' && address.pathname === HELP_PATH
  return isHelp ? { screen: 'help' } : parseRoute(address.hash)
}

/** Reads a place from `location.hash`; anything unknown is home. */
export function parseRoute(hash: string): Route {
  const [, screen = '', id = '', copyId = ''] = hash.split('/')
  const plain = PLAIN.find((known) => known === screen)
  if (plain !== undefined) {
    return { screen: plain }
  }
  if (!ID.test(id)) {
    return { screen: 'home' }
  }
  if (screen === 'sheet' && ID.test(copyId)) {
    return { screen, id, copyId }
  }
  const named = NAMED.find((known) => known === screen)
  if (named !== undefined) {
    return { screen: named, id }
  }
  return { screen: 'home' }
}

/** The link to a place. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '#/'
    case 'sheet':
      return `#/sheet/${route.id}/${route.copyId}`
    case 'apply':
    case 'case':
    case 'details':
    case 'show':
    case 'copy':
      return `#/${route.screen}/${route.id}`
    default:
      return `#/${route.screen}`
  }
}

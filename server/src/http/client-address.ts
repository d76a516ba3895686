/** Whom a request counts for: an IPv4 address, or the /64 of an IPv6 address, which is one subscriber's. */
import { isIPv4, isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

const GROUPS = 8
const NETWORK_GROUPS = 4
const MAX_NAME_CHARACTERS = 64

/** The client of a request; behind a trusted proxy, the one that proxy saw: the last of its list (RFC 7239 §5.2). */
export function clientOf(context: Context, trustedProxies: readonly string[]): string {
  const address = addressOf(context)
  if (!isFromProxy(context, trustedProxies)) return clientName(address)
  return clientName(context.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? address)
}

/** Whether a trusted proxy sent the request on; what it says about it is then believed. */
export function isFromProxy(context: Context, trustedProxies: readonly string[]): boolean {
  return trustedProxies.includes(withoutMapping(addressOf(context)))
}

/** Whether a request was made on this machine itself. */
export function isFromThisMachine(context: Context): boolean {
  const address = withoutMapping(addressOf(context))
  return address === '' || address === '::1' || (isIPv4(address) && address.startsWith('127.'))
}

/** An address as it is counted: IPv4 as it is, mapped into IPv6 too; IPv6 by its first 64 bits. */
export function clientName(address: string): string {
  const plain = withoutMapping(address)
  if (isIPv4(plain) || !isIPv6(plain)) return plain.slice(0, MAX_NAME_CHARACTERS)
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const zeros = Array<string>(Math.max(0, GROUPS - first.length - last.length)).fill('0')
  const groups = [...first, ...zeros, ...last].slice(0, NETWORK_GROUPS)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** Without a socket (requests made in the process itself) there is one client. */
function addressOf(context: Context): string {
  const hasSocket =
    typeof context.env === 'object' && context.env !== null && 'incoming' in context.env
  return hasSocket ? (getConnInfo(context).remote.address ?? '') : ''
}

function groupsOf(text: string): readonly string[] {
  // An IPv4 tail takes the place of two groups, never among the first four.
  return text === ''
    ? []
    : text.split(':').flatMap((group) => (isIPv4(group) ? ['0', '0'] : [group]))
}

function withoutMapping(address: string): string {
  const tail = address.replace(/^::ffff:/i, '')
  return isIPv4(tail) ? tail : address
}

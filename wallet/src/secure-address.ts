/** Which addresses the wallet speaks to: https, and http on this machine for the demonstration. */
import { fault } from '@onetrip/codec'

const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]']

/**
 * Reads an absolute address; `offer/issuer-not-allowed` when it is neither https nor http on this
 * machine, or carries a user name.
 */
export function parseSecureAddress(address: string): URL {
  if (!URL.canParse(address)) {
    throw fault('offer/issuer-not-allowed')
  }
  const url = new URL(address)
  const local = THIS_MACHINE.includes(url.hostname)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && local)
  if (!secure || url.username !== '' || url.password !== '') {
    throw fault('offer/issuer-not-allowed')
  }
  return url
}

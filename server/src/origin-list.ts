/** Origins as a configuration names them. They become part of policies (CSP3 §2.3.1), so nothing in them may mean more than a host. */
import * as v from 'valibot'

/** A list of more would be a policy that says little. */
const MAX_ORIGINS = 32
/** URL parsers let `*`, `;` and `'` stand in a host; a policy would read them as its own. */
const HOST = /^[a-z0-9.-]+$/
const THIS_MACHINE = ['localhost', '127.0.0.1']

/** Origins separated by commas: https, or http on this machine; none in an empty text. */
export const ORIGIN_LIST: v.GenericSchema<string, readonly string[]> = v.pipe(
  v.string(),
  v.transform((list) => (list.trim() === '' ? [] : list.split(',').map((text) => text.trim()))),
  v.check(
    (origins) => origins.length <= MAX_ORIGINS && origins.every(isReachable),
    'must be https origins (or http at localhost), separated by commas',
  ),
)

/** Whether a text is an origin as browsers write it, of a named host. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && HOST.test(new URL(text).hostname)
}

function isReachable(text: string): boolean {
  if (!isOrigin(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname))
}

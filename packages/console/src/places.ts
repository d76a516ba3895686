/** Where in the console we are, as `#/register/ID` in the address, and whose right opens a place. */

import { type ReadonlySignal, signal } from '@preact/signals'

/** The places, in the order of the rail. */
export const PLACES = [
  'cases',
  'register',
  'orders',
  'batches',
  'seals',
  'feedback',
  'board',
  'staff',
  'log',
  'trust',
  'account',
] as const

/** One of {@link PLACES}. */
export type PlaceName = (typeof PLACES)[number]

/** Any of these rights opens the place; the server decides what it answers there. */
const OPENED_BY: Readonly<Record<PlaceName, readonly string[]>> = {
  cases: ['read-cases'],
  register: ['read'],
  orders: ['change-status'],
  batches: ['request-batches', 'approve-batches'],
  seals: ['keep-seals', 'request-seal', 'own-seals', 'make-seals'],
  feedback: ['read-cases', 'read'],
  board: ['read-cases'],
  staff: ['read-staff'],
  log: ['read-log', 'audit'],
  trust: ['read-keys'],
  // Everybody's, and not among the places of the rail.
  account: [],
}

/** A place, and what of it is looked at; without a name, whichever is the first that is open. */
export interface Whereabouts {
  readonly name: PlaceName | undefined
  readonly subject?: string
}

const current = signal<Whereabouts>({ name: undefined })

/** Where we are. */
export const whereabouts: ReadonlySignal<Whereabouts> = current

/** The places that somebody with these rights sees. */
export function openPlaces(rights: readonly string[]): readonly PlaceName[] {
  return PLACES.filter((name) => OPENED_BY[name].some((right) => rights.includes(right)))
}

/** Address of a place. */
export function placeAddress(name: PlaceName, subject?: string): string {
  return subject === undefined ? `#/${name}` : `#/${name}/${encodeURIComponent(subject)}`
}

/** The place that a fragment names. */
export function parseAddress(hash: string): Whereabouts {
  const [named, subject] = hash.replace(/^#\//, '').split('/')
  const name = PLACES.find((known) => known === named)
  if (name === undefined || subject === undefined || subject === '') return { name }
  return { name, subject: decoded(subject) }
}

/** Follows the address from here on. */
export function followAddress(): void {
  const follow = (): void => {
    current.value = parseAddress(location.hash)
  }
  window.addEventListener('hashchange', follow)
  follow()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

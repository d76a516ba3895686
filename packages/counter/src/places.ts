/** Where in the counter we are, as `#/recent` in the address; a verdict is a place of its own. */

import { type ReadonlySignal, signal } from '@preact/signals'

/** The places of the counter. */
export const PLACES = [
  'ready',
  'verdict',
  'ask',
  'document',
  'recent',
  'settings',
  'note',
  'help',
] as const

/** One of {@link PLACES}. */
export type PlaceName = (typeof PLACES)[number]

/** A place, and what of it is looked at: `note` names a record of the recent list. */
export interface Whereabouts {
  readonly name: PlaceName
  readonly subject?: string
}

const READY: Whereabouts = { name: 'ready' }
/** The one address that stands without `#`, so that it can be told to somebody. */
const HELP_PATH = '/help'

const current = signal<Whereabouts>(READY)
const name = signal<PlaceName>('ready')

/** The place we are at. */
export const place: ReadonlySignal<PlaceName> = name

/** The place we are at, with its subject. */
export const whereabouts: ReadonlySignal<Whereabouts> = current

/** Address of a place. */
export function placeAddress(name: PlaceName, subject?: string): string {
  if (name === 'ready') return '#/'
  return subject === undefined ? `#/${name}` : `#/${name}/${encodeURIComponent(subject)}`
}

/** The place an address names; an unknown one is `ready`. */
export function parseAddress(path: string, hash: string): Whereabouts {
  if (hash === '') return path === HELP_PATH ? { name: 'help' } : READY
  const [named, subject] = hash.replace(/^#\//, '').split('/')
  const found = PLACES.find((known) => known === named)
  if (found === undefined) return READY
  if (found !== 'note') return { name: found }
  return subject === undefined ? { name: 'recent' } : { name: found, subject }
}

/** Goes to a place, adding it to the browser's history. */
export function goTo(name: PlaceName): void {
  if (current.value.name === name) return
  set({ name })
  location.hash = placeAddress(name)
}

/** Follows the address from here on; a place that `allows` refuses leads to `ready`. */
export function followAddress(allows: (name: PlaceName) => boolean): void {
  const follow = () => {
    const found = parseAddress(location.pathname, location.hash)
    set(allows(found.name) ? found : READY)
  }
  window.addEventListener('hashchange', follow)
  follow()
}

function set(next: Whereabouts): void {
  current.value = next
  name.value = next.name
}

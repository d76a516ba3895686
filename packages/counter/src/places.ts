/** Where in the counter we are, as `#/recent` in the address; a verdict is a place of its own. */

import { type ReadonlySignal, signal } from '@preact/signals'

/** The places of the counter. */
export const PLACES = ['ready', 'verdict', 'recent', 'settings'] as const

/** One of {@link PLACES}. */
export type PlaceName = (typeof PLACES)[number]

const current = signal<PlaceName>('ready')

/** The place we are at. */
export const place: ReadonlySignal<PlaceName> = current

/** Address of a place. */
export function placeAddress(name: PlaceName): string {
  return name === 'ready' ? '#/' : `#/${name}`
}

/** Goes to a place, adding it to the browser's history. */
export function goTo(name: PlaceName): void {
  if (current.value === name) return
  current.value = name
  location.hash = placeAddress(name)
}

/** Follows the address from here on; a verdict that is no longer there leads to `ready`. */
export function followAddress(hasVerdict: () => boolean): void {
  const follow = () => {
    const named = PLACES.find((name) => placeAddress(name) === location.hash) ?? 'ready'
    current.value = named === 'verdict' && !hasVerdict() ? 'ready' : named
  }
  window.addEventListener('hashchange', follow)
  follow()
}

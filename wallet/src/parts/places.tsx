/** The wallet's four places, always labelled. */
import type { VNode } from 'preact'
import { hrefOf } from '../routes.ts'
import { w } from '../words.ts'

const PLACES = ['home', 'add', 'history', 'settings'] as const

/** One of the four places. */
export type PlaceName = (typeof PLACES)[number]

/** Properties of {@link Places}. */
export interface PlacesProps {
  readonly here: PlaceName | 'elsewhere'
}

/** Links to the places. */
export function Places({ here }: PlacesProps): VNode {
  return (
    <>
      {PLACES.map((place) => (
        <a
          key={place}
          class="place"
          href={hrefOf({ screen: place })}
          aria-current={place === here ? 'page' : undefined}
          data-testid={`place-${place}`}
        >
          {w(`place.${place}`)}
        </a>
      ))}
    </>
  )
}

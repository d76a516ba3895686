/** Places in a status list as somebody typed or pasted them. */

const PLACE = /^[1-9]\d{0,8}$/

/** What was typed: places that there can be, each once, and the rest. */
export interface TypedPlaces {
  readonly places: readonly number[]
  readonly unreadable: readonly string[]
}

/** Reads them; 0 is given to no credential. */
export function readPlaces(text: string): TypedPlaces {
  const words = new Set(text.split(/[\s,;，；、]+/))
  words.delete('')
  const [places, unreadable]: [number[], string[]] = [[], []]
  for (const word of words) {
    if (PLACE.test(word)) places.push(Number(word))
    else unreadable.push(word)
  }
  return { places, unreadable }
}

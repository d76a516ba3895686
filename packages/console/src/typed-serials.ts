/** Numbers of licences as somebody typed or pasted them: a column of a spreadsheet, a line with commas. */

const SERIAL = /^[0-9A-Z]{1,32}$/

/** What was typed: numbers that there can be, each once, and the rest. */
export interface TypedSerials {
  readonly serials: readonly string[]
  readonly unreadable: readonly string[]
}

/** Reads them; letters may be small. */
export function readSerials(text: string): TypedSerials {
  const words = new Set(text.toUpperCase().split(/[\s,;，；、]+/))
  words.delete('')
  const [serials, unreadable]: [string[], string[]] = [[], []]
  for (const word of words) (SERIAL.test(word) ? serials : unreadable).push(word)
  return { serials, unreadable }
}

/**
 * The count of tries where IndexedDB has no room: localStorage has its own. Without it a reload would begin the count anew
 * on a full disk.
 */
import { parseTries } from './stored-shape.ts'
import { NO_TRIES, type Tries } from './tries.ts'

const KEY = 'onetrip.wallet.tries.1'

/** The count that was kept here; none where there is none. */
export function triesOutside(): Tries {
  try {
    const text = localStorage.getItem(KEY)
    return text === null ? NO_TRIES : (parseTries(JSON.parse(text)) ?? NO_TRIES)
  } catch {
    return NO_TRIES
  }
}

/** Keeps a count, or forgets it; false where this storage is refused too. */
export function keepTriesOutside(tries: Tries | undefined): boolean {
  try {
    if (tries === undefined) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(tries))
    return true
  } catch {
    return false
  }
}

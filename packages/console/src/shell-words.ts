/** Commands that a page makes up for whoever runs the server: what it puts in is one word of a shell, whatever it holds. */

/** What needs no quotes in any shell (POSIX.1-2017, Shell §2.2). */
const PLAIN = /^[\p{L}\p{N}_./:@=+-]+$/u

/** The words as one line for a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

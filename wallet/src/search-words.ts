/** Searching in what the wallet holds: every word must occur, in either language, whatever the case. */

/** Makes the test of one search; an empty search finds everything. */
export function wordsOf(search: string): (texts: readonly string[]) => boolean {
  const words = folded(search)
    .split(/\s+/)
    .filter((word) => word !== '')
  return (texts) => {
    const text = folded(texts.join('\n'))
    return words.every((word) => text.includes(word))
  }
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

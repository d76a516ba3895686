/**
 * Whether what a licence states stands in the text of a page. Programs that read text from a PDF put white space where
 * they like and take characters of one shape for each other, so white space is left out and both sides are compared by
 * their compatibility decomposition (Unicode NFKC).
 */
import type { ShownFact } from './shown-facts.ts'

/** No text of a person has as many marks on one letter; their order takes the square of their number. */
const MANY_MARKS = /(\p{M}{30})\p{M}+/gu
/** Two characters of one number. */
const GOES_ON = /^[0-9A-Za-z]{2}$/
const SPACE = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/gu

/**
 * The names of those facts whose Chinese text does not stand in the page's text, none when all stand. Where the fact's
 * label stands, its text has to follow at least one of them, with or without a colon: else 男 would be found in any name
 * of a street. A page without the label may have the text anywhere. A number has to end where the fact's does: one that goes
 * on in digits or Latin letters is another. What goes on in other characters is not found.
 */
export function factsMissingInText(
  pageText: string,
  facts: readonly ShownFact[],
): readonly string[] {
  const page = comparable(pageText)
  return facts.filter((fact) => !stands(page, fact)).map(({ name }) => name)
}

function stands(page: string, { label, text }: ShownFact): boolean {
  const due = (before: string): boolean => endsWhole(page, comparable(`${before}${text['zh-CN']}`))
  const term = label['zh-CN']
  if (!page.includes(comparable(term))) return due('')
  return due(term) || due(`${term}:`)
}

/** Whether a text stands in the page, at least once without another digit or Latin letter after one of its own. */
function endsWhole(page: string, due: string): boolean {
  for (let at = page.indexOf(due); at >= 0; at = page.indexOf(due, at + 1)) {
    const end = at + due.length
    if (!GOES_ON.test(page.slice(end - 1, end + 1))) return true
  }
  return false
}

/** Without white space before and after: a normal form may join what it parted, and bring some of its own. */
function comparable(text: string): string {
  return text.replace(SPACE, '').replace(MANY_MARKS, '$1').normalize('NFKC').replace(SPACE, '')
}

/**
 * Breaks Chinese text into lines (Requirements for Chinese Text Layout §3.1.3): between any two characters, but no line
 * begins with a closing mark or ends with an opening one, and numbers (with the unit behind them), days and Latin words stay whole while a line has room.
 */

const WORDS = /(?:[\u0021-\u007e\u00a1-\u024f]+[年月日号元]?)+|\s+|./gu
const NOT_FIRST = /^[、，。．：；？！）］｝〉》」』】〕〗’”·…—～％‰℃°々]/u
const NOT_LAST = /[（［｛〈《「『【〔〖‘“￥＄]$/u

/** Lines no wider than `width`; white space where a line ends is left out. One that is too wide for a line alone is cut. */
export function wrapText(
  text: string,
  width: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const part of partsOf(text, width, widthOf)) {
    if (line !== '' && widthOf(`${line}${part}`.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = part.trimStart()
    } else line += part
  }
  return [...lines, line.trimEnd()].filter((one) => one !== '')
}

/** What is not broken, unless it is wider than a line. */
function partsOf(
  text: string,
  width: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const parts: string[] = []
  for (const word of text.match(WORDS) ?? []) {
    const before = parts.at(-1)
    const sticks = before !== undefined && (NOT_FIRST.test(word) || NOT_LAST.test(before))
    if (sticks) parts[parts.length - 1] = `${before}${word}`
    else parts.push(word)
  }
  return parts.flatMap((part) => (widthOf(part) > width ? Array.from(part) : [part]))
}

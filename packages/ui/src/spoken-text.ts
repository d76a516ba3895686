/** What stands on the screen as sentences to be read aloud: nothing is said that is not shown. */

/** Left out: controls, and what readers leave out too. */
const SILENT = 'button, a, select, input, label, details, summary, [aria-hidden="true"]'
/** Each is a sentence of its own. */
const BLOCKS: ReadonlySet<string> = new Set(['DT', 'DD', 'P', 'H1', 'H2', 'H3', 'LI', 'LEGEND'])

/** The sentences of a part of the page, in the order in which they are seen. */
export function spokenText(part: Element): readonly string[] {
  const sentences: string[] = []
  let open = ''
  const close = (): void => {
    const text = open.replaceAll(/\s+/g, ' ').trim()
    if (text !== '') sentences.push(text)
    open = ''
  }
  const read = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) {
      open += node.textContent ?? ''
      return
    }
    if (!(node instanceof Element) || node.matches(SILENT)) return
    if (node.getAttribute('role') === 'img') {
      open += ` ${node.getAttribute('aria-label') ?? ''} `
      return
    }
    const isBlock = BLOCKS.has(node.tagName)
    if (isBlock) close()
    // A number said as one is no use: its figures are.
    if (node.classList.contains('grouped')) open += Array.from(node.textContent ?? '').join(' ')
    else for (const child of node.childNodes) read(child)
    if (isBlock) close()
  }
  read(part)
  close()
  return sentences
}

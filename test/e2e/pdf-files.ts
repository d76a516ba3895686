/** PDF files for the tests: printed by Chromium with codes on their pages, or written by hand with a fault. */
import type { Page } from 'playwright-core'
import QRCode from 'qrcode'

/** Prints a PDF (A4) from a page of nobody's, one page per text: its code at 50 mm among words; `undefined` has words only. */
export async function printPdf(
  page: Page,
  texts: readonly (string | undefined)[],
): Promise<Buffer> {
  const sheets = await Promise.all(
    texts.map(async (text, index) => {
      const code =
        text === undefined
          ? ''
          : await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'L' })
      return `<section><h1>材料 ${index + 1}</h1><div>${code}</div><p>虚构市样例材料。</p></section>`
    }),
  )
  await page.setContent(
    `<style>section { break-after: page } svg { width: 50mm; height: 50mm }</style>${sheets.join('')}`,
  )
  return await page.pdf({ format: 'A4' })
}

/** A PDF of empty pages; with `locked`, one that asks for a password (ISO 32000-2 §7.6.4, revision 2). */
export function writePdf({ pages, locked }: { pages: number; locked?: boolean }): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`)
  const secret = 'a5'.repeat(32)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids.join(' ')}] >>`,
    ...kids.map(() => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 60 60] >>'),
    ...(locked ? [`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${secret}> /U <${secret}> >>`] : []),
  ]
  let text = '%PDF-1.7\n'
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return String(at).padStart(10, '0')
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  text += offsets.map((at) => `${at} 00000 n \n`).join('')
  const encrypt = locked ? ` /Encrypt ${objects.length} 0 R /ID [<00> <00>]` : ''
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${encrypt} >>\n`
  return Buffer.from(`${text}startxref\n${start}\n%%EOF\n`, 'latin1')
}

/** Writes the contact sheet: one page with every picture under its screen's name, what changed marked. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Difference } from './compare-pictures.ts'
import type { Picture, Taken } from './take-pictures.ts'

const STYLE = `
body { margin: 24px; font: 14px/1.4 system-ui, sans-serif; color: #17202a; background: #e9e7e2 }
h2 { margin: 32px 0 8px; font-size: 16px }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start }
figure { margin: 0; padding: 6px; background: #fff }
figure.changed { outline: 4px solid #a3170f }
img { display: block; width: 210px; height: auto; border: 1px solid #d9dde2 }
img.desk { width: 430px }
`

/** Writes `index.html` into the folder of the pictures. */
export function writeContactSheet(options: {
  readonly folder: string
  readonly taken: Taken
  readonly differences?: readonly Difference[]
}): string {
  const { folder, taken, differences = [] } = options
  const shares = new Map(differences.map(({ file, share }) => [file, share]))
  const groups = Map.groupBy(taken.pictures, ({ screen }) => screen)
  const sections = [...groups].map(
    ([screen, pictures]) =>
      `<h2 id="${screen}">${screen}</h2>\n<div class="row">${pictures
        .map((picture) => figure(picture, shares.get(picture.file)))
        .join('')}</div>`,
  )
  const missing = taken.failures.map((failure) => `<li>${escaped(failure)}</li>`).join('')
  const changed = differences
    .map(({ file, share }) => `<li><a href="${file}">${file}</a> ${percent(share)}</li>`)
    .join('')
  const path = join(folder, 'index.html')
  writeFileSync(
    path,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens</title><style>${STYLE}</style>
<h1>${groups.size} screens, ${taken.pictures.length} pictures</h1>
${missing === '' ? '' : `<h2>Not reached</h2><ul>${missing}</ul>`}
${changed === '' ? '' : `<h2>Changed</h2><ul>${changed}</ul>`}
${sections.join('\n')}
</html>
`,
  )
  return path
}

function figure({ file, mode }: Picture, share: number | undefined): string {
  const changed = share === undefined ? '' : ` · changed ${percent(share)}`
  return `<figure${share === undefined ? '' : ' class="changed"'}><a href="${file}"><img${
    mode.includes('desk') ? ' class="desk"' : ''
  } src="${file}" alt="${file}" loading="lazy"></a><figcaption>${mode}${changed}</figcaption></figure>`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

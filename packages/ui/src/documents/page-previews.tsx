/** Pictures of the pages on which seals stand, each seal framed, with the number of its card. */

import type { ImpressionVerdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { toneOf, wordOf } from '../verdict-words.ts'
import { td } from './document-words.ts'
import { placeOnPage } from './page-place.ts'
import {
  openPreviews,
  type PagePreview,
  type PdfPreviews,
  type PreviewTrouble,
} from './pdf-previews.ts'

/** Properties of {@link PagePreviews}. */
export interface PagePreviewsProps {
  readonly file: File
  readonly impressions: readonly ImpressionVerdict[]
}

/** Pages drawn at once. */
const STEP = 3

/** The first pages with seals; more on demand, those with seals before the others. */
export function PagePreviews({ file, impressions }: PagePreviewsProps): VNode {
  const [previews, setPreviews] = useState<PdfPreviews | PreviewTrouble>()
  const [isTextMissing, setTextMissing] = useState(false)
  useEffect(() => {
    let end = (): void => undefined
    let isOver = false
    void openPreviews(file).then((found) => {
      if (typeof found === 'object') end = found.end
      if (isOver) end()
      else setPreviews(found)
    })
    return () => {
      isOver = true
      end()
    }
  }, [file])
  const sealed = sealedPages(impressions)
  const [shown, setShown] = useState(Math.max(1, Math.min(STEP, sealed.length)))
  const order = typeof previews === 'object' ? pageOrder(sealed, previews.pages) : []
  const rest = order.length - shown
  const said = stateOf(previews)
  return (
    <section class="pages" aria-labelledby="pages-title" data-testid="document-pages">
      <h2 id="pages-title" class="panel-title">
        {td('pages.title')}
      </h2>
      <p class={said === '' ? 'visually-hidden' : 'hint'} role="status">
        {said}
      </p>
      {typeof previews === 'object' ? (
        <>
          {isTextMissing ? (
            <Notice tone="caution" live="status" testId="document-text-missing">
              {td('pages.text-missing')}
            </Notice>
          ) : null}
          <ul class="pages-list">
            {order.slice(0, shown).map((page) => (
              <li key={page}>
                <PageFigure
                  page={page}
                  previews={previews}
                  impressions={impressions}
                  onTextMissing={() => setTextMissing(true)}
                />
              </li>
            ))}
          </ul>
          {rest > 0 ? (
            <Button onPress={() => setShown(shown + STEP)} testId="document-more-pages">
              {td('pages.more', { count: Math.min(STEP, rest), total: previews.pages })}
            </Button>
          ) : null}
          <p class="hint">{td('pages.note')}</p>
        </>
      ) : null}
    </section>
  )
}

function stateOf(previews: PdfPreviews | PreviewTrouble | undefined): string {
  if (previews === undefined) return td('pages.drawing')
  return typeof previews === 'object' ? '' : td(`pages.${previews}`)
}

function sealedPages(impressions: readonly ImpressionVerdict[]): readonly number[] {
  const pages = impressions.flatMap(({ place }) => place?.page ?? [])
  return [...new Set(pages)].sort((one, other) => one - other)
}

function pageOrder(sealed: readonly number[], count: number): readonly number[] {
  const others = Array.from({ length: count }, (_, page) => page)
  return [...sealed, ...others.filter((page) => !sealed.includes(page))]
}

interface PageFigureProps {
  readonly page: number
  readonly previews: PdfPreviews
  readonly impressions: readonly ImpressionVerdict[]
  readonly onTextMissing: () => void
}

/** An impression on this page, with its number. */
interface OnPage {
  readonly number: number
  readonly impression: ImpressionVerdict
}

function PageFigure({ page, previews, impressions, onTextMissing }: PageFigureProps): VNode {
  const [preview, setPreview] = useState<PagePreview | 'none'>()
  const here = impressions.flatMap((impression, index): OnPage[] =>
    impression.place?.page === page ? [{ number: index + 1, impression }] : [],
  )
  useEffect(() => {
    let isOver = false
    const rects = here.flatMap(({ impression }) => impression.place?.rect ?? [])
    void previews.draw(page, rects).then((drawn) => {
      if (isOver) return
      setPreview(drawn ?? 'none')
      if (drawn?.isTextMissing) onTextMissing()
    })
    return () => {
      isOver = true
    }
  }, [page, previews])
  const name = td('pages.page', { page: page + 1, pages: previews.pages })
  return (
    <figure class="page">
      {preview === undefined ? <p class="page-empty hint">{td('pages.drawing')}</p> : null}
      {preview === 'none' ? <p class="page-empty hint">{td('pages.undrawn')}</p> : null}
      {typeof preview === 'object' ? <Drawn name={name} preview={preview} here={here} /> : null}
      <figcaption class="hint">{name}</figcaption>
    </figure>
  )
}

interface DrawnProps {
  readonly name: string
  readonly preview: PagePreview
  readonly here: readonly OnPage[]
}

/** Units of the frames' drawing to the width of a page. */
const UNITS = 1000
const BADGE = 26

function Drawn({ name, preview, here }: DrawnProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  // Once it is on the canvas the bitmap has no size any more.
  const { current: size } = useRef({ width: preview.bitmap.width, height: preview.bitmap.height })
  useEffect(() => {
    canvas.current?.getContext('bitmaprenderer')?.transferFromImageBitmap(preview.bitmap)
  }, [preview])
  const height = (UNITS * size.height) / size.width
  const words = here.map(({ number, impression }, index) => {
    const rect = preview.rects[index]
    const where = rect === undefined ? '' : td(`place.${placeOnPage(rect)}`)
    return td('pages.seal', { where, number, word: wordOf(impression) })
  })
  return (
    <div class="page-sheet">
      <canvas ref={canvas} width={size.width} height={size.height} />
      <svg
        class="page-frames"
        viewBox={`0 0 ${UNITS} ${height}`}
        role="img"
        aria-label={[name, ...words].join(td('pages.join'))}
        data-testid="document-page"
      >
        {here.map(({ number, impression }, index) => {
          const rect = preview.rects[index]
          if (rect === undefined) return null
          const [x, y] = [rect.left * UNITS, rect.top * height]
          return (
            <g key={number} class={`frame frame-${toneOf(impression)}`}>
              <rect x={x} y={y} width={rect.width * UNITS} height={rect.height * height} />
              <circle cx={x} cy={y} r={BADGE} />
              <text x={x} y={y}>
                {number}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

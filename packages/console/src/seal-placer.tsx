/** A page of a PDF with the frame of a seal on it: dragged, moved by arrow keys, or placed by numbers. */

import './placer.css'
import { allowWorker, Button, TextField } from '@onetrip/ui'
import { openPreviews, type PagePreview, type PdfPreviews } from '@onetrip/ui/documents'
import { PDF_WORKER_URL } from '@onetrip/ui/pdf'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import {
  drawnSize,
  type PageSpace,
  type Point,
  PROBE_POINTS,
  pageSpaceOf,
  toDrawn,
  toPage,
} from './page-space.ts'
import { tk } from './words-seals.ts'

/** Where the middle of a seal goes: a page from 1, and points of its own space. */
export interface SealPlace extends Point {
  readonly page: number
}

/** Properties of {@link SealPlacer}. */
export interface SealPlacerProps {
  readonly file: Blob
  readonly size: { readonly widthMm: number; readonly heightMm: number }
  readonly place: SealPlace | undefined
  readonly onPlace: (place: SealPlace) => void
}

allowWorker(PDF_WORKER_URL)

const POINTS_PER_MM = 72 / 25.4
/** What an arrow key moves, in millimetres; ten times with Shift. */
const STEP_MM = 1
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
}
/** Where on the drawn page a seal stands at first: at the lower right, as on paper. */
const FIRST: Point = { x: 0.72, y: 0.8 }

interface DrawnPage {
  readonly preview: PagePreview
  readonly space: PageSpace
}

/** The page and its controls. */
export function SealPlacer({ file, size, place, onPlace }: SealPlacerProps): VNode {
  const [previews, setPreviews] = useState<PdfPreviews | 'none'>()
  const [page, setPage] = useState(place?.page ?? 1)
  const [drawn, setDrawn] = useState<DrawnPage | 'none'>()
  useEffect(() => {
    let end = (): void => undefined
    let isOver = false
    void openPreviews(file).then((found) => {
      if (typeof found === 'object') end = found.end
      if (isOver) end()
      else setPreviews(typeof found === 'object' ? found : 'none')
    })
    return () => {
      isOver = true
      end()
    }
  }, [file])
  useEffect(() => {
    if (typeof previews !== 'object') return
    let isOver = false
    setDrawn(undefined)
    void drawPage(previews, page).then((found) => {
      if (isOver) return
      setDrawn(found ?? 'none')
      if (found !== undefined) onPlace({ page, ...rounded(toPage(found.space, FIRST)) })
    })
    return () => {
      isOver = true
    }
  }, [previews, page])
  if (previews === 'none' || drawn === 'none') return <p class="hint">{tk('place.undrawn')}</p>
  if (typeof previews !== 'object' || drawn === undefined || place === undefined) {
    return <p class="hint loading">{tk('place.drawing')}</p>
  }
  return (
    <div class="placer">
      <Sheet drawn={drawn} size={size} place={place} onPlace={onPlace} />
      <div class="stack">
        <p class="hint">{tk('place.hint')}</p>
        <div class="actions">
          <Button disabled={page === 1} onPress={() => setPage(page - 1)} testId="page-before">
            {tk('place.before')}
          </Button>
          <Button
            disabled={page === previews.pages}
            onPress={() => setPage(page + 1)}
            testId="page-after"
          >
            {tk('place.after')}
          </Button>
        </div>
        <p role="status">{tk('place.page', { page, pages: previews.pages })}</p>
        <NumberField axis="x" place={place} onPlace={onPlace} />
        <NumberField axis="y" place={place} onPlace={onPlace} />
      </div>
    </div>
  )
}

async function drawPage(previews: PdfPreviews, page: number): Promise<DrawnPage | undefined> {
  const probes = [
    { x: 0, y: 0 },
    { x: PROBE_POINTS, y: 0 },
    { x: 0, y: PROBE_POINTS },
  ]
  const rects = probes.map(({ x, y }) => ({ left: x, right: x, bottom: y, top: y }))
  const preview = await previews.draw(page - 1, rects)
  if (preview === undefined) return undefined
  const space = pageSpaceOf(preview.rects.map(({ left, top }) => ({ x: left, y: top })))
  return space === undefined ? undefined : { preview, space }
}

/** Tenths of a point: less than a printer can tell. */
function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}

function Sheet(props: {
  readonly drawn: DrawnPage
  readonly size: SealPlacerProps['size']
  readonly place: SealPlace
  readonly onPlace: (place: SealPlace) => void
}): VNode {
  const { drawn, size, place, onPlace } = props
  const { preview, space } = drawn
  const canvas = useRef<HTMLCanvasElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  // Once it is on the canvas the bitmap has no size any more.
  const { current: pixels } = useRef({
    width: preview.bitmap.width,
    height: preview.bitmap.height,
  })
  useEffect(() => {
    canvas.current?.getContext('bitmaprenderer')?.transferFromImageBitmap(preview.bitmap)
  }, [preview])
  const whole = drawnSize(space)
  const width = (size.widthMm * POINTS_PER_MM) / whole.width
  const height = (size.heightMm * POINTS_PER_MM) / whole.height
  const middle = toDrawn(space, place)
  const moveTo = ({ x, y }: Point): void => {
    const inside = {
      x: Math.min(Math.max(x, width / 2), 1 - width / 2),
      y: Math.min(Math.max(y, height / 2), 1 - height / 2),
    }
    onPlace({ page: place.page, ...rounded(toPage(space, inside)) })
  }
  const follow = (event: PointerEvent): void => {
    const box = sheet.current?.getBoundingClientRect()
    if (box === undefined) return
    moveTo({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height })
  }
  return (
    <div class="placer-sheet" ref={sheet}>
      <canvas ref={canvas} width={pixels.width} height={pixels.height} />
      <button
        type="button"
        class="placer-seal"
        style={{
          left: percent(middle.x - width / 2),
          top: percent(middle.y - height / 2),
          width: percent(width),
          height: percent(height),
        }}
        aria-label={tk('place.seal', { x: inMm(place.x), y: inMm(place.y) })}
        data-testid="seal-frame"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event)
        }}
        onKeyDown={(event) => {
          const arrow = ARROWS[event.key]
          if (arrow === undefined) return
          event.preventDefault()
          const step = STEP_MM * POINTS_PER_MM * (event.shiftKey ? 10 : 1)
          moveTo({
            x: middle.x + (arrow.x * step) / whole.width,
            y: middle.y - (arrow.y * step) / whole.height,
          })
        }}
      >
        <span aria-hidden="true">+</span>
      </button>
    </div>
  )
}

function percent(share: number): string {
  return `${share * 100}%`
}

function inMm(points: number): number {
  return Math.round((points / POINTS_PER_MM) * 10) / 10
}

function NumberField(props: {
  readonly axis: 'x' | 'y'
  readonly place: SealPlace
  readonly onPlace: (place: SealPlace) => void
}): VNode {
  const { axis, place, onPlace } = props
  return (
    <TextField
      label={tk(`place.${axis}`)}
      name={axis}
      inputMode="numeric"
      value={String(inMm(place[axis]))}
      onInput={(text) => {
        const millimetres = Number(text)
        if (text.trim() === '' || !Number.isFinite(millimetres)) return
        onPlace({ ...place, [axis]: Math.round(millimetres * POINTS_PER_MM * 10) / 10 })
      }}
      testId={`place-${axis}`}
    />
  )
}

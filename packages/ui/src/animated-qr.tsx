/**
 * Shows an animated code: seven frames a second, never more, or one frame a press for whom moving pictures trouble (WCAG
 * 2.2.2, 2.3.1). The next frame is drawn while one is shown.
 */

import { decodeFrameLines, encodeFrames, type FrameSource } from '@onetrip/codec'
import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { t } from './messages.ts'
import { QrDrawing } from './qr-drawing.tsx'
import { type QrPath, qrPath } from './qr-path.ts'

/** Properties of {@link AnimatedQr}. */
export interface AnimatedQrProps {
  /** The plain parts, one frame a line, as from `encodeFrameLines`. */
  readonly text: string
  /** What the code is, in words. */
  readonly label: string
  readonly testId?: string | undefined
}

const FRAME_MS = 140

/** Whether frames wait for a press: as the person chose last, else as the system says. Kept while the page lives. */
const byHand = signal<boolean | undefined>(undefined)

interface Place {
  readonly source: FrameSource
  readonly number: number
}

/** The frames of a code, one after the other. */
export function AnimatedQr({ text, label, testId }: AnimatedQrProps): VNode {
  const source = useMemo(() => encodeFrames(decodeFrameLines(text)), [text])
  const [place, setPlace] = useState<Place>({ source, number: 0 })
  // A code that was renewed begins with its plain parts.
  const number = place.source === source ? place.number : 0
  const waits = byHand.value ?? matchMedia('(prefers-reduced-motion: reduce)').matches
  const code = useDrawnAhead({ source, number })
  const next = (): void => setPlace({ source, number: number + 1 })
  useEffect(() => {
    if (waits) return
    const timer = setTimeout(next, FRAME_MS)
    return () => clearTimeout(timer)
  }, [source, number, waits])
  return (
    <div
      class="qr-animated"
      data-testid="qr-animated"
      data-number={number}
      data-parts={source.count}
    >
      <QrDrawing code={code} label={label} testId={testId} />
      <div class="qr-frames">
        <p class="hint">
          {waits
            ? t('frames.by-hand', { number: number + 1, need: source.count })
            : t('frames.show')}
        </p>
        {waits ? (
          <Button kind="primary" onPress={next} testId="next-frame">
            {t('frames.next')}
          </Button>
        ) : null}
        <Button
          kind="quiet"
          onPress={() => {
            byHand.value = !waits
          }}
          testId="frames-by-hand"
        >
          {t(waits ? 'frames.run' : 'frames.stop')}
        </Button>
      </div>
    </div>
  )
}

/** The drawing of a frame; the one after it is made as soon as this one is on the screen. */
function useDrawnAhead({ source, number }: Place): QrPath {
  const ahead = useRef<(Place & { readonly code: QrPath }) | undefined>(undefined)
  const code = useMemo(() => {
    const made = ahead.current
    return made?.source === source && made.number === number ? made.code : draw({ source, number })
  }, [source, number])
  useEffect(() => {
    const timer = setTimeout(() => {
      const place = { source, number: number + 1 }
      ahead.current = { ...place, code: draw(place) }
    })
    return () => clearTimeout(timer)
  }, [source, number])
  return code
}

function draw({ source, number }: Place): QrPath {
  return qrPath(source.text(number), 'L')
}

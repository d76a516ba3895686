/** A QR code black on white with its quiet zone, whatever the theme. */

import type { VNode } from 'preact'
import type { QrPath } from './qr-path.ts'

/** Properties of {@link QrDrawing}. */
export interface QrDrawingProps {
  readonly code: QrPath
  /** What the code is, in words. */
  readonly label: string
  /** Width with quiet zone in CSS; that of its place when left out. */
  readonly width?: string | undefined
  readonly testId?: string | undefined
}

/** A code as one SVG path. */
export function QrDrawing({ code, label, width = '100%', testId = 'qr' }: QrDrawingProps): VNode {
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.side} ${code.side}`}
      width={width}
      shape-rendering="crispEdges"
      data-testid={testId}
      data-version={code.version}
    >
      <path fill="#fff" d={`M0 0h${code.side}v${code.side}H0z`} />
      <path fill="#000" d={code.path} />
    </svg>
  )
}

/** Shows a QR code black on white with its quiet zone, whatever the theme. */

import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { type ErrorCorrection, qrPath } from './qr-path.ts'

/** Properties of {@link QrView}. */
export interface QrViewProps {
  /** The text of the code, as from `encodeQrText`. */
  readonly text: string
  readonly errorCorrection: ErrorCorrection
  /** What the code is, in words. */
  readonly label: string
  /** Printed width in millimetres with quiet zone; the width of its place when left out. */
  readonly widthMm?: number
  readonly testId?: string
}

/** A QR code as one SVG path. */
export function QrView(props: QrViewProps): VNode {
  const { text, errorCorrection, label, widthMm } = props
  const code = useMemo(() => qrPath(text, errorCorrection), [text, errorCorrection])
  const width = widthMm === undefined ? '100%' : `${widthMm}mm`
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.side} ${code.side}`}
      width={width}
      shape-rendering="crispEdges"
      data-testid={props.testId ?? 'qr'}
      data-version={code.version}
    >
      <path fill="#fff" d={`M0 0h${code.side}v${code.side}H0z`} />
      <path fill="#000" d={code.path} />
    </svg>
  )
}

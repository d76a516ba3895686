/** Shows a code: one that stands, or the frames of an animated one. */

import { isFrameText } from '@onetrip/codec'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { AnimatedQr } from './animated-qr.tsx'
import { QrDrawing } from './qr-drawing.tsx'
import { type ErrorCorrection, qrPath } from './qr-path.ts'

/** Properties of {@link QrView}. */
export interface QrViewProps {
  /** The text of the code, as from `codeText`. */
  readonly text: string
  /** Of a code that stands; an animated one takes `L`. */
  readonly errorCorrection: ErrorCorrection
  /** What the code is, in words. */
  readonly label: string
  /** Printed width in millimetres with quiet zone; the width of its place when left out. */
  readonly widthMm?: number
  readonly testId?: string
}

/** A code, animated when its text is of frames. */
export function QrView({ text, label, testId, ...rest }: QrViewProps): VNode {
  if (isFrameText(text)) return <AnimatedQr text={text} label={label} testId={testId} />
  return <StandingQr text={text} label={label} testId={testId} {...rest} />
}

type StandingQrProps = Omit<QrViewProps, 'testId'> & { readonly testId: string | undefined }

function StandingQr({ text, errorCorrection, label, widthMm, testId }: StandingQrProps): VNode {
  const code = useMemo(() => qrPath(text, errorCorrection), [text, errorCorrection])
  const width = widthMm === undefined ? undefined : `${widthMm}mm`
  return <QrDrawing code={code} label={label} width={width} testId={testId} />
}

/** What of a PDF is covered by which seal, and what is unusual in it, in plain words. */

import type { PdfFinding } from '@onetrip/seal'
import type { ImpressionVerdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { reasonFor } from '../code-words.ts'
import { Notice } from '../notice.tsx'
import { td } from './document-words.ts'
import { type FilePart, fileParts } from './file-parts.ts'
import { formatBytes } from './format-bytes.ts'

/** Properties of {@link DocumentParts}. */
export interface DocumentPartsProps {
  /** Bytes of the file. */
  readonly size: number
  readonly impressions: readonly ImpressionVerdict[]
  readonly findings: readonly PdfFinding[]
}

/** The parts in order, each with the seals that cover it; findings before them. */
export function DocumentParts({ size, impressions, findings }: DocumentPartsProps): VNode {
  return (
    <section class="parts stack" aria-labelledby="parts-title" data-testid="document-parts">
      <h2 id="parts-title" class="panel-title">
        {td('parts.title')}
      </h2>
      {findings.length === 0 ? null : (
        <Notice tone="bad" title={td('parts.findings')} testId="document-findings">
          <ul>
            {findings.map(({ code, at }, index) => (
              <li key={index}>
                {reasonFor(code)}
                {at === 0 ? null : (
                  <span class="hint"> {td('parts.at', { bytes: formatBytes(at) })}</span>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <ol class="parts-list">
        {fileParts(impressions, size).map((part) => (
          <Part key={part.start} part={part} />
        ))}
      </ol>
    </section>
  )
}

function Part({ part }: { readonly part: FilePart }): VNode {
  const { kind, start, end, number, coveredBy } = part
  const isCovered = coveredBy.length > 0
  const numbers = coveredBy.join(td('confirms.join'))
  return (
    <li class={isCovered ? 'part part-covered' : 'part part-uncovered'}>
      <span class="part-what">{td(`parts.${kind}`, { number: number ?? '' })}</span>
      <span class="part-cover">
        {isCovered ? td('parts.covered', { numbers }) : td('parts.uncovered')}
      </span>
      <span class="hint">{formatBytes(end - start)}</span>
    </li>
  )
}

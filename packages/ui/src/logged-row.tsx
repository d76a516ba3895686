/** Where a licence stands in its issuer's log, among what a verdict rests on. */

import type { LoggedEvidence } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { Data } from './data-text.tsx'
import { withNodes } from './language.ts'
import { Row } from './licence-card.tsx'
import { tv } from './verdict-messages.ts'

/** Properties of {@link LoggedRow}. */
export interface LoggedRowProps {
  readonly logged: LoggedEvidence | undefined
}

/** The log, the place in it where a published checkpoint proves one, and what it saved the licence from; nothing without a receipt. */
export function LoggedRow({ logged }: LoggedRowProps): VNode | null {
  if (logged === undefined) return null
  const { log, spared } = logged
  return (
    <Row term={tv('logged.label')}>
      <span data-testid="evidence-logged">
        {withNodes(tv('logged.in'), { log: <Data>{log}</Data> })}
      </span>
      <PlaceNote logged={logged} />
      {spared === undefined ? null : (
        <span class="facts-note hint" data-testid="evidence-spared">
          {tv('logged.spared')}
        </span>
      )}
    </Row>
  )
}

/** People count entries from one. */
function PlaceNote({ logged }: { readonly logged: LoggedEvidence }): VNode | null {
  const { index, size, witnesses = 0 } = logged
  if (index === undefined || size === undefined) return null
  return (
    <span class="facts-note hint">
      {tv('logged.place', { place: index + 1, size })}
      {witnesses === 0 ? '' : tv('logged.witnesses', { count: witnesses })}
    </span>
  )
}

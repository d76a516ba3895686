/** Every step that was taken in a case, newest first. */
import { Data, formatMoment, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { now } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'
import type { MyCase } from './case-data.ts'
import { stepWords } from './case-words.ts'

/** The list; nothing before the first step. */
export function CaseHistory({ known }: { readonly known: MyCase }): VNode | null {
  const { steps, parts } = known
  if (steps.length === 0) return null
  return (
    <section class="no-print" data-testid="case-history">
      <h2>{wc('history.title')}</h2>
      <ol class="case-steps">
        {steps.toReversed().map(({ part, action, at, reason }, index) => {
          const name = parts.find(({ code }) => code === part)?.name
          return (
            <li key={steps.length - index}>
              <span class="hint">{formatMoment(at, now())}</span>{' '}
              {name === undefined ? '' : `${localised(name)} · `}
              {stepWords(action)}
              {reason === undefined ? null : (
                <>
                  {' · '}
                  <Data>{reason}</Data>
                </>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

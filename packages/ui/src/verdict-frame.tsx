/** The frame of any verdict: colour to the edge, one sign, one word, the reason; what it is about on a quiet sheet. */

import type { Verdict } from '@onetrip/verifier'
import type { ComponentChildren, Ref, VNode } from 'preact'
import { SignIcon } from './sign-icon.tsx'
import { tv } from './verdict-messages.ts'
import { TONE_SIGNS, toneOf, type VerdictHead, wordOf } from './verdict-words.ts'

/** Properties of {@link VerdictFrame}. */
export interface VerdictFrameProps {
  readonly verdict: Pick<Verdict, 'outcome' | 'reason'>
  /** What of it the words are made of. */
  readonly head: VerdictHead
  /** The reason, or why it is valid. */
  readonly why: ComponentChildren
  readonly nextStep: string | undefined
  /** Somebody has to be compared with what was shown. */
  readonly checkPerson?: boolean
  /** Buttons under the words. */
  readonly actions?: ComponentChildren
  readonly actionsRef?: Ref<HTMLDivElement>
  /** A further class, for what the sheet holds. */
  readonly kind?: string
  /** The sheet. */
  readonly children: ComponentChildren
}

/** Shows a verdict; the head is a live region, an alert when red. */
export function VerdictFrame(props: VerdictFrameProps): VNode {
  const { verdict, head, why, nextStep, checkPerson = false, actions, actionsRef, kind } = props
  const { outcome, reason } = verdict
  const tone = toneOf(head)
  return (
    <section
      class={`verdict verdict-${tone}${kind === undefined ? '' : ` ${kind}`}`}
      data-testid="verdict"
      data-outcome={outcome}
      data-code={reason ?? ''}
      aria-labelledby="verdict-word"
    >
      <div class="verdict-head">
        <div class="verdict-says" role={outcome === 'invalid' ? 'alert' : 'status'}>
          <SignIcon sign={TONE_SIGNS[tone]} />
          <h1 id="verdict-word" class="verdict-word" data-testid="verdict-word">
            {wordOf(head)}
          </h1>
          <p class="verdict-reason" data-testid="verdict-reason">
            {why}
          </p>
          {nextStep === undefined ? null : <p class="verdict-next">{nextStep}</p>}
          {checkPerson && outcome !== 'invalid' ? (
            <p class="verdict-person" data-testid="check-person">
              <SignIcon sign="person" />
              {tv('check-person')}
            </p>
          ) : null}
        </div>
        {actions === undefined ? null : (
          <div class="actions" ref={actionsRef ?? null}>
            {actions}
          </div>
        )}
      </div>
      <div class="verdict-sheet">{props.children}</div>
    </section>
  )
}

/** Under the camera: how far the reading of a file or of an animated code is, or what was wrong with it. */

import { Button, FramesRead, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { type IntakeState, stopIntake } from './intake-state.ts'
import { ti } from './words-intake.ts'

/** Properties of {@link IntakeStatus}. */
export interface IntakeStatusProps {
  readonly state: IntakeState
}

type Reading = Extract<IntakeState, { readonly phase: 'reading' }>

/** Pages read before a guess at the rest is worth saying. */
const GUESS_AFTER = 2

/** Progress after a second, with a way to stop; troubles as a notice. */
export function IntakeStatus({ state }: IntakeStatusProps): VNode | null {
  if (state.phase === 'idle') return null
  if (state.phase === 'trouble') {
    return (
      <Notice tone="caution" live="alert" testId="intake-trouble">
        {ti(state.trouble)}
      </Notice>
    )
  }
  if (state.phase === 'frames') return <FramesRead have={state.have} need={state.need} />
  return state.slow ? <Progress state={state} /> : null
}

function Progress({ state }: { readonly state: Reading }): VNode {
  const { page, pages } = state
  return (
    <div class="intake-progress panel" data-testid="intake-progress">
      <p role="status">{ti('reading')}</p>
      <progress
        aria-label={ti('reading')}
        {...(page === undefined || pages === undefined ? {} : { value: page - 1, max: pages })}
      />
      <div class="intake-line">
        <span class="intake-count" data-testid="intake-count">
          {page === undefined || pages === undefined ? '' : ti('page', { page, pages })}{' '}
          {restOf(state)}
        </span>
        <Button onPress={stopIntake} testId="intake-cancel">
          {ti('cancel')}
        </Button>
      </div>
    </div>
  )
}

/** How long the rest takes, by the pages read so far; nothing until there are some. */
function restOf({ page, pages, startedAt }: Reading): string {
  if (page === undefined || pages === undefined || page <= GUESS_AFTER) return ''
  const perPage = (performance.now() - startedAt) / (page - 1)
  const seconds = Math.ceil((perPage * (pages - page + 1)) / 1000)
  return ti('rest', { seconds })
}

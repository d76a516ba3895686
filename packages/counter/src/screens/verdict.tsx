/** The verdict of a scan; back to ready by key, by press, and by time when it is not red. */

import {
  afterQuiet,
  Button,
  localised,
  ReadAloudButton,
  type TrustState,
  VerdictView,
} from '@onetrip/ui'
import { ReportButton, reportOf } from '@onetrip/ui/reports'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { tick } from '../clock.ts'
import {
  forgetVerdict,
  isHeld,
  nextScan,
  refusedWhileHeld,
  type ShownVerdict,
} from '../counter-state.ts'
import { kiosk } from '../kiosk-state.ts'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { reports } from '../reports.ts'
import { holderOf } from '../scan-record.ts'
import { secondsShown, settings } from '../settings.ts'

/** Properties of {@link VerdictScreen}. */
export interface VerdictScreenProps {
  readonly shown: ShownVerdict
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
}

/** In a kiosk the next person must not find the last one's result. */
function leave(): void {
  if (kiosk.value === undefined) nextScan()
  else forgetVerdict()
}

/** Shows a verdict until the clerk goes on. */
export function VerdictScreen({ shown, state }: VerdictScreenProps): VNode {
  const actions = useRef<HTMLDivElement>(null)
  const { trust } = state
  const returnSeconds = secondsShown(settings.value)
  const held = isHeld()
  const { reason, evidence } = shown.verdict

  useEffect(() => {
    window.scrollTo(0, 0)
    actions.current?.querySelector('button')?.focus({ preventScroll: true })
  }, [shown.id])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  useEffect(() => {
    if (returnSeconds === 0 || shown.verdict.outcome === 'invalid') return
    return afterQuiet(returnSeconds, leave)
  }, [shown.id, returnSeconds])

  return (
    <VerdictView
      verdict={shown.verdict}
      at={shown.at}
      now={Math.max(shown.at, tick.value)}
      holderOf={(licence) => holderOf(licence, trust.types)}
      officeName={(id) => {
        const office = trust.office(id)
        return office === undefined ? undefined : localised(office.name)
      }}
      nextStep={
        reason === 'presentation/recipient' && evidence.office === undefined
          ? tc('verdict.choose-office')
          : undefined
      }
      actions={
        <div class="verdict-go" ref={actions}>
          <Button kind="primary" onPress={leave} testId="next-scan">
            {tc(held ? 'verdict.acknowledge' : 'verdict.next')}
          </Button>
          {kiosk.value === undefined ? (
            <a class="button" href={placeAddress('note', shown.id)} data-testid="verdict-note">
              {tc('verdict.note')}
            </a>
          ) : null}
          <ReadAloudButton part="[data-testid=verdict]" />
          {kiosk.value === undefined ? (
            <ReportButton outbox={reports} report={reportOf({ ...shown, place: 'counter' })} />
          ) : null}
          <span>{tc(held ? 'verdict.held-hint' : 'verdict.next-hint')}</span>
          <strong role="alert" class="verdict-held" data-testid="held">
            {held && refusedWhileHeld.value > 0 ? tc('verdict.held') : ''}
          </strong>
        </div>
      }
    />
  )
}

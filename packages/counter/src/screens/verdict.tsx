/** The verdict of a scan; back to ready by key, by press, and by time when it is not red. */

import { Button, localised, type TrustState, VerdictView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { tick } from '../clock.ts'
import { isHeld, nextScan, refusedWhileHeld, type ShownVerdict } from '../counter-state.ts'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { afterQuiet } from '../quiet.ts'
import { holderOf } from '../scan-record.ts'
import { secondsShown, settings } from '../settings.ts'

/** Properties of {@link VerdictScreen}. */
export interface VerdictScreenProps {
  readonly shown: ShownVerdict
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
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
      if (event.key === 'Escape') nextScan()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  useEffect(() => {
    if (returnSeconds === 0 || shown.verdict.outcome === 'invalid') return
    return afterQuiet(returnSeconds, nextScan)
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
          <Button kind="primary" onPress={nextScan} testId="next-scan">
            {tc(held ? 'verdict.acknowledge' : 'verdict.next')}
          </Button>
          <a class="button" href={placeAddress('note', shown.id)} data-testid="verdict-note">
            {tc('verdict.note')}
          </a>
          <span>{tc(held ? 'verdict.held-hint' : 'verdict.next-hint')}</span>
          <strong role="alert" class="verdict-held" data-testid="held">
            {held && refusedWhileHeld.value > 0 ? tc('verdict.held') : ''}
          </strong>
        </div>
      }
    />
  )
}

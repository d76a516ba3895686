/** A licence on the first screen: its state, in words what showing it discloses, and the way to show it. */
import { Button, localised } from '@onetrip/ui'
import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { type HeldLicence, isUnbound } from '../held-licence.ts'
import { hrefOf } from '../routes.ts'
import { stateNow } from '../state-now.ts'
import { goTo, trust } from '../wallet-state.ts'
import { whenIdle } from '../when-idle.ts'
import { w } from '../words.ts'
import { HeldCard } from './held-card.tsx'
import { StatusLine } from './status-line.tsx'

const reader = signal<typeof import('../shown-first.ts') | undefined>(undefined)

/** Properties of {@link HomeCard}. */
export interface HomeCardProps {
  readonly licence: HeldLicence
  readonly headingLevel: 2 | 3
}

/** The card; its button says what it discloses, so that showing stays one tap. */
export function HomeCard({ licence, headingLevel }: HomeCardProps): VNode {
  const { id, summary } = licence
  const name = localised(summary.typeName)
  const state = stateNow(licence)
  const known = trust.value
  const read = reader.value
  const isShown = !isUnbound(licence)
  const shown = useMemo(
    () => (isShown ? read?.shownFirst(licence, known) : undefined),
    [read, licence, known],
  )
  useEffect(() => {
    if (reader.value === undefined) loadReader()
  }, [])
  const names = shown?.map((claim) => localised(claim.display))
  const discloses = names && [...names, w('home.card.always')].join(w('home.card.join'))
  return (
    <HeldCard
      licence={licence}
      state={state}
      headingLevel={headingLevel}
      testId="card"
      actions={
        <>
          <a
            class="button button-secondary"
            href={hrefOf({ screen: 'details', id })}
            aria-label={w('home.card.open', { name })}
            data-testid="details-link"
          >
            {w('home.card.details')}
          </a>
          {isShown ? (
            <Button
              kind="primary"
              label={w('home.card.showLabel', { name })}
              describedBy={discloses === undefined ? undefined : `discloses-${id}`}
              onPress={() => goTo({ screen: 'show', id })}
              testId="show-button"
            >
              {w('home.card.show')}
            </Button>
          ) : null}
        </>
      }
    >
      <StatusLine state={state} summary={summary} />
      {isShown ? null : (
        <p class="card-discloses" data-testid="card-unbound">
          {w('home.card.unbound')}
        </p>
      )}
      {discloses === undefined ? null : (
        <p class="card-discloses" id={`discloses-${id}`} data-testid="discloses">
          {w('home.card.discloses', { claims: discloses })}
        </p>
      )}
    </HeldCard>
  )
}

/** Reading the credential waits for the first picture. */
function loadReader(): void {
  whenIdle(() => {
    import('../shown-first.ts').then(
      (loaded) => {
        reader.value = loaded
      },
      () => undefined,
    )
  })
}

/** A licence on the first screen: its state, in words what showing it discloses, and the way to show it. */
import type { ClaimDefinition } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { Button, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { disclosedClaims } from '../disclosure.ts'
import type { HeldLicence } from '../held-licence.ts'
import { licenceContent } from '../licence-content.ts'
import { heldState } from '../licence-state.ts'
import { hrefOf } from '../routes.ts'
import { goTo, trust, verdicts } from '../wallet-state.ts'
import { w } from '../words.ts'
import { HeldCard } from './held-card.tsx'
import { StatusLine } from './status-line.tsx'

/** Properties of {@link HomeCard}. */
export interface HomeCardProps {
  readonly licence: HeldLicence
  readonly headingLevel: 2 | 3
}

/** The card; its button says what it discloses, so that showing stays one tap. */
export function HomeCard({ licence, headingLevel }: HomeCardProps): VNode {
  const { id, summary } = licence
  const name = localised(summary.typeName)
  const state = heldState(verdicts.value.get(id), summary)
  const known = trust.value
  const shown = useMemo(() => shownFirst(licence, known), [licence, known])
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
          <Button
            kind="primary"
            label={w('home.card.showLabel', { name })}
            describedBy={discloses === undefined ? undefined : `discloses-${id}`}
            onPress={() => goTo({ screen: 'show', id })}
            testId="show-button"
          >
            {w('home.card.show')}
          </Button>
        </>
      }
    >
      <StatusLine state={state} summary={summary} />
      {discloses === undefined ? null : (
        <p class="card-discloses" id={`discloses-${id}`} data-testid="discloses">
          {w('home.card.discloses', { claims: discloses })}
        </p>
      )}
    </HeldCard>
  )
}

/** Undefined while the type is not known, and where the record is damaged: then nothing can be shown either. */
function shownFirst(
  licence: HeldLicence,
  known: Trust | undefined,
): readonly ClaimDefinition[] | undefined {
  try {
    const content = licenceContent(licence, known)
    return content && disclosedClaims(content.choice, content.defaults)
  } catch {
    return undefined
  }
}

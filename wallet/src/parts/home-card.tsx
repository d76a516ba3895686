/** A licence on the first screen: its state, in words what showing it discloses, and the way to show it. */
import { Button, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { shownFirst } from '../disclosure.ts'
import type { HeldLicence } from '../held-licence.ts'
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
  const discloses = disclosureWords(licence)
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

/** Undefined while the type is not known: then nothing can be shown either. */
function disclosureWords({ id, summary }: HeldLicence): string | undefined {
  const type = trust.value?.type(summary.typeCode, summary.typeVersion)
  if (type === undefined) {
    return undefined
  }
  const present = verdicts.value.get(id)?.licences[0]?.claims.map((claim) => claim.name)
  const names = shownFirst(type, present).map((claim) => localised(claim.display))
  return [...names, w('home.card.always')].join(w('home.card.join'))
}

/** The one consent: who asks and why, each material with what it would show, and the two buttons. */
import type { OfficeRequest } from '@onetrip/credential'
import { Button, Notice, ReadAloudButton, SignIcon } from '@onetrip/ui'
import type { RequestVerdict, StatedRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { askedRequest } from '../asked/asked-state.ts'
import { candidates } from '../asked/candidates.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { type Fitting, type FittingWant, firstFit, fittingFor } from '../asked/fitting.ts'
import { giveAnswer } from '../asked/give-answer.ts'
import { useIsOver } from '../asked/use-is-over.ts'
import { codeOf, explain } from '../error-words.ts'
import { goTo, licences, trust, verdicts } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { WantedMaterial } from './wanted-material.tsx'
import { WhoAsks } from './who-asks.tsx'

/** What the holder chose, by material: a licence's id, or none. */
type OwnChoices = ReadonlyMap<string, string | undefined>

/** Properties of {@link ConsentForm}. */
export interface ConsentFormProps {
  readonly verdict: RequestVerdict
  readonly stated: StatedRequest
  readonly request: OfficeRequest
  /** Text of the request's code. */
  readonly text: string
  readonly onGiven: (entry: ConsentEntry) => void
}

/** Asks for consent; nothing is signed before it. */
export function ConsentForm({ verdict, stated, request, text, onGiven }: ConsentFormProps): VNode {
  const wants = useMemo(
    () => fittingFor(request.wants, candidates()),
    // The states of the licences may be found out while a person reads.
    [request, licences.value, trust.value, verdicts.value],
  )
  const [own, setOwn] = useState<OwnChoices>(new Map())
  const chosen = chosenOf(wants, own)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const isOver = useIsOver(request.expiresAt)
  const agree = async (): Promise<void> => {
    setBusy(true)
    try {
      onGiven(await giveAnswer({ request, stated, text, chosen }))
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  return (
    <>
      <WhoAsks stated={stated} verdict={verdict} />
      <div class="wants">
        {wants.map(({ want, fits }, at) => (
          <WantedMaterial
            key={want.material}
            stated={stated.wants[at]}
            fits={fits}
            chosen={chosen.get(want.material)}
            onChoose={(fitting) => setOwn(new Map([...own, [want.material, fitting?.licence.id]]))}
          />
        ))}
      </div>
      <div>
        <ReadAloudButton part="[data-testid=request-screen]" />
      </div>
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wa('consent.failed')} testId="consent-trouble">
          {trouble}
        </Notice>
      )}
      {isOver ? (
        <Notice tone="caution" live="alert" testId="request-over">
          {wa('request.over')}
        </Notice>
      ) : (
        <p class="consent-what">
          <SignIcon sign="shield" />
          <span>{wa(chosen.size === 0 ? 'consent.nothing' : 'consent.what')}</span>
        </p>
      )}
      <div class="consent-foot actions">
        <Button onPress={decline} testId="decline-request">
          {wa('consent.decline')}
        </Button>
        {isOver ? (
          <Button kind="primary" onPress={scanAgain}>
            {wa('request.again')}
          </Button>
        ) : (
          <Button
            kind="primary"
            busy={busy}
            disabled={chosen.size === 0}
            onPress={() => void agree()}
            testId="agree"
          >
            {busy ? wa('consent.working') : wa('consent.agree', { count: chosen.size })}
          </Button>
        )}
      </div>
    </>
  )
}

/** For each material the licence that would be shown: the holder's own choice, else the first that fits. */
function chosenOf(wants: readonly FittingWant[], own: OwnChoices): ReadonlyMap<string, Fitting> {
  return new Map(
    wants.flatMap((want) => {
      const { material } = want.want
      const fitting = own.has(material)
        ? want.fits.find(({ licence }) => licence.id === own.get(material))
        : firstFit(want)
      return fitting === undefined ? [] : [[material, fitting] as const]
    }),
  )
}

function decline(): void {
  askedRequest.value = undefined
  goTo({ screen: 'home' })
}

function scanAgain(): void {
  askedRequest.value = undefined
  goTo({ screen: 'add' })
}

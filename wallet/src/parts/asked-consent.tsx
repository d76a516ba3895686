/** The one consent to a request, whichever way it came: who asks and why, each material with what it would show, and the two buttons. */
import { Button, Notice, ReadAloudButton, SignIcon } from '@onetrip/ui'
import type { RequestVerdict, StatedRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { chosenOf, type Fitting, licencesIn, type MaterialFits } from '../asked/fitting.ts'
import { useIsOver } from '../asked/use-is-over.ts'
import { codeOf, explain } from '../error-words.ts'
import { wa } from '../words-asked.ts'
import { WantedMaterial } from './wanted-material.tsx'
import { WhoAsks } from './who-asks.tsx'

/** Properties of {@link AskedConsent}. */
export interface AskedConsentProps<Fit extends Fitting> {
  readonly verdict: RequestVerdict
  readonly stated: StatedRequest
  readonly wants: readonly MaterialFits<Fit>[]
  /** Unix seconds. */
  readonly expiresAt: number
  /** Gives what was agreed to; what goes wrong is told. */
  readonly onAgree: (chosen: ReadonlyMap<string, Fit>) => Promise<void>
  readonly onDecline: () => void
  readonly words: {
    /** Says what agreeing does; `count` licences are shown, each counted once. */
    readonly agree: (count: number) => string
    /** Whom it reaches, how, and what is kept of it. */
    readonly what: string
    readonly failed: string
    readonly over: string
  }
  /** What stands in the place of agreeing once the time is over. */
  readonly again?: VNode
  /** Selects what is read aloud. */
  readonly screen: string
}

/** Asks for consent; nothing is signed or sent before it. */
export function AskedConsent<Fit extends Fitting>(props: AskedConsentProps<Fit>): VNode {
  const { verdict, stated, wants, expiresAt, onAgree, onDecline, words, again, screen } = props
  const [own, setOwn] = useState<ReadonlyMap<string, string | undefined>>(new Map())
  const chosen = chosenOf(wants, own)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const isOver = useIsOver(expiresAt)
  const agree = async (): Promise<void> => {
    setBusy(true)
    try {
      await onAgree(chosen)
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  return (
    <>
      <WhoAsks stated={stated} verdict={verdict} />
      <div class="wants">
        {wants.map(({ material, fits }) => (
          <WantedMaterial
            key={material}
            stated={stated.wants.find((want) => want.material.code === material)}
            fits={fits}
            chosen={chosen.get(material)}
            onChoose={(fitting) => setOwn(new Map([...own, [material, fitting?.licence.id]]))}
          />
        ))}
      </div>
      <div>
        <ReadAloudButton part={screen} />
      </div>
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={words.failed} testId="consent-trouble">
          {trouble}
        </Notice>
      )}
      {isOver ? (
        <Notice tone="caution" live="alert" testId="request-over">
          {words.over}
        </Notice>
      ) : (
        <p class="consent-what">
          <SignIcon sign="shield" />
          <span>{chosen.size === 0 ? wa('consent.nothing') : words.what}</span>
        </p>
      )}
      <div class="consent-foot actions">
        <Button onPress={onDecline} testId="decline-request">
          {wa('consent.decline')}
        </Button>
        {isOver && again !== undefined ? (
          again
        ) : (
          <Button
            kind="primary"
            busy={busy}
            disabled={isOver || chosen.size === 0}
            onPress={() => void agree()}
            testId="agree"
          >
            {busy ? wa('consent.working') : words.agree(licencesIn(chosen))}
          </Button>
        )}
      </div>
    </>
  )
}

/** The consent to a request over the network: the same head and cards as that of a counter's; agreeing sends. */

import type { Trust } from '@onetrip/trust'
import { Button, Notice, ReadAloudButton, SignIcon } from '@onetrip/ui'
import type { RequestVerdict, StatedRequest, StatedVpRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { candidates } from '../asked/candidates.ts'
import { fittingOf, isOfNoUse } from '../asked/fitting.ts'
import { giveOnlineAnswer, type OnlineFitting } from '../asked/give-online-answer.ts'
import { useIsOver } from '../asked/use-is-over.ts'
import { codeOf, explain } from '../error-words.ts'
import { isUnbound } from '../held-licence.ts'
import { chooseForRequest, queriedLicence } from '../openid4vp.ts'
import { licences, verdicts } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { wv } from '../words-online.ts'
import { WantedMaterial } from './wanted-material.tsx'
import { WhoAsks } from './who-asks.tsx'

/** Properties of {@link OnlineConsentForm}. */
export interface OnlineConsentProps {
  readonly verdict: RequestVerdict
  readonly stated: StatedVpRequest & StatedRequest
  /** The request object as it was fetched. */
  readonly compact: string
  readonly trust: Trust
  readonly onGiven: (given: { readonly redirectUri?: string }) => void
  readonly onDecline: () => void
}

/** Asks for consent; nothing is signed or sent before it. */
export function OnlineConsentForm(props: OnlineConsentProps): VNode {
  const { verdict, stated, compact, trust, onGiven, onDecline } = props
  const wants = useMemo(() => wantsOf(stated, trust), [stated, licences.value, verdicts.value])
  const [own, setOwn] = useState<ReadonlyMap<string, string | undefined>>(new Map())
  const chosen = chosenOf(wants, own)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const isOver = useIsOver(stated.expiresAt)
  const agree = async (): Promise<void> => {
    setBusy(true)
    try {
      onGiven(await giveOnlineAnswer({ stated, compact, chosen }))
    } catch (error) {
      setTrouble(explain(codeOf(error)))
      setBusy(false)
    }
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
        <ReadAloudButton part="[data-testid=online-screen]" />
      </div>
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wv('online.send-failed')} testId="consent-trouble">
          {trouble}
        </Notice>
      )}
      {isOver ? (
        <Notice tone="caution" live="alert" testId="request-over">
          {explain('request/expired')}
        </Notice>
      ) : (
        <p class="consent-what">
          <SignIcon sign="shield" />
          <span>{wa(chosen.size === 0 ? 'consent.nothing' : 'consent.what')}</span>
        </p>
      )}
      <div class="consent-foot actions">
        <Button onPress={onDecline} testId="decline-request">
          {wa('consent.decline')}
        </Button>
        <Button
          kind="primary"
          busy={busy}
          disabled={isOver || chosen.size === 0}
          onPress={() => void agree()}
          testId="agree"
        >
          {busy ? wa('consent.working') : wv('online.agree', { count: chosen.size })}
        </Button>
      </div>
    </>
  )
}

interface OnlineWant {
  /** Code of the material. */
  readonly material: string
  readonly fits: readonly OnlineFitting[]
}

/** What is asked, with the licences that answer it; what the query does not take is not offered. */
function wantsOf({ asked }: StatedVpRequest, trust: Trust): readonly OnlineWant[] {
  const own = candidates().filter(({ licence }) => !isUnbound(licence))
  const held = own.map(({ licence, content, state }) =>
    queriedLicence({
      id: licence.id,
      sdJwt: licence.sdJwt,
      type: content.type,
      isValid: !isOfNoUse(state),
      validFrom: licence.summary.validFrom,
      ...(licence.summary.validTo === undefined ? {} : { validTo: licence.summary.validTo }),
    }),
  )
  return chooseForRequest(asked, { held, trust }).map(({ want, fits }) => ({
    material: want.material,
    fits: fits.flatMap((fit) => {
      const candidate = own.find(({ licence }) => licence.id === fit.licence.id)
      return candidate === undefined ? [] : [{ ...fittingOf(candidate, fit, want), fit }]
    }),
  }))
}

/** For each material the licence that would be shown: the holder's own choice, else the first, unless it would be refused. */
function chosenOf(
  wants: readonly OnlineWant[],
  own: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, OnlineFitting> {
  return new Map(
    wants.flatMap(({ material, fits }) => {
      const [best] = fits
      const first = best !== undefined && !isOfNoUse(best.state) ? best : undefined
      const chosen = own.has(material)
        ? fits.find(({ licence }) => licence.id === own.get(material))
        : first
      return chosen === undefined ? [] : [[material, chosen] as const]
    }),
  )
}

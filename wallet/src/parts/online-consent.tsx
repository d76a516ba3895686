/** The consent to a request over the network: agreeing sends. */
import type { Trust } from '@onetrip/trust'
import type { RequestVerdict, StatedRequest, StatedVpRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { candidates } from '../asked/candidates.ts'
import { fittingOf, isOfNoUse, type MaterialFits } from '../asked/fitting.ts'
import { giveOnlineAnswer, type OnlineFitting } from '../asked/give-online-answer.ts'
import { explain } from '../error-words.ts'
import { isUnbound } from '../held-licence.ts'
import { chooseForRequest, queriedLicence } from '../openid4vp.ts'
import { licences, verdicts } from '../wallet-state.ts'
import { wv } from '../words-online.ts'
import { AskedConsent } from './asked-consent.tsx'

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
  return (
    <AskedConsent
      {...{ verdict, stated, wants, onDecline }}
      expiresAt={stated.expiresAt}
      onAgree={async (chosen) => onGiven(await giveOnlineAnswer({ stated, compact, chosen }))}
      words={{
        agree: (count) => wv('online.agree', { count }),
        what: wv('online.what'),
        failed: wv('online.send-failed'),
        over: explain('request/expired'),
      }}
      screen="[data-testid=online-screen]"
    />
  )
}

/** What is asked, with the licences that answer it; what the query does not take is not offered. */
function wantsOf({ asked }: StatedVpRequest, trust: Trust): readonly MaterialFits<OnlineFitting>[] {
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

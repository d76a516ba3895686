/** What a holder gives to a delegate (代办), and what the delegate answers with it, by file name. */
import { fromBase64url } from '@onetrip/codec'
import {
  answerAsDelegate,
  answerText,
  dayToNumber,
  delegateCode,
  delegationText,
  makeDelegation,
  numberToDay,
  type OfficeRequest,
  type TypeDefinition,
  today,
} from '@onetrip/credential'
import type { SampleHolding } from './sample-wallet.ts'

const DAYS = 30

/** A licence in somebody's wallet. */
export interface SampleHeld {
  readonly holding: SampleHolding
  readonly type: TypeDefinition
}

/** The delegation, and the delegate's answer to the request; both are wrong for any other delegate, matter or request. */
export async function delegatedSamples(from: {
  readonly request: OfficeRequest
  /** A copy of the holder's licence, shown nowhere else. */
  readonly copy: SampleHeld
  /** Of the delegate's own licence, with the claims that name them. */
  readonly delegate: SampleHeld & { readonly disclose: readonly string[] }
  /** Unix seconds. */
  readonly now: number
}): Promise<Readonly<Record<string, string>>> {
  const { request, copy, delegate, now } = from
  const [want] = request.wants
  if (want === undefined) throw new TypeError('a request asks for something')
  const own = {
    credential: fromBase64url(delegate.holding.sdCwt.credential),
    type: delegate.type,
    disclose: delegate.disclose,
    signer: delegate.holding.sdCwt.signer,
  }
  const delegation = await makeDelegation({
    credential: fromBase64url(copy.holding.sdCwt.credential),
    type: copy.type,
    disclose: want.options[0]?.claims ?? [],
    signer: copy.holding.sdCwt.signer,
    delegate: delegateCode(own.signer.publicKey),
    matter: request.matter,
    endDay: numberToDay(dayToNumber(today(now)) + DAYS),
    now,
  })
  const delegations = [{ material: want.material, presentation: delegation }]
  const answer = await answerAsDelegate({ request, own, delegations, now })
  return {
    'delegation.txt': `${delegationText(delegation)}\n`,
    'delegated-answer.txt': `${answerText(answer)}\n`,
  }
}

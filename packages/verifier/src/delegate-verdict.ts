/** Who answers with delegations (代办): judged by a licence of their own, as every holder is (ARCHITECTURE §3). */
import type { Presentation } from '@onetrip/credential'
import type { AskedRequest } from './answer-subject.ts'
import type { DelegateVerdict } from './answer-verdict.ts'
import { gatherSubject, type Question } from './subject.ts'
import { isTrusted, verdictAbout } from './verify.ts'

/** A delegate who was judged. */
export interface JudgedDelegate {
  readonly verdict: DelegateVerdict
  /** By which their delegations are judged; absent while their key is not proven. */
  readonly question?: Question
}

/** Judges the delegate's own licence, bound to the request. */
export async function judgeDelegate(
  own: Presentation,
  asked: { readonly question: Question; readonly request: Pick<AskedRequest, 'matter'> },
): Promise<JudgedDelegate> {
  const { question, request } = asked
  const subject = await gatherSubject(own, question)
  const { licences, ...judged } = verdictAbout(subject, { checks: [], plan: 'delegate' })
  const [licence] = licences
  const verdict = { ...judged, ...(licence === undefined ? {} : { licence }) }
  const { holderKey: key } = own.claims
  if (key === undefined || !isTrusted(judged.checks)) return { verdict }
  const delegated = { key, matter: request.matter }
  return { verdict, question: { ...question, accept: ['delegate'], delegated } }
}

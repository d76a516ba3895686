/** The verdict on an answer: one word for the whole, then each material with what was shown as it. */

import type { Trust } from '@onetrip/trust'
import {
  Button,
  Checks,
  formatDay,
  headOf,
  LicenceFacts,
  localised,
  nextStepFor,
  ReadAloudButton,
  reasonFor,
  SignIcon,
  StatusLine,
  TONE_SIGNS,
  toneOf,
  tv,
  VerdictEvidence,
  VerdictFrame,
  type VerdictHead,
  wordOf,
} from '@onetrip/ui'
import {
  type AnswerVerdict,
  type Evidence,
  type LicenceVerdict,
  type MaterialVerdict,
  newestType,
} from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { tick } from '../clock.ts'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { holderOf } from '../scan-record.ts'
import { ask, leaveAsking, showReceipt } from './ask-acts.ts'
import type { AskPlan, ProofTexts } from './ask-signal.ts'
import { ProofFiles } from './proof-files.tsx'
import { licencesOf } from './tell-answer.ts'
import { ta } from './words-ask.ts'

/** Properties of {@link AnswerView}. */
export interface AnswerViewProps {
  readonly id: string
  /** When it was judged, Unix seconds. */
  readonly at: number
  readonly verdict: AnswerVerdict
  readonly plan: AskPlan
  readonly proof: ProofTexts
  readonly walletOrigin?: string
  readonly trust: Trust
}

/** Shows the verdict until the clerk goes on. */
export function AnswerView(props: AnswerViewProps): VNode {
  const { at, verdict, trust } = props
  const { outcome, reason, unasked, delegate } = verdict
  const head = headOf({ ...verdict, licences: licencesOf(verdict) }, at)
  const officeName = (office: string): string | undefined => {
    const found = trust.office(office)
    return found === undefined ? undefined : localised(found.name)
  }
  const shown = { at, now: Math.max(at, tick.value), officeName }
  // Of a delegate's answer the person to check is the delegate, and what is shown names somebody else.
  const isHolder = delegate === undefined
  return (
    <VerdictFrame
      verdict={verdict}
      head={head}
      why={whyOf(head)}
      nextStep={reason === undefined ? undefined : nextStepFor(reason, outcome)}
      checkPerson={isHolder && licencesOf(verdict).some(({ checkPerson }) => checkPerson)}
      actions={<Actions {...props} />}
    >
      {delegate === undefined ? null : (
        <Answered title={ta('delegate')} of={delegate} trust={trust} testId="delegate" {...shown}>
          <p class="verdict-person">
            <SignIcon sign="person" />
            {ta('delegate.check')}
          </p>
          <p>{ta('delegate.text')}</p>
        </Answered>
      )}
      {verdict.materials.map((material) => (
        <MaterialFacts key={material.material.code} of={material} trust={trust} {...shown} />
      ))}
      {unasked.length === 0 ? null : <p>{ta('unasked', { count: unasked.length })}</p>}
      <VerdictEvidence verdict={{ ...verdict, licences: [] }} {...shown} />
      {props.plan.isOnline ? <ProofFiles id={props.id} proof={props.proof} /> : null}
    </VerdictFrame>
  )
}

function whyOf({ reason, endsOn }: VerdictHead): string {
  if (reason !== undefined) return reasonFor(reason)
  const soon = endsOn === undefined ? '' : tv('ends-soon', { day: formatDay(endsOn) })
  return `${ta('all')} ${soon}`.trim()
}

function Actions({ id, plan, proof }: AnswerViewProps): VNode {
  const buttons = useRef<HTMLDivElement>(null)
  useEffect(() => {
    window.scrollTo(0, 0)
    buttons.current?.querySelector('button')?.focus({ preventScroll: true })
  }, [id])
  return (
    <div class="verdict-go" ref={buttons}>
      {proof.receipt === undefined ? (
        <Button kind="primary" onPress={() => void ask(plan)} testId="ask-again">
          {ta('again')}
        </Button>
      ) : (
        <Button kind="primary" onPress={showReceipt} testId="give-receipt">
          {ta('receipt.give')}
        </Button>
      )}
      <Button onPress={leaveAsking} testId="next-scan">
        {ta('leave')}
      </Button>
      <a class="button" href={placeAddress('note', id)} data-testid="verdict-note">
        {tc('verdict.note')}
      </a>
      <ReadAloudButton part="[data-testid=verdict]" />
    </div>
  )
}

interface FactsProps {
  readonly trust: Trust
  readonly at: number
  readonly now: number
  readonly officeName: (id: string) => string | undefined
}

/** A material, and the facts of the licence that was shown as it. */
function MaterialFacts({ of, ...rest }: FactsProps & { readonly of: MaterialVerdict }): VNode {
  const { material, licence, missing } = of
  const title = material.name === undefined ? material.code : localised(material.name)
  const hidden = namesOf(missing, licence?.typeCode, rest.trust)
  return (
    <Answered title={title} of={of} testId="answer-material" {...rest}>
      {missing.length === 0 ? null : <p>{ta('material.hidden', { names: hidden })}</p>}
    </Answered>
  )
}

interface AnsweredProps extends FactsProps {
  readonly title: string
  readonly of: Pick<MaterialVerdict, 'outcome' | 'reason' | 'checks'> & {
    readonly evidence?: Evidence
    readonly licence?: LicenceVerdict
  }
  readonly testId: string
  readonly children: ComponentChildren
}

/** What came of one thing that was shown, and the facts of its licence. */
function Answered({ title, of, trust, testId, children, ...shown }: AnsweredProps): VNode {
  const { outcome, reason, evidence, licence, checks } = of
  const head = headOf({ ...of, licences: licence === undefined ? [] : [licence] }, shown.at)
  const tone = toneOf(head)
  const word = evidence === undefined ? ta('material.absent') : wordOf(head)
  return (
    <section class="answered" data-testid={testId} data-outcome={outcome}>
      <div class={`answered-head tone-${tone}`}>
        <SignIcon sign={TONE_SIGNS[tone]} />
        <h2>{title}</h2>
        <strong>{word}</strong>
      </div>
      {reason === undefined || evidence === undefined ? null : <p>{reasonFor(reason)}</p>}
      {children}
      {licence === undefined || evidence === undefined ? null : (
        <LicenceFacts
          licence={licence}
          verdict={{ ...of, evidence, licences: [licence] }}
          holderOf={(each) => holderOf(each, trust.types)}
          {...shown}
        />
      )}
      {evidence === undefined ? null : (
        <p data-testid="material-age">
          <StatusLine verdict={{ ...of, evidence, licences: [] }} {...shown} />
        </p>
      )}
      {checks.length === 0 ? null : (
        <Checks checks={checks} place={evidence?.statusPlace} testId="material-checks" />
      )}
    </section>
  )
}

function namesOf(claims: readonly string[], typeCode: string | undefined, trust: Trust): string {
  const type = newestType(trust, typeCode ?? '')
  return claims
    .map((name) => {
      const known = type?.claims.find((claim) => claim.name === name)
      return known === undefined ? name : localised(known.display)
    })
    .join(ta('claims.join'))
}

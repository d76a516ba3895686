/** One impression of a seal: who sealed, when, under which approval, and whether the content changed since. */

import type { Check, ImpressionVerdict, ShownImpression } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { reasonFor } from '../code-words.ts'
import { Data } from '../data-text.tsx'
import { localised, withNodes } from '../language.ts'
import { Row } from '../licence-card.tsx'
import { SignIcon } from '../sign-icon.tsx'
import { Checks } from '../verdict-evidence.tsx'
import { TONE_SIGNS, toneOf, wordOf } from '../verdict-words.ts'
import { changeSince } from './change-since.ts'
import { td } from './document-words.ts'
import { formatBytes } from './format-bytes.ts'
import { formatSealingTime } from './format-sealing-time.ts'
import { SealPicture } from './seal-picture.tsx'
import { OwnerRow, SealRows, SealStatus, Small } from './seal-rows.tsx'

/** Properties of {@link ImpressionCard}. */
export interface ImpressionCardProps {
  readonly impression: ImpressionVerdict
  /** From 1, as in the list and on the pages. */
  readonly number: number
  /** How many there are. */
  readonly count: number
  /** The checks on the whole file. */
  readonly fileChecks: readonly Check[]
  /** When it was verified, Unix seconds. */
  readonly at: number
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
  /** Gives the number of another impression of the file by its digest. */
  readonly numberOf: (digest: string) => number | undefined
}

/** Shows one impression with its own outcome, in words and with a sign of its own. */
export function ImpressionCard(props: ImpressionCardProps): VNode {
  const { impression, number } = props
  const { outcome, reason, seal } = impression
  const tone = toneOf(impression)
  const id = `impression-${number}`
  return (
    <article
      class={`impression impression-${tone}`}
      id={id}
      aria-labelledby={`${id}-title`}
      data-testid="impression"
      data-outcome={outcome}
      data-code={reason ?? ''}
    >
      <p class="impression-outcome">
        <span class="impression-number">{td('impression', { number })}</span>
        <span class={`impression-word tone-${tone}`}>
          <SignIcon sign={TONE_SIGNS[tone]} />
          <strong>{wordOf(impression)}</strong>
        </span>
      </p>
      <div class="impression-seal">
        {seal === undefined ? null : <SealPicture seal={seal} />}
        <h2 id={`${id}-title`} class="impression-name">
          {seal === undefined ? td('seal.unconfirmed') : <Data>{seal.name}</Data>}
        </h2>
      </div>
      {reason === undefined ? null : <p class="impression-reason">{reasonFor(reason)}</p>}
      <Answers {...props} />
      <div>
        {seal === undefined ? null : (
          <details class="checks">
            <summary>{td('more.label')}</summary>
            <dl class="rows">
              <SealRows seal={seal} ended={td('period.ended')} />
            </dl>
          </details>
        )}
        <Checks checks={impression.checks} testId="impression-checks" />
      </div>
    </article>
  )
}

/** What a person asks of a seal, in that order. */
function Answers(props: ImpressionCardProps): VNode {
  const { seal, stated } = props.impression
  return (
    <dl class="rows">
      {seal === undefined ? null : <OwnerRow term={td('who.label')} owner={seal.owner} />}
      {stated === undefined ? (
        <Row term={td('when.label')}>
          <span class="hint">{td('unsigned.use')}</span>
        </Row>
      ) : (
        <Use stated={stated} />
      )}
      <Row term={td('changed.label')}>
        <Change {...props} />
      </Row>
      <Confirms {...props} />
      <SealStatus {...props.impression} at={props.at} now={props.now} />
    </dl>
  )
}

interface UseProps {
  readonly stated: ShownImpression
}

function Use({ stated }: UseProps): VNode {
  return (
    <>
      <Row term={td('when.label')}>
        {formatSealingTime(stated.issuedAt)}{' '}
        <Small>
          <Proof proof={stated.proofOfTime} />
        </Small>
      </Row>
      <Row term={td('approval.label')}>
        {withNodes(td('approval.number'), { number: <Data>{stated.approval}</Data> })}
      </Row>
      <Row term={td('purpose.label')}>
        <Data>{stated.purpose}</Data>
      </Row>
    </>
  )
}

/** On whose word the time rests. */
function Proof({ proof }: { readonly proof: ShownImpression['proofOfTime'] }): VNode {
  if (proof.kind === 'none') return <>{td('when.clock')}</>
  if (proof.kind === 'refused') return <>{td('when.refused')}</>
  return withNodes(td('when.proven'), {
    by: <Data>{localised(proof.by.name)}</Data>,
    time: formatSealingTime(proof.time),
  })
}

function Change({ impression, fileChecks, number, count }: ImpressionCardProps): VNode {
  const change = changeSince(impression, fileChecks)
  const { stated, place } = impression
  const later = number < count ? 'covers.pdf-later' : 'covers.pdf'
  const whole = place === undefined ? 'covers.whole' : later
  return (
    <>
      <strong data-testid="changed" data-changed={change}>
        {td(change === 'yes' && place !== undefined ? 'changed.yes-pdf' : `changed.${change}`)}
      </strong>{' '}
      {stated === undefined ? null : (
        <Small>
          {td(change === 'no' ? whole : 'covers.stated', {
            bytes: formatBytes(stated.coveredBytes.end),
          })}
        </Small>
      )}
    </>
  )
}

/** Which earlier impressions it counter-seals. */
function Confirms({ impression, numberOf }: ImpressionCardProps): VNode | null {
  const numbers = (impression.stated?.covers ?? []).map((digest) => numberOf(digest) ?? '?')
  if (numbers.length === 0) return null
  return (
    <Row term={td('confirms.label')}>
      {td('confirms.value', { numbers: numbers.join(td('confirms.join')) })}
    </Row>
  )
}

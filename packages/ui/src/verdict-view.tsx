/** The verdict on what was shown: its frame, the facts, the evidence's age. */

import type { LicenceVerdict, Verdict } from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { nextStepFor, reasonFor } from './code-words.ts'
import { Data, GroupedNumber } from './data-text.tsx'
import { formatDate, formatDay, formatValidity } from './formatters.ts'
import { localised, withNodes } from './language.ts'
import { Row } from './licence-card.tsx'
import { LicenceSealRow, wasSealInUse } from './licence-seal-row.tsx'
import { picturesOf } from './rare.ts'
import { StatusLine, VerdictEvidence } from './verdict-evidence.tsx'
import { VerdictFrame } from './verdict-frame.tsx'
import { tv } from './verdict-messages.ts'
import { headOf, type VerdictHead } from './verdict-words.ts'

/** Properties of {@link VerdictView}. */
export interface VerdictViewProps {
  readonly verdict: Verdict
  /** When it was verified, Unix seconds. */
  readonly at: number
  /** The time ages are counted to, Unix seconds; `at` when left out. */
  readonly now?: number
  /** Gives the holder's name among the claims, by the type's definition. */
  readonly holderOf?: (licence: LicenceVerdict) => string | undefined
  /** Gives an office's name from the trust list. */
  readonly officeName?: (id: string) => string | undefined
  /** The next step in this place, when the general one does not fit. */
  readonly nextStep?: string | undefined
  /** Buttons under the head, such as "next scan". */
  readonly actions?: ComponentChildren
}

/** Shows a verdict. */
export function VerdictView(props: VerdictViewProps): VNode {
  const { verdict, actions } = props
  const head = headOf(verdict, props.at)
  const { reason } = verdict
  return (
    <VerdictFrame
      verdict={verdict}
      head={head}
      why={reason === undefined ? <WhyValid {...props} head={head} /> : reasonFor(reason)}
      nextStep={props.nextStep ?? nextStepOf(head)}
      checkPerson={verdict.licences.some((licence) => licence.checkPerson)}
      actions={actions}
    >
      {verdict.licences.map((licence) => (
        <LicenceFacts key={licence.serial} licence={licence} {...props} />
      ))}
      <VerdictEvidence {...props} />
    </VerdictFrame>
  )
}

function nextStepOf({ outcome, reason, endsOn }: VerdictHead): string | undefined {
  if (reason !== undefined) return nextStepFor(reason, outcome)
  return endsOn === undefined ? undefined : tv('ends-soon.next')
}

function WhyValid({ head, ...props }: VerdictViewProps & { readonly head: VerdictHead }): VNode {
  const { endsOn } = head
  return (
    <>
      {endsOn === undefined ? null : <>{tv('ends-soon', { day: formatDay(endsOn) })} </>}
      <StatusLine {...props} />
    </>
  )
}

/** Properties of {@link LicenceFacts}. */
export interface LicenceFactsProps
  extends Pick<VerdictViewProps, 'verdict' | 'at' | 'now' | 'holderOf' | 'officeName'> {
  readonly licence: LicenceVerdict
}

/** What a licence states, row by row. */
export function LicenceFacts(props: LicenceFactsProps): VNode {
  const { licence, holderOf, officeName, verdict, at, now = at } = props
  const holder = holderOf?.(licence)
  const pictures = picturesOf(licence.claims)
  const holderClaim = licence.claims.find((claim) => claim.value === holder)
  // Pictures of characters are part of the text that they belong to, not a row of their own.
  const others = licence.claims.filter(
    (claim) => claim.value !== holder && claim.format !== 'glyphs',
  )
  return (
    <article class="facts" data-testid="verdict-licence">
      <p class="facts-type">
        <Data>{localised(licence.typeName)}</Data>
      </p>
      {holder === undefined ? null : (
        <h2 class="facts-holder">
          <Data pictures={pictures.get(holderClaim?.name ?? '')}>{holder}</Data>
        </h2>
      )}
      {licence.copy === undefined ? null : (
        <p class="facts-copy">
          {withNodes(tv('copy'), {
            recipient: <Data>{recipientText(licence.copy.recipient, officeName)}</Data>,
            purpose: <Data>{licence.copy.purpose}</Data>,
            // The end is exclusive: the last day is the one before it.
            end: formatDate(licence.copy.endsAt - 1),
          })}
        </p>
      )}
      <dl class="rows">
        <Row term={tv('issuer')}>
          <Data>{localised(licence.issuer.name)}</Data>
          {licence.issuer.jurisdiction === undefined ? null : (
            <span class="hint" data-testid="verdict-recognised">
              {' '}
              {tv('recognition.from', { name: localised(licence.issuer.jurisdiction.name) })}
            </span>
          )}
        </Row>
        <Row term={tv('validity')}>{formatValidity(licence)}</Row>
        <Row term={tv('serial')}>
          <GroupedNumber value={licence.serial} />
        </Row>
        {others.map((claim) => (
          <Row key={claim.name} term={localised(claim.display)}>
            <ClaimValue claim={claim} pictures={pictures.get(claim.name)} />
          </Row>
        ))}
        {licence.seal === undefined ? null : (
          <LicenceSealRow seal={licence.seal} wasInUse={wasSealInUse(verdict)} now={now} />
        )}
        {licence.identifier === undefined ? null : (
          <Row term={tv('identifier')}>
            <span class="small">
              <Identifier text={licence.identifier} />
            </span>
          </Row>
        )}
      </dl>
      {licence.hiddenCount > 0 ? (
        <p class="hint">{tv('hidden', { count: licence.hiddenCount })}</p>
      ) : null}
    </article>
  )
}

type Claim = LicenceVerdict['claims'][number]

interface ClaimValueProps {
  readonly claim: Claim
  readonly pictures: string | undefined
}

function ClaimValue({ claim, pictures }: ClaimValueProps): VNode {
  const { format, value, text } = claim
  if (format === 'uscc' || format === 'id-number') return <GroupedNumber value={String(value)} />
  return <Data pictures={pictures}>{localised(text)}</Data>
}

/** The identifier may break after its dots, and is whole when it is copied. */
function Identifier({ text }: { readonly text: string }): VNode {
  const parts = text.split('.')
  return (
    <bdi translate={false} class="data">
      {parts.flatMap((part, index) =>
        index === parts.length - 1 ? [part] : [`${part}.`, <wbr key={index} />],
      )}
    </bdi>
  )
}

type Recipient = NonNullable<LicenceVerdict['copy']>['recipient']

function recipientText(recipient: Recipient, officeName: VerdictViewProps['officeName']): string {
  if ('name' in recipient) return recipient.name
  return officeName?.(recipient.office) ?? recipient.office
}

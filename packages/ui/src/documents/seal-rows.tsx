/** What a seal states, row by row: on the card of an impression, and of a seal by itself. */

import type { SealOwner, TimeStamp } from '@onetrip/seal'
import type { StatedSeal, StatusEvidence } from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { Data, GroupedNumber } from '../data-text.tsx'
import { formatAge, formatDate, formatMoment } from '../formatters.ts'
import { localised } from '../language.ts'
import { Row } from '../licence-card.tsx'
import { td } from './document-words.ts'

/** Properties of {@link OwnerRow}. */
export interface OwnerRowProps {
  readonly term: string
  readonly owner: SealOwner
}

/** Whose seal it is. */
export function OwnerRow({ term, owner }: OwnerRowProps): VNode {
  return (
    <Row term={term}>
      <Data>{owner.name}</Data>{' '}
      <Small>
        <GroupedNumber value={owner.uscc} />
      </Small>
    </Row>
  )
}

/** Properties of {@link SealRows}. */
export interface SealRowsProps {
  readonly seal: StatedSeal
  /** Said when its period is over. */
  readonly ended?: string
}

/** Its kind, number, maker, period and size. */
export function SealRows({ seal, ended }: SealRowsProps): VNode {
  const { kind, id, maker, validFrom, validTo, hasEnded, image } = seal
  const period = td('period.value', { from: formatDate(validFrom), to: formatDate(validTo) })
  return (
    <>
      <Row term={td('kind.label')}>{td(`kind.${kind}`)}</Row>
      <Row term={td('number.label')}>
        <GroupedNumber value={id} />
      </Row>
      <Row term={td('maker.label')}>
        <Data>{localised(maker.name)}</Data>
      </Row>
      <Row term={td('period.label')}>
        {period} {hasEnded && ended !== undefined ? <Small>{ended}</Small> : null}
      </Row>
      <Row term={td('size.label')}>
        {td('size.value', { width: image.widthMm, height: image.heightMm })}
      </Row>
    </>
  )
}

/** Properties of {@link SealStatus}. */
export interface SealStatusProps {
  readonly status?: StatusEvidence
  readonly sealedBefore?: TimeStamp
  /** When it was verified, Unix seconds. */
  readonly at: number
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
}

/** What the maker's status list says of it, and how old that is. */
export function SealStatus({ status, sealedBefore, at, now }: SealStatusProps): VNode | null {
  if (status === undefined) return null
  const age = formatAge(status.ageSeconds + now - at)
  return (
    <Row term={td('status.label')}>
      {td(`status.${status.value}`, { time: formatMoment(status.asOf, now) })}{' '}
      <Small>{td('status.age', { age })}</Small>
      {sealedBefore === undefined ? null : <strong>{td('status.before')}</strong>}
    </Row>
  )
}

/** A line of less weight under a row's value. */
export function Small({ children }: { readonly children: ComponentChildren }): VNode {
  return <span class="impression-small hint">{children}</span>
}

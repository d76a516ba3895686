/** A licence as a card: its type's hue and line pattern, title, number, holder, seal, state. */

import { guilloche } from '@onetrip/credential'
import type { ComponentChildren, VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { Data, GroupedNumber } from './data-text.tsx'
import { type Localised, localised } from './language.ts'
import { t, type UiMessage } from './messages.ts'
import { Seal } from './seal.tsx'

/** What the holder should know about a licence at a glance. */
export type LicenceState =
  /** Not told yet: nothing is stamped. */
  | 'checking'
  | 'in-force'
  | 'expired'
  | 'revoked'
  | 'suspended'
  | 'not-yet-valid'
  | 'superseded'
  | 'unknown'

/** Properties of {@link LicenceCard}. */
export interface LicenceCardProps {
  /** 21-character type code; draws the pattern. */
  readonly typeCode: string
  readonly title: Localised
  /** Hue of the type in degrees. */
  readonly hue: number
  /** The licence's number as a person knows it. */
  readonly number: string
  readonly holder: string
  /** Pictures of the rare characters in the holder's name, in base64url. */
  readonly holderPictures?: string | undefined
  /** From the trust list, never from the credential. */
  readonly issuer?: string
  /** Validity in words, as from `formatValidity`. */
  readonly validity?: string
  /** Stamped across the card when it is not `in-force`. */
  readonly state: LicenceState
  /** Name around the seal; no seal is drawn when left out. */
  readonly sealName?: string
  /** The seal carries 样例. */
  readonly sample?: boolean
  /** Rows between holder and seal: a licence's page shows its claims here. */
  readonly children?: ComponentChildren
  /** Buttons at the foot of the card. */
  readonly actions?: ComponentChildren
  /** Level of the title; 2 unless said. */
  readonly headingLevel?: 1 | 2 | 3
  readonly testId?: string
}

/** A licence card; also a licence's own page, which is the same card with more rows. */
export function LicenceCard(props: LicenceCardProps): VNode {
  const pattern = useMemo(() => guilloche(props.typeCode), [props.typeCode])
  const Heading = `h${props.headingLevel ?? 2}` as const
  return (
    <article
      class={`licence licence-${props.state}`}
      style={{ '--hue': String(props.hue) }}
      data-testid={props.testId ?? 'licence-card'}
      data-state={props.state}
    >
      <svg class="guilloche" viewBox="0 0 320 200" aria-hidden="true">
        <path d={pattern.rosette} />
        {pattern.waves.map((wave) => (
          <path key={wave} d={wave} />
        ))}
      </svg>
      <Heading class="licence-title">{localised(props.title)}</Heading>
      <dl class="licence-rows">
        <Row term={t('card.number')}>
          <span class="licence-number">
            <GroupedNumber value={props.number} />
          </span>
        </Row>
        <Row term={t('card.holder')}>
          <Data pictures={props.holderPictures}>{props.holder}</Data>
        </Row>
        {props.issuer === undefined ? null : (
          <Row term={t('card.issuer')}>
            <Data>{props.issuer}</Data>
          </Row>
        )}
        {props.validity === undefined ? null : (
          <Row term={t('card.validity')}>{props.validity}</Row>
        )}
      </dl>
      {props.children}
      {props.sealName === undefined ? null : (
        <Seal name={props.sealName} sample={props.sample ?? false} />
      )}
      <div class={props.sealName === undefined ? 'licence-foot' : 'licence-foot licence-sealed'}>
        <div class="actions">{props.actions}</div>
        {props.state === 'in-force' || props.state === 'checking' ? null : (
          <p class="stamp">{t(`state.${props.state}` satisfies UiMessage)}</p>
        )}
      </div>
    </article>
  )
}

/** Properties of {@link Row}. */
export interface RowProps {
  readonly term: ComponentChildren
  readonly children: ComponentChildren
}

/** One term and its description inside a `dl`. */
export function Row({ term, children }: RowProps): VNode {
  return (
    <div class="row">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

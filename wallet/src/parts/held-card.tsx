/** A held licence as a card, from its stored summary and its present state. */
import { formatValidity, LicenceCard, localised } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import type { HeldLicence } from '../held-licence.ts'
import type { HeldState } from '../licence-state.ts'
import { settings } from '../wallet-state.ts'

/** Properties of {@link HeldCard}. */
export interface HeldCardProps {
  readonly licence: HeldLicence
  readonly state: HeldState
  readonly children?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly headingLevel?: 1 | 2 | 3
  readonly testId?: string
  /** Draws the seal at the lower right. */
  readonly sealed?: boolean
}

/** The card of a held licence. */
export function HeldCard(props: HeldCardProps): VNode {
  const { summary } = props.licence
  const { children, actions, headingLevel, testId } = props
  return (
    <LicenceCard
      typeCode={summary.typeCode}
      title={summary.typeName}
      hue={summary.hue}
      number={summary.number}
      holder={summary.holder}
      holderPictures={summary.holderPictures}
      issuer={localised(summary.issuer)}
      validity={formatValidity(summary)}
      state={props.state.state}
      sample={settings.environment !== 'production'}
      {...(props.sealed ? { sealName: summary.issuer['zh-CN'] } : {})}
      {...(children === undefined ? {} : { children })}
      {...(actions === undefined ? {} : { actions })}
      {...(headingLevel === undefined ? {} : { headingLevel })}
      {...(testId === undefined ? {} : { testId })}
    />
  )
}

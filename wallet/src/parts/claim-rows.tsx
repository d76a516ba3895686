/** Claims as rows of term and value, in the current language. */
import type { DisclosedClaim } from '@onetrip/credential'
import { Data, formatDay, localised, Row } from '@onetrip/ui'
import { Fragment, type VNode } from 'preact'

/** Properties of {@link ClaimRows}. */
export interface ClaimRowsProps {
  readonly claims: readonly DisclosedClaim[]
}

/** One row per claim, for inside a `dl`. */
export function ClaimRows({ claims }: ClaimRowsProps): VNode {
  // Pictures of characters are part of the text that they belong to, not a row of their own.
  const rows = claims.filter(({ format }) => format !== 'glyphs')
  return (
    <Fragment>
      {rows.map((claim) => (
        <Row key={claim.name} term={localised(claim.display)}>
          <Data>{claimText(claim)}</Data>
        </Row>
      ))}
    </Fragment>
  )
}

function claimText(claim: DisclosedClaim): string {
  return claim.format === 'date' ? formatDay(String(claim.value)) : localised(claim.text)
}

/** Claims as rows of term and value, in the current language. */
import type { DisclosedClaim } from '@onetrip/credential'
import { Data, localised, Row } from '@onetrip/ui'
import { Fragment, type VNode } from 'preact'

/** Properties of {@link ClaimRows}. */
export interface ClaimRowsProps {
  readonly claims: readonly DisclosedClaim[]
  /** Pictures of rare characters in base64url, by the name of the claim. */
  readonly pictures: ReadonlyMap<string, string>
}

/** One row per claim, for inside a `dl`. */
export function ClaimRows({ claims, pictures }: ClaimRowsProps): VNode {
  return (
    <Fragment>
      {claims.map((claim) => (
        <Row key={claim.name} term={localised(claim.display)}>
          <Data pictures={pictures.get(claim.name)}>{localised(claim.text)}</Data>
        </Row>
      ))}
    </Fragment>
  )
}

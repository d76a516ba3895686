/** What a licence says, claim by claim, with the names and words of its type. */

import type { TypeDefinition } from '@onetrip/credential'
import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { claimWords } from '../claims-flow.tsx'

/** Rows of a definition list. */
export function ClaimRows(props: {
  readonly claims: Readonly<Record<string, string | number>>
  readonly definition: TypeDefinition
}): VNode {
  const { claims, definition } = props
  return (
    <>
      {definition.claims
        // Glyphs are pictures of another claim's characters.
        .filter(({ name, of }) => of === undefined && claims[name] !== undefined)
        .map((claim) => (
          <Row key={claim.name} term={localised(claim.display)}>
            <Data>{claimWords(claim, claims[claim.name] ?? '')}</Data>
          </Row>
        ))}
    </>
  )
}

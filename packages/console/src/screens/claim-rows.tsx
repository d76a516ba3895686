/** What a licence says, claim by claim, with the names and words of its type. */

import type { TypeDefinition } from '@onetrip/credential'
import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'

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
        .map(({ name, display, codes }) => {
          const value = String(claims[name])
          const coded = codes?.[value]
          return (
            <Row key={name} term={localised(display)}>
              <Data>{coded === undefined ? value : localised(coded)}</Data>
            </Row>
          )
        })}
    </>
  )
}

/** What can be let to a delegate: licences with a copy to spare, the matters that take them, and the claims that a matter may ask. */
import type { Matter, Trust } from '@onetrip/trust'
import { type Candidate, isOfNoUse } from '../asked/fitting.ts'
import type { ClaimChoice } from '../disclosure.ts'
import { isUnbound } from '../held-licence.ts'
import { copyToLend } from './delegation-record.ts'

/** A licence with what of it the matters may ask. */
export interface Lendable extends Candidate {
  readonly matters: readonly LendableMatter[]
}

/** A matter, and the claims of the licence that it may ask. */
export interface LendableMatter extends Pick<Matter, 'code' | 'name'> {
  readonly choice: ClaimChoice
}

/** Of all candidates those in force, with a copy to lend, that some matter takes. */
export function lendable(candidates: readonly Candidate[], trust: Trust): readonly Lendable[] {
  return candidates.flatMap((candidate) => {
    const { licence, content, state } = candidate
    if (isUnbound(licence) || isOfNoUse(state) || copyToLend(licence) === undefined) return []
    const { typeCode } = content.type
    const matters = trust.matters.flatMap(({ code, name, materials }) => {
      const accepted = materials.flatMap(({ accepts }) =>
        accepts.filter(({ type }) => type === typeCode),
      )
      if (accepted.length === 0) return []
      const asked = new Set(accepted.flatMap(({ claims }) => claims))
      const { fixed, selectable } = content.choice
      const choice = { fixed, selectable: selectable.filter((claim) => asked.has(claim.name)) }
      return [{ code, name, choice }]
    })
    return matters.length === 0 ? [] : [{ ...candidate, matters }]
  })
}

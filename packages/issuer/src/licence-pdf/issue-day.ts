/**
 * The day that a licence's file states as 发证日期. When a record of it was made says nothing of that: the day is one that
 * file, code and wallet all state.
 */
import type { LicenceFacts, TypeDefinition } from '@onetrip/credential'

/** 证照颁发日期 (GB/T 36903-2018). */
const ISSUE_DAY_ELEMENT = 'ZZBFRQ'

/** The claim that the type has for it, else the licence's first day; `YYYY-MM-DD`. */
export function issueDay({ claims }: TypeDefinition, facts: LicenceFacts): string {
  const claim = claims.find(
    ({ element, format }) => element === ISSUE_DAY_ELEMENT && format === 'date',
  )
  const day = claim === undefined ? undefined : facts.claims[claim.name]
  return typeof day === 'string' ? day : facts.validFrom
}

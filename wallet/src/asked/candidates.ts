/** The licences of the wallet as far as answering needs them. */
import { licenceContent } from '../licence-content.ts'
import { stateNow } from '../state-now.ts'
import { licences, trust } from '../wallet-state.ts'
import type { Candidate } from './fitting.ts'

/** The licences of the open wallet. */
export function candidates(): readonly Candidate[] {
  return licences.value.flatMap((licence) => {
    const content = licenceContent(licence, trust.value)
    return content === undefined ? [] : [{ licence, content, state: stateNow(licence) }]
  })
}

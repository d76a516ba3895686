/** A held licence's state as the screens show it. */
import type { HeldLicence } from './held-licence.ts'
import { withEnd } from './licence-end.ts'
import { CHECKING, type HeldState, heldState } from './licence-state.ts'
import { licences, trustStore, verdicts } from './wallet-state.ts'

/** The state by the last check; {@link CHECKING} while there are trust data, or may be, and no check yet. */
export function stateNow(licence: HeldLicence): HeldState {
  const { id, summary } = licence
  const verdict = verdicts.value.get(id)
  const comes = verdict === undefined && trustStore.state.value.phase !== 'empty'
  return withEnd(licence, comes ? CHECKING : heldState(verdict, summary), licences.value)
}

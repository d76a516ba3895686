/**
 * What the wallet keeps of a consent: who asked, for what, which claims of which licences were shown by name, and the texts that
 * prove it later. The answer holds the facts themselves, so it lies where the licences do: under the lock's key once there is one.
 */
import type { DisplayText } from '@onetrip/credential'
import type { StatedRequest } from '@onetrip/verifier'
import type { HISTORY_FORMAT } from '../history-entry.ts'

/** A licence that was shown. */
export interface ConsentLicence {
  /** Code of the material that it served as. */
  readonly material: string
  readonly materialName?: DisplayText
  readonly licenceId: string
  readonly typeName: DisplayText
  /** The licence's number. */
  readonly number: string
  /** Everything disclosed, in the order of the type definition. */
  readonly claims: readonly DisplayText[]
}

/** One answer to an office's request. */
export interface ConsentEntry {
  readonly format: typeof HISTORY_FORMAT
  readonly id: string
  /** When the holder agreed, Unix seconds. */
  readonly at: number
  readonly kind: 'consent'
  readonly office: StatedRequest['office']
  readonly device: StatedRequest['device']
  readonly matter: StatedRequest['matter']
  /** In the office's words. */
  readonly purpose: string
  readonly shown: readonly ConsentLicence[]
  /** It came out of a backup, and its request and answer do not prove what it says; absent where this wallet made or proved it. */
  readonly unproven?: true
  /** Texts of the codes: `OT1:…`, or frames, one a line; over the network the request object and the `vp_token`. */
  readonly request: string
  readonly answer: string
  /** The office's receipt, once it was verified. */
  readonly receipt?: {
    /** When the office received the answer, by its own word; Unix seconds. */
    readonly at: number
    readonly text: string
    /** It came out of a backup and could not be judged then; absent once it was verified. */
    readonly unconfirmed?: true
  }
}

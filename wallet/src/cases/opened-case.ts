/** What the parts of a case's page work with. */
import type { JsonObject } from '@onetrip/codec'
import type { AgencySession } from '../agency/sign-in.ts'
import type { MyCase } from './case-data.ts'
import type { Work } from './use-work.ts'

/** A case on the screen. */
export interface OpenedCase {
  readonly session: AgencySession
  readonly work: Work
  /** The case as it was last read: what waits for another change goes on from where that led. */
  readonly latest: () => MyCase
  /** Does one thing once those before it are over, says what came of it, and reads the case again. True when it was done. */
  readonly act: (act: () => Promise<unknown>) => Promise<boolean>
  /** Sends a change of what stands at `path` below the case. */
  readonly change: (path: string, body: JsonObject) => Promise<JsonObject>
}

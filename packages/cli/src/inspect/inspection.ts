/** What inspecting gives: what a thing is and what stands in it, as one tree that people and machines read. */
import type { ErrorCode, JsonObject } from '@onetrip/codec'

/** Says what the input is; nothing in it was verified. */
export interface Inspection {
  /** Short name for machines: `sd-cwt`, `tuf-root`, `json`, `unknown`. */
  readonly kind: string
  /** What it is, in words. */
  readonly name: string
  /** Why it is not a good one of its kind; what could be read is told all the same. */
  readonly fault?: ErrorCode
  readonly verified: false
  /** Of the input, in bytes. */
  readonly bytes: number
  /** Times are UTC texts, byte strings are hexadecimal, secrets are left out. */
  readonly parts: JsonObject
}

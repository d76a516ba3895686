/** What a row of the table of recognisers is. */
import type { JsonObject } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import type { Opened } from './opened.ts'

/** What a recogniser tells of an input that is its own. */
export interface Finding {
  readonly parts: JsonObject
  /** Parses strictly, as a verifier does before it looks at any signature; throws `Fault`. */
  readonly check?: () => void
}

/** One kind of thing. */
export interface Recogniser {
  readonly kind: string
  readonly name: string
  /**
   * Nothing when the input is something else. Throws `Fault` when it is one, but cannot be told.
   * `types` name the claims of a licence.
   */
  readonly find: (
    opened: Opened,
    types: readonly TypeDefinition[],
  ) => Finding | undefined | Promise<Finding | undefined>
}

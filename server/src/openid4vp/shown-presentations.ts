/** What was shown to a counter, as it is kept sealed until the counter fetches it: by credential of the query. */
import type { JsonObject } from '@onetrip/codec'
import type { VpPart } from '@onetrip/credential'
import * as v from 'valibot'

/** The presentations of an answer, in its order. */
export const SHOWN: v.GenericSchema<unknown, { readonly presentations: readonly VpPart[] }> =
  v.object({ presentations: v.array(v.object({ queryId: v.string(), presentation: v.string() })) })

/** Presentations as a result. */
export function shownOf(parts: readonly VpPart[]): JsonObject {
  return {
    presentations: parts.map(({ queryId, presentation }) => ({ queryId, presentation })),
  }
}

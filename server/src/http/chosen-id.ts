/** An id that whoever sends something chooses, so that a retry is the same: random, so that it is never that of a record made here (UUIDv7), which the log would then tell as one. */
import * as v from 'valibot'

/** A UUID of version 4 (RFC 9562 §5.4), in lower case. */
export const CHOSEN_ID: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  v.metadata({ format: 'uuid' }),
)

/** What an agency's system asks for: the request's shape, then the type's own rules. */
import { fault } from '@onetrip/codec'
import {
  assertFacts,
  dayToNumber,
  type LicenceFacts,
  type TypeDefinition,
} from '@onetrip/credential'
import * as v from 'valibot'
import { plainText } from './plain-text.ts'

/** A calendar day. */
export const LICENCE_DAY: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/),
  v.metadata({ format: 'date' }),
)

/** The type's own claims by name. */
export const LICENCE_CLAIMS: v.GenericSchema<Readonly<Record<string, string | number>>> = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(64)),
    v.union([v.string(), v.pipe(v.number(), v.integer())]),
  ),
  v.description("The type's own claims by name"),
)

/** A request whose shape is right. */
export interface LicenceRequest {
  /** Licence type code (证照类型代码), 21 characters. */
  readonly type: string
  readonly serial?: string | undefined
  readonly version?: number | undefined
  /** First and last calendar day, Asia/Shanghai; no last day for a long-term licence. */
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims: Readonly<Record<string, string | number>>
  /** The agency's own reference to the holder. */
  readonly holderReference?: string | undefined
}

/** Body of `POST /api/licences`; unknown members are refused. */
export const LICENCE_REQUEST: v.GenericSchema<unknown, LicenceRequest> = v.pipe(
  v.strictObject({
    type: v.pipe(
      v.string(),
      v.regex(/^[0-9A-Z]{21}$/),
      v.description('Licence type code (证照类型代码), 21 characters'),
    ),
    serial: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[0-9A-Z]{1,32}$/),
        v.description('Serial (流水号); the server gives the next one when left out'),
      ),
    ),
    version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999))),
    validFrom: v.pipe(LICENCE_DAY, v.description('First day, Asia/Shanghai')),
    validTo: v.optional(
      v.pipe(LICENCE_DAY, v.description('Last day; left out for a long-term licence')),
    ),
    claims: LICENCE_CLAIMS,
    holderReference: v.optional(
      v.pipe(
        plainText(120),
        v.description(
          "The agency's own reference to the holder; kept, never put into a credential",
        ),
      ),
    ),
  }),
  v.metadata({ ref: 'LicenceRequest' }),
)

/**
 * The facts of a request under its type's rules. Throws `claim/*`, `time/format`, and
 * `input/invalid` when the last day lies before the first.
 */
export function factsOf(
  type: TypeDefinition,
  request: LicenceRequest,
  serial: string,
): LicenceFacts {
  const facts: LicenceFacts = {
    serial,
    version: request.version ?? 1,
    validFrom: request.validFrom,
    ...(request.validTo === undefined ? {} : { validTo: request.validTo }),
    claims: request.claims,
  }
  const first = dayToNumber(facts.validFrom)
  if (facts.validTo !== undefined && dayToNumber(facts.validTo) < first) {
    throw fault('input/invalid', 'validTo lies before validFrom')
  }
  assertFacts(type, facts)
  return facts
}

/** A case about a live code, of which only the credential, the time or the options change. */
import type { CborParts } from './forge-cbor.ts'
import { liveCode, type VectorCase } from './vector-case.ts'
import { NOW, OFFICE } from './vector-cast.ts'

/** A case about a live code: its name, why, the credential's changes, outcome and code, time. */
export interface LiveCase {
  readonly name: string
  readonly clause: string
  readonly why: string
  readonly credential?: Partial<CborParts>
  readonly now?: number
  readonly outcome: VectorCase['outcome']
  readonly code?: string
  readonly input?: Partial<VectorCase['input']>
}

/** The case with its code, signed five seconds before it is verified. */
export async function liveCase(given: LiveCase): Promise<VectorCase> {
  const { name, clause, why, credential, now, outcome, code, input } = given
  const issuedAt = (now ?? NOW) - 5
  return {
    name,
    clause,
    why,
    ...(now === undefined ? {} : { now }),
    input: { text: await liveCode(credential, { issuedAt }), office: OFFICE, ...input },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}

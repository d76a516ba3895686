/** The first two rules, which make a presentation of the input: limits, then strict parsing. */
import type { MdocSession, Presentation } from '@onetrip/credential'
import { notRun, ran } from './judge.ts'
import { format } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import type { Check } from './verdict.ts'

/** What reading gave; `presentation` is there exactly when both checks passed. */
export interface Reading {
  readonly presentation: Presentation | undefined
  readonly checks: readonly Check[]
}

/** Reads any input, an mdoc as shown in the session; nothing is trusted yet. */
export function readInput(input: Uint8Array | string, session?: MdocSession): Reading {
  const limited = settle(() => limits.check(input))
  if (limited.code !== undefined) {
    return { presentation: undefined, checks: [ran(limits, limited.code), notRun(format)] }
  }
  const read = settle(() => format.read(input, session))
  return { presentation: read.value, checks: [ran(limits), ran(format, read.code)] }
}

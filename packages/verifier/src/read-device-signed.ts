/** The first two rules on what a counter's device signed: limits, then strict parsing. */
import { decodeCodeText, fault } from '@onetrip/codec'
import { notRun, ran } from './judge.ts'
import type { Settled } from './rule.ts'
import { format, isForeignFile } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import type { Check } from './verdict.ts'

/** Reads bytes, or the text of a code, with the parser of the kind that is wanted. */
export function readDeviceSigned<Parsed>(
  input: Uint8Array | string,
  parse: (bytes: Uint8Array) => Parsed,
): Settled<Parsed> & { readonly checks: readonly Check[] } {
  const limited = settle(() => limits.check(input))
  if (limited.code !== undefined) {
    return { code: limited.code, checks: [ran(limits, limited.code), notRun(format)] }
  }
  const read = settle(() => {
    const bytes = typeof input === 'string' ? decodeCodeText(input) : input
    if (bytes.length === 0 || isForeignFile(bytes)) throw fault('format/unsupported')
    return parse(bytes)
  })
  return { ...read, checks: [ran(limits), ran(format, read.code)] }
}

/** Turns a throw into a value: the one place where a `Fault` stops being an exception. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import type { Settled } from './rule.ts'

/** Runs `work`; a `Fault` becomes its code, anything else is a fault of our own and is thrown on. */
export function settle<Value>(work: () => Value): Settled<Value> {
  try {
    return { value: work() }
  } catch (error) {
    return { code: codeOf(error) }
  }
}

/** As {@link settle}, for a promise. */
export async function settleAsync<Value>(work: () => Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await work() }
  } catch (error) {
    return { code: codeOf(error) }
  }
}

/** The code of a `Fault`; anything else is thrown on. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof Fault) return error.code
  throw error
}

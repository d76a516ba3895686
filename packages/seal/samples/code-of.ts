/** The code of a fault, for tests. */
import { Fault } from '@onetrip/codec'

/** The code that the work throws, or `accepted`. */
export function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

/** The code that the work rejects with, or `accepted`. */
export async function codeOfAsync(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

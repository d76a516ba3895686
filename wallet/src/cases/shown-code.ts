/**
 * The way back of what was shown for a case: the server gives a code to the browser that answered, and gives out what was shown only for
 * that code. Nothing but the case that this window asked for takes it.
 */
import { type Signal, signal } from '@preact/signals'

const RETURN = /^#response_code=([\w-]{43})$/

/** The case that licences were asked for, and the code once it came. */
export const asked: Signal<{ readonly caseId: string; readonly code?: string } | undefined> =
  signal(undefined)

/** Takes the code out of an address; gives the case it is for. */
export function takeShownCode(hash: string): string | undefined {
  const code = RETURN.exec(hash)?.[1]
  const waiting = asked.value
  if (code === undefined || waiting === undefined) return undefined
  asked.value = { caseId: waiting.caseId, code }
  return waiting.caseId
}

/** A request of a counter, trust data and a time become a verdict: the wallet's, before anybody agrees (ARCHITECTURE §4). */
import { parseRequest } from '@onetrip/credential'
import { REQUEST_PLAN } from './device-plans.ts'
import { DEVICE_SIGNED, deviceQuestion, deviceVerdict } from './device-subject.ts'
import { havePassed } from './impression-verdict.ts'
import { judge, notRun } from './judge.ts'
import type { VerifyOptions } from './options.ts'
import { readDeviceSigned } from './read-device-signed.ts'
import { requestSubject } from './request-subject.ts'
import { type RequestVerdict, statedRequest } from './request-verdict.ts'

/** Options of {@link verifyRequest}. */
export type RequestOptions = Pick<VerifyOptions, 'trust' | 'now' | 'environment'>

/**
 * Verifies a request (bytes, or the text of a code): which office asks, for what, and whether it may. Any input gives a
 * verdict; bad input never rejects, and nothing is told that no office vouches for.
 */
export async function verifyRequest(
  input: Uint8Array | string,
  options: RequestOptions,
): Promise<RequestVerdict> {
  const reading = readDeviceSigned(input, parseRequest)
  if (reading.value === undefined) {
    return deviceVerdict([...reading.checks, ...REQUEST_PLAN.map(notRun)], options)
  }
  const subject = await requestSubject(reading.value, deviceQuestion(options))
  const checks = [...reading.checks, ...judge(REQUEST_PLAN, subject)]
  const verdict = deviceVerdict(checks, options)
  const counter = subject.counter.value
  if (counter === undefined || !havePassed(checks, DEVICE_SIGNED)) return verdict
  return { ...verdict, request: statedRequest(subject, counter) }
}

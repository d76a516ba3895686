/** A request of OpenID4VP, trust data and a time become a verdict: the wallet's, before anybody agrees (ARCHITECTURE §4). */
import { fault } from '@onetrip/codec'
import { parseVpRequest, type VpRequest } from '@onetrip/credential'
import { VP_REQUEST_PLAN } from './device-plans.ts'
import { deviceQuestion, deviceVerdict } from './device-subject.ts'
import { havePassed } from './impression-verdict.ts'
import { judge, notRun, ran } from './judge.ts'
import { type RequestVerdict, type StatedRequest, statedAsking } from './request-verdict.ts'
import { format } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import type { RequestOptions } from './verify-request.ts'
import { CLIENT_SIGNED, vpRequestSubject } from './vp-request-subject.ts'

/** Options of {@link verifyVpRequest}. */
export interface VpRequestOptions extends RequestOptions {
  /** Client identifier of the link that led to the request. */
  readonly clientId: string
  /** What the wallet sent along when it fetched the request by POST. */
  readonly walletNonce?: string
}

/** What a request of OpenID4VP states; only ever present when its office is proven. */
export interface StatedVpRequest extends Omit<StatedRequest, 'device'> {
  /** Host that takes the answer, as the office's certificate names it. */
  readonly host: string
  /** What the answer is made for. */
  readonly asked: VpRequest
}

/** What {@link verifyVpRequest} answers for any input. */
export interface VpRequestVerdict extends Omit<RequestVerdict, 'request'> {
  readonly request?: StatedVpRequest
}

/**
 * Verifies a request object: which office asks, for what, and whether it may. Any input gives a verdict; bad input never
 * rejects, and nothing is told that no office vouches for.
 */
export async function verifyVpRequest(
  compact: string,
  options: VpRequestOptions,
): Promise<VpRequestVerdict> {
  const { clientId, walletNonce } = options
  const limited = settle(() => limits.check(compact))
  const read = settle(() => {
    if (limited.code !== undefined) throw fault(limited.code)
    return parseVpRequest(compact)
  })
  const reading = [
    ran(limits, limited.code),
    limited.code === undefined ? ran(format, read.code) : notRun(format),
  ]
  if (read.value === undefined) {
    return deviceVerdict([...reading, ...VP_REQUEST_PLAN.map(notRun)], options)
  }
  const question = {
    ...deviceQuestion(options),
    linkedClientId: clientId,
    sentWalletNonce: walletNonce,
  }
  const subject = await vpRequestSubject(read.value, question)
  const checks = [...reading, ...judge(VP_REQUEST_PLAN, subject)]
  const verdict = deviceVerdict(checks, options)
  const office = subject.client.value?.office
  if (office === undefined || !havePassed(checks, CLIENT_SIGNED)) return verdict
  const { purpose, issuedAt, expiresAt, responseUri } = subject.request
  const request = {
    office: { id: office.id, name: office.name },
    ...statedAsking(subject),
    purpose,
    issuedAt,
    expiresAt,
    host: new URL(responseUri).host,
    asked: read.value,
  }
  return { ...verdict, request }
}

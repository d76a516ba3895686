/** What the rules on something that a counter's device signed look at: requests and receipts. */
import { type ErrorCode, fault, verifySign1 } from '@onetrip/codec'
import type { DeviceSigned } from '@onetrip/credential'
import { clocksDiffer, dataEvidence } from './evidence.ts'
import { worstOf } from './judge.ts'
import { type OpenedCounter, proveCounter, standingFault } from './open-counter.ts'
import type { VerifyOptions } from './options.ts'
import type { Settled, TrustSubject } from './rule.ts'
import { settleAsync } from './settle.ts'
import type { Check, DataEvidence, Outcome, RuleId } from './verdict.ts'

/** Rules over what a device signed; nothing of it is told before all of these have passed. */
export const DEVICE_SIGNED: readonly RuleId[] = ['counter-certificate', 'device-signature']

/** What a caller brings, every choice made; no other jurisdiction and no licence type has a say in it. */
export type DeviceQuestion = TrustSubject

/** A device's statement with what the trust data say of the device. */
export interface DeviceSubject extends DeviceQuestion {
  /** The device, where its office certified it. */
  readonly counter: Settled<OpenedCounter>
  /** Whether the device's key signed. */
  readonly deviceSignature: Settled<true>
  /** Why the device did not speak for its office at the time that counts. */
  readonly standing: ErrorCode | undefined
}

/** Makes every choice that the options leave open. */
export function deviceQuestion(
  options: Pick<VerifyOptions, 'trust' | 'now' | 'environment'>,
): DeviceQuestion {
  const { trust, now, environment } = options
  return { trust, issuerTrust: trust, recognition: undefined, type: undefined, now, environment }
}

/** What every verdict on such a statement holds. */
export function deviceVerdict(
  checks: readonly Check[],
  { trust, now }: Pick<VerifyOptions, 'trust' | 'now'>,
): {
  readonly outcome: Outcome
  readonly reason?: ErrorCode
  readonly checks: readonly Check[]
  readonly evidence: DataEvidence
} {
  const evidence = dataEvidence({ trust, now, office: undefined, speaksFor: { kind: 'none' } })
  const clock = { ...evidence.clock, differs: clocksDiffer(checks) }
  return { ...worstOf(checks), checks, evidence: { ...evidence, clock } }
}

/** Proves the device and its signature; `at` (Unix seconds) is when its certificate has to be in force. */
export async function deviceSubject(
  signed: DeviceSigned,
  question: DeviceQuestion,
  at: number,
): Promise<DeviceSubject> {
  const { trust } = question
  const counter = await settleAsync(() => proveCounter(signed.certificate, trust))
  const deviceSignature = await settleAsync<true>(async () => {
    if (counter.value === undefined) throw fault(counter.code)
    await verifySign1(signed.sign1, counter.value.device.key)
    return true
  })
  const standing = counter.value && standingFault({ trust, now: at, counter: counter.value })
  return { ...question, counter, deviceSignature, standing }
}

/** A seal by itself, trust data and a time become a verdict (ARCHITECTURE §4). */
import { judgeSeal, LONE_SEAL_CHECKS } from '@onetrip/seal'
import { DOCUMENT_PLAN, LONE_SEAL_PLAN } from './document-plan.ts'
import { documentQuestion } from './document-question.ts'
import type { SealVerdict } from './document-verdict.ts'
import { clocksDiffer, dataEvidence, statusEvidence } from './evidence.ts'
import { sealSubject } from './impression-subject.ts'
import { havePassed, statedSeal } from './impression-verdict.ts'
import { judge, notRun, worstOf } from './judge.ts'
import type { SealOptions } from './options.ts'
import { readSealForm } from './read-document.ts'
import type { Check, RuleId } from './verdict.ts'

/** Rules over what the maker signed; nothing of the seal is told before all of these have passed. */
const STATED: readonly RuleId[] = ['seal-maker', 'maker-key', 'maker-key-life', 'maker-signature']

/**
 * Verifies a seal (bytes: COSE_Sign1, text: compact JWS): who made it, that it is in its period, and not suspended or revoked.
 * Any input gives a verdict; bad input never rejects. A picture that lies beside is not looked at.
 */
export async function verifySeal(
  input: Uint8Array | string,
  options: SealOptions,
): Promise<SealVerdict> {
  const question = documentQuestion(options)
  const { now } = question
  const reading = readSealForm(input)
  if (reading.value === undefined) {
    const rest = [...DOCUMENT_PLAN, ...LONE_SEAL_CHECKS, ...LONE_SEAL_PLAN]
    return verdictOf([...reading.checks, ...rest.map(notRun)], question)
  }
  const before = [...reading.checks, ...judge(DOCUMENT_PLAN, question)]
  const { facts: seal, maker, findings } = await judgeSeal(reading.value, question)
  // A clock that is known to be wrong says nothing of the period.
  const isClockGood = havePassed(before, ['clock-floor'])
  const asked = findings.map((finding) =>
    finding.id === 'seal-period' && !isClockGood ? notRun(finding) : finding,
  )
  const subject = sealSubject({ seal, maker }, question)
  const checks = [...before, ...asked, ...judge(LONE_SEAL_PLAN, subject, [...before, ...asked])]
  const verdict = verdictOf(checks, question)
  if (maker === undefined || !havePassed(checks, STATED)) return verdict
  const status = statusEvidence({ list: subject.statusList.value, reference: seal.status, now })
  return {
    ...verdict,
    seal: statedSeal({ seal, maker, now }),
    ...(status === undefined ? {} : { status }),
  }
}

function verdictOf(
  checks: readonly Check[],
  question: ReturnType<typeof documentQuestion>,
): SealVerdict {
  const evidence = dataEvidence(question)
  const clock = { ...evidence.clock, differs: clocksDiffer(checks) }
  return { ...worstOf(checks), checks, evidence: { ...evidence, clock, mode: 'document' } }
}

/** Bytes or text, trust data and a time become a verdict (ARCHITECTURE §4). */
import type { Presentation } from '@onetrip/credential'
import { clocksDiffer, signedEvidence, trustEvidence } from './evidence.ts'
import { judge, notRun, worstOf } from './judge.ts'
import { licenceVerdict } from './licence-verdict.ts'
import type { VerifyOptions } from './options.ts'
import { PLANS, type PlanName, planFor } from './plans.ts'
import { readInput } from './read-input.ts'
import { SIGNED, type Subject } from './rule.ts'
import { speaksFor } from './speaks-for.ts'
import { gatherSubject, modeOf, type Question } from './subject.ts'
import type { Check, Verdict } from './verdict.ts'

/**
 * Verifies a code, a presentation or a credential. Any input gives a verdict: bad input never
 * rejects, and only a whole list of passed checks is `valid`.
 *
 * @param input bytes (COSE), the text of a QR code, the frames of an animated one, one a line, or an SD-JWT VC, as received
 */
export async function verify(input: Uint8Array | string, options: VerifyOptions): Promise<Verdict> {
  const { trust, now, accept, policy, request, seen, environment, receipts } = options
  const speaker = speaksFor(options)
  const office = speaker.kind === 'office' ? speaker.office.id : options.office
  const question: Question = {
    trust,
    now,
    accept: accept ?? [],
    policy: policy ?? {},
    office,
    speaksFor: speaker,
    request,
    delegated: undefined,
    seen: seen ?? [],
    environment,
    expectedHolder: undefined,
    receipts,
    readText: undefined,
  }
  const reading = readInput(input, request?.session)
  if (reading.presentation === undefined) return unread(reading.checks, question)
  const plan = planFor(modeOf(reading.presentation))
  return verdictOn({ ...reading, presentation: reading.presentation, plan, question })
}

/** The verdict on input that could be read, by the rules of the plan. */
export async function verdictOn(options: {
  readonly presentation: Presentation
  /** The checks of reading. */
  readonly checks: readonly Check[]
  readonly plan: PlanName
  readonly question: Question
}): Promise<Verdict> {
  const { checks, plan, question } = options
  return verdictAbout(await gatherSubject(options.presentation, question), { checks, plan })
}

/** The verdict on what was gathered, by the rules of the plan. */
export function verdictAbout(
  subject: Subject,
  options: { readonly checks: readonly Check[]; readonly plan: PlanName },
): Verdict {
  const checks = [...options.checks, ...judge(PLANS[options.plan], subject)]
  return isTrusted(checks) ? signedVerdict(subject, checks) : untrusted(checks, subject)
}

/** The verdict on input that could not be read: everything else that was meant to run is not run. */
export function unread(
  checks: readonly Check[],
  question: Question,
  plan: PlanName = 'unread',
): Verdict {
  return untrusted([...checks, ...PLANS[plan].map(notRun)], question)
}

function signedVerdict(subject: Subject, checks: readonly Check[]): Verdict {
  const worst = worstOf(checks)
  const licence = licenceVerdict(subject, worst.outcome)
  return {
    ...worst,
    checks,
    evidence: signedEvidence(subject, checks),
    licences: licence === undefined ? [] : [licence],
  }
}

/** Nothing of what was shown is repeated: it is not known to be anybody's word. */
function untrusted(checks: readonly Check[], question: Question): Verdict {
  const evidence = trustEvidence(question)
  const clock = { ...evidence.clock, differs: clocksDiffer(checks) }
  return { ...worstOf(checks), checks, evidence: { ...evidence, clock }, licences: [] }
}

/** Whether issuer and holder are proven: what was signed may be told. */
export function isTrusted(checks: readonly Check[]): boolean {
  return checks.every(({ id, outcome }) => outcome === 'passed' || !SIGNED.includes(id))
}

/** On what a verdict rests (ARCHITECTURE §4): only what was signed is told, and from when it is. */
import type { ErrorCode, Mutable } from '@onetrip/codec'
import { type StatusList, type StatusReference, statusOf } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import type { Subject } from './rule.ts'
import { settle } from './settle.ts'
import { isSpared } from './spared.ts'
import type { Question } from './subject.ts'
import type {
  Check,
  ClockEvidence,
  DataEvidence,
  Evidence,
  LoggedEvidence,
  PartEvidence,
  RecognitionEvidence,
  StatusEvidence,
} from './verdict.ts'

const CLOCK_CODES: ReadonlySet<ErrorCode> = new Set([
  'clock/differs',
  'clock/rolled-back',
  'key-binding/issued-at',
])

/** Evidence of the trust data alone, for input that could not be read or is not trusted. */
export function trustEvidence(question: Question): Evidence {
  return { ...dataEvidence(question), seenCount: count(question.seen) }
}

/** What anything that is verified rests on: trust data, clock, and for whom the verifier speaks. */
export function dataEvidence(
  question: Pick<Question, 'trust' | 'now' | 'office' | 'speaksFor'>,
): DataEvidence {
  const { trust, now, office, speaksFor } = question
  const evidence: DataEvidence = {
    trustVersion: trust.version,
    trustSignedAt: trust.signedAt,
    trustAgeSeconds: now - trust.signedAt,
    parts: partsOf(trust, now),
    clock: {
      deviceTime: now,
      signedTime: trust.newestSignedTime,
      differs: false,
      mayBeAhead: trust.clockAhead,
    },
    speaksFor,
  }
  return office === undefined ? evidence : { ...evidence, office }
}

/** Adds what the signed presentation says: its mode, its times, its status, its id. */
export function signedEvidence(subject: Subject, checks: readonly Check[]): Evidence {
  const { presentation, mode } = subject
  const status = statusEvidence({
    list: subject.statusList.value,
    reference: presentation.claims.status,
    now: subject.now,
  })
  const logged = loggedEvidence(subject)
  const recognition = recognitionEvidence(subject)
  const presentationId = presentation.keyBinding?.presentationId
  const { codeNumber } = presentation
  const evidence: Mutable<Evidence> = {
    ...trustEvidence(subject),
    statusPlace: presentation.claims.status,
    clock: clockEvidence(subject, checks),
  }
  if (mode !== undefined) evidence.mode = mode
  if (recognition !== undefined) evidence.recognition = recognition
  if (status !== undefined) evidence.status = status
  if (logged !== undefined) evidence.logged = logged
  if (presentationId !== undefined) evidence.presentationId = presentationId
  if (codeNumber !== undefined) evidence.codeNumber = codeNumber
  return evidence
}

/** The clock's readings; `differs` follows the rules' own judgement. */
export function clockEvidence(
  subject: Pick<Subject, 'now' | 'trust' | 'issuerTrust' | 'presentation'>,
  checks: readonly Check[],
): ClockEvidence {
  const { now, trust, issuerTrust, presentation } = subject
  const codeTime = presentation.keyBinding?.issuedAt
  const clock = {
    deviceTime: now,
    signedTime: Math.max(trust.newestSignedTime, issuerTrust.newestSignedTime),
    differs: clocksDiffer(checks),
    mayBeAhead: trust.clockAhead,
  }
  return codeTime === undefined ? clock : { ...clock, codeTime }
}

/** Whether a rule about the clock failed. */
export function clocksDiffer(checks: readonly Check[]): boolean {
  return checks.some(({ code }) => code !== undefined && CLOCK_CODES.has(code))
}

/** What a status list says of an entry, and from when it is; nothing without a list, or where the entry is not in it. */
export function statusEvidence(options: {
  readonly list: StatusList | undefined
  readonly reference: StatusReference
  /** Unix seconds. */
  readonly now: number
}): StatusEvidence | undefined {
  const { list, reference, now } = options
  if (list === undefined) return undefined
  const { uri, index } = reference
  const read = settle(() => statusOf(list.get(index)))
  if (read.value === undefined) return undefined
  return { uri, value: read.value, asOf: list.issuedAt, ageSeconds: now - list.issuedAt }
}

function loggedEvidence(subject: Subject): LoggedEvidence | undefined {
  const found = subject.inclusions?.value ?? []
  const inclusion = found.find(({ place }) => place !== undefined) ?? found[0]
  if (inclusion === undefined) return undefined
  const { log, place } = inclusion
  return { log, ...place, ...(isSpared(subject) ? { spared: true } : {}) }
}

function recognitionEvidence({
  now,
  recognition,
  issuerTrust,
}: Subject): RecognitionEvidence | undefined {
  if (recognition === undefined) return undefined
  const { id, name } = recognition
  return {
    id,
    name,
    trustVersion: issuerTrust.version,
    trustSignedAt: issuerTrust.signedAt,
    trustAgeSeconds: now - issuerTrust.signedAt,
    parts: partsOf(issuerTrust, now),
  }
}

function partsOf({ parts }: Trust, now: number): readonly PartEvidence[] {
  return parts.map(({ name, version, signedAt }) =>
    signedAt === undefined
      ? { name, version }
      : { name, version, signedAt, ageSeconds: now - signedAt },
  )
}

function count(items: Iterable<string>): number {
  if (Array.isArray(items)) return items.length
  if (items instanceof Set) return items.size
  let total = 0
  for (const _ of items) total += 1
  return total
}

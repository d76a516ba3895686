/** On what a verdict rests (ARCHITECTURE §4): only what was signed is told, and from when it is. */
import { statusOf } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import type { Subject } from './rule.ts'
import { settle } from './settle.ts'
import type { Question } from './subject.ts'
import type {
  Check,
  ClockEvidence,
  Evidence,
  PartEvidence,
  RecognitionEvidence,
  StatusEvidence,
} from './verdict.ts'

/** Evidence of the trust data alone, for input that could not be read or is not trusted. */
export function trustEvidence({ trust, now, seen, office, speaksFor }: Question): Evidence {
  return {
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
    seenCount: count(seen),
    ...(office === undefined ? {} : { office }),
    speaksFor,
  }
}

/** Adds what the signed presentation says: its mode, its times, its status, its id. */
export function signedEvidence(subject: Subject, checks: readonly Check[]): Evidence {
  const { presentation, mode } = subject
  const status = statusEvidence(subject)
  const recognition = recognitionEvidence(subject)
  const presentationId = presentation.keyBinding?.presentationId
  return {
    ...trustEvidence(subject),
    clock: clockEvidence(subject, checks),
    ...(mode === undefined ? {} : { mode }),
    ...(recognition === undefined ? {} : { recognition }),
    ...(status === undefined ? {} : { status }),
    ...(presentationId === undefined ? {} : { presentationId }),
  }
}

/** The clock's readings; `differs` follows the rules' own judgement. */
export function clockEvidence(
  subject: Pick<Subject, 'now' | 'trust' | 'issuerTrust' | 'presentation'>,
  checks: readonly Check[],
): ClockEvidence {
  const { now, trust, issuerTrust, presentation } = subject
  const codeTime = presentation.keyBinding?.issuedAt
  return {
    deviceTime: now,
    ...(codeTime === undefined ? {} : { codeTime }),
    signedTime: Math.max(trust.newestSignedTime, issuerTrust.newestSignedTime),
    differs: clocksDiffer(checks),
    mayBeAhead: trust.clockAhead,
  }
}

/** Whether a rule about the clock failed. */
export function clocksDiffer(checks: readonly Check[]): boolean {
  return checks.some(({ code }) => code === 'clock/differs' || code === 'clock/rolled-back')
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
  return parts.map(({ name, version, signedAt }) => ({
    name,
    version,
    ...(signedAt === undefined ? {} : { signedAt, ageSeconds: now - signedAt }),
  }))
}

function statusEvidence({ presentation, statusList, now }: Subject): StatusEvidence | undefined {
  const list = statusList.value
  if (list === undefined) return undefined
  const { uri, index } = presentation.claims.status
  const read = settle(() => statusOf(list.get(index)))
  if (read.value === undefined) return undefined
  return { uri, value: read.value, asOf: list.issuedAt, ageSeconds: now - list.issuedAt }
}

function count(items: Iterable<string>): number {
  if (Array.isArray(items)) return items.length
  if (items instanceof Set) return items.size
  let total = 0
  for (const _ of items) total += 1
  return total
}

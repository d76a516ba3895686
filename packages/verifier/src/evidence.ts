/** On what a verdict rests (ARCHITECTURE §4): only what was signed is told, and from when it is. */
import { statusOf } from '@onetrip/status'
import type { Subject } from './rule.ts'
import { settle } from './settle.ts'
import type { Question } from './subject.ts'
import type { Check, ClockEvidence, Evidence, StatusEvidence } from './verdict.ts'

/** Evidence of the trust data alone, for input that could not be read or is not trusted. */
export function trustEvidence({ trust, now, seen, office, speaksFor }: Question): Evidence {
  return {
    trustVersion: trust.version,
    trustSignedAt: trust.signedAt,
    trustAgeSeconds: now - trust.signedAt,
    clock: {
      deviceTime: now,
      signedTime: trust.newestSignedTime,
      differs: false,
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
  const presentationId = presentation.keyBinding?.presentationId
  return {
    ...trustEvidence(subject),
    clock: clockEvidence(subject, checks),
    ...(mode === undefined ? {} : { mode }),
    ...(status === undefined ? {} : { status }),
    ...(presentationId === undefined ? {} : { presentationId }),
  }
}

/** The clock's readings; `differs` follows the rules' own judgement. */
export function clockEvidence(
  { now, trust, presentation }: Pick<Subject, 'now' | 'trust' | 'presentation'>,
  checks: readonly Check[],
): ClockEvidence {
  const codeTime = presentation.keyBinding?.issuedAt
  return {
    deviceTime: now,
    ...(codeTime === undefined ? {} : { codeTime }),
    signedTime: trust.newestSignedTime,
    differs: clocksDiffer(checks),
  }
}

/** Whether a rule about the clock failed. */
export function clocksDiffer(checks: readonly Check[]): boolean {
  return checks.some(({ code }) => code === 'clock/differs' || code === 'clock/rolled-back')
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

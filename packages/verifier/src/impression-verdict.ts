/** What a verdict tells of an impression: only what was signed, and each part only by who signed it (ARCHITECTURE §4). */
import { toHex } from '@onetrip/codec'
import { IMPRESSION_PLAN } from './document-plan.ts'
import type { DocumentQuestion } from './document-question.ts'
import type { ImpressionVerdict, ShownImpression, ShownSeal } from './document-verdict.ts'
import { statusEvidence } from './evidence.ts'
import { type ImpressionSubject, impressionSubject } from './impression-subject.ts'
import { judge, notRun, worstOf } from './judge.ts'
import { IMPRESSION_SIGNED, SEAL_STATED } from './rule.ts'
import { sealedBefore } from './sealed-before.ts'
import type { Check, RuleId } from './verdict.ts'

/** The verdict on one impression; `fileChecks` are those on the whole file, and count for it too. */
export function impressionVerdict(options: {
  readonly judged: Parameters<typeof impressionSubject>[0]
  readonly question: DocumentQuestion
  readonly fileChecks: readonly Check[]
}): ImpressionVerdict {
  const { question, fileChecks } = options
  const subject = impressionSubject(options.judged, question)
  const { impression, findings, statusList, now } = subject
  const asked = findings.map((finding) =>
    isAskable(finding, fileChecks) ? finding : notRun(finding),
  )
  const before = [...fileChecks, ...asked]
  const checks = [...asked, ...judge(IMPRESSION_PLAN, subject, before)]
  const seal = havePassed(checks, SEAL_STATED) ? shownSeal(subject) : undefined
  const isSigned = seal !== undefined && havePassed(checks, IMPRESSION_SIGNED)
  const reference = impression.seal.cose.facts.status
  const status =
    seal === undefined ? undefined : statusEvidence({ list: statusList.value, reference, now })
  return {
    ...worstOf([...fileChecks, ...checks]),
    checks,
    digest: toHex(impression.digest),
    ...(seal === undefined ? {} : { seal }),
    ...(isSigned ? { stated: shownImpression(subject) } : {}),
    ...(status === undefined ? {} : { status }),
  }
}

/** A clock that is known to be wrong says nothing of when a seal was used. */
function isAskable({ id }: Check, fileChecks: readonly Check[]): boolean {
  return id !== 'sealing-time' || havePassed(fileChecks, ['clock-floor'])
}

function havePassed(checks: readonly Check[], ids: readonly RuleId[]): boolean {
  return ids.every((id) => checks.some((check) => check.id === id && check.outcome === 'passed'))
}

function shownSeal({ impression, maker, now }: ImpressionSubject): ShownSeal | undefined {
  if (maker === undefined) return undefined
  const { cose, bytes } = impression.seal
  const { id, name, kind, owner, issuedAt, validFrom, validTo, image } = cose.facts
  return {
    maker: { id: maker.id, name: maker.name },
    id,
    name,
    kind,
    owner,
    issuedAt,
    validFrom,
    validTo,
    hasEnded: now > validTo,
    image: { ...image, bytes: bytes.image },
  }
}

function shownImpression({ impression }: ImpressionSubject): ShownImpression {
  const { file, issuedAt, purpose, approval, covers } = impression.cose.facts
  return {
    issuedAt,
    proofOfTime: sealedBefore(),
    purpose,
    approval,
    mediaType: file.mediaType,
    coveredBytes: { start: 0, end: file.length },
    covers: covers.map(toHex),
  }
}

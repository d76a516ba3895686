/** What a verdict tells of an impression: only what was signed, and each part only by who signed it (ARCHITECTURE §4). */
import { toHex } from '@onetrip/codec'
import type { SealFacts } from '@onetrip/seal'
import type { SealMaker } from '@onetrip/trust'
import type {
  ImpressionVerdict,
  ShownImpression,
  ShownSeal,
  StatedSeal,
} from './document-verdict.ts'
import { statusEvidence } from './evidence.ts'
import type { ImpressionSubject } from './impression-subject.ts'
import { judge, notRun, worstOf } from './judge.ts'
import { IMPRESSION_SIGNED, type Rule, SEAL_STATED } from './rule.ts'
import type { Check, RuleId } from './verdict.ts'

/** The verdict on one impression by the rules of a plan; `fileChecks` are those on the whole file, and count for it too. */
export function impressionVerdict<On extends ImpressionSubject>(options: {
  readonly subject: On
  readonly plan: readonly Rule<On>[]
  readonly fileChecks: readonly Check[]
}): ImpressionVerdict & { readonly digest: string } {
  const { subject, plan, fileChecks } = options
  const { impression, findings, statusList, now } = subject
  const asked = findings.map((finding) =>
    isAskable(finding, fileChecks) ? finding : notRun(finding),
  )
  const checks = [...asked, ...judge(plan, subject, [...fileChecks, ...asked])]
  const seal = havePassed(checks, SEAL_STATED) ? shownSeal(subject) : undefined
  const isSigned = seal !== undefined && havePassed(checks, IMPRESSION_SIGNED)
  const reference = subject.seal.status
  const status =
    seal === undefined ? undefined : statusEvidence({ list: statusList.value, reference, now })
  const { sealedBefore: before } = subject
  const isTakenBack = status?.value === 'suspended' || status?.value === 'revoked'
  return {
    ...worstOf([...fileChecks, ...checks]),
    checks,
    digest: toHex(impression.digest),
    ...(seal === undefined ? {} : { seal }),
    ...(isSigned ? { stated: shownImpression(subject) } : {}),
    ...(status === undefined ? {} : { status }),
    ...(isSigned && before !== undefined && isTakenBack ? { sealedBefore: before } : {}),
  }
}

/** Whether each of these rules was run and passed. */
export function havePassed(checks: readonly Check[], ids: readonly RuleId[]): boolean {
  return ids.every((id) => checks.some((check) => check.id === id && check.outcome === 'passed'))
}

/** A seal as its maker stated it. Call it for a seal whose maker's signatures hold. */
export function statedSeal(of: {
  readonly seal: SealFacts
  readonly maker: SealMaker
  readonly now: number
}): StatedSeal {
  const { seal, maker, now } = of
  const { id, name, kind, owner, issuedAt, validFrom, validTo, image } = seal
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
    image,
  }
}

/** A clock that is known to be wrong says nothing of when a seal was used. */
function isAskable({ id }: Check, fileChecks: readonly Check[]): boolean {
  return id !== 'sealing-time' || havePassed(fileChecks, ['clock-floor'])
}

function shownSeal({ impression, seal, maker, now }: ImpressionSubject): ShownSeal | undefined {
  if (maker === undefined) return undefined
  const { bytes } = impression.seal
  return { ...statedSeal({ seal, maker, now }), image: { ...seal.image, bytes: bytes.image } }
}

function shownImpression({ impression, proofOfTime }: ImpressionSubject): ShownImpression {
  const { file, issuedAt, purpose, approval, covers } = impression.cose.facts
  return {
    issuedAt,
    proofOfTime,
    purpose,
    approval,
    mediaType: file.mediaType,
    coveredBytes: { start: 0, end: file.length },
    covers: covers.map(toHex),
  }
}

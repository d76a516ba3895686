/** A verdict on a sealed file in plain lines: who sealed, with which seal, when and by whose clock, what for. */
import type { ErrorCode } from '@onetrip/codec'
import type { SEAL_KINDS } from '@onetrip/seal'
import { reasonWords } from '@onetrip/ui/reason-words'
import type {
  DocumentVerdict,
  ImpressionVerdict,
  ProofOfTime,
  SealPlace,
  SealVerdict,
  ShownImpression,
  StatedSeal,
  StatusEvidence,
  Verdict,
} from '@onetrip/verifier'
import {
  age,
  describeCheck,
  describeCodeNumber,
  describeEvidence,
  describeLicence,
  headline,
} from './describe-verdict.ts'
import { printable } from './printable.ts'
import { utc } from './utc.ts'

const KINDS: Readonly<Record<keyof typeof SEAL_KINDS, string>> = {
  '01': '法定名称章',
  '02': '财务专用章',
  '03': '发票专用章',
  '04': '合同专用章',
  '05': '法定代表人名章',
  '99': '其他印章',
}

const SEALED_BEFORE = [
  '    印章其后已被暂停或撤销，但本文件在此之前已盖章（时间戳证明）',
  '    the seal was suspended or revoked since; this file was sealed before, as its time-stamp proves',
]
const NOT_STATED = '    nothing of the seal is signed by its maker'

/** Lines of text: outcome and why, evidence, impressions, checks. */
export function describeDocument(verdict: DocumentVerdict): string {
  const { reason, evidence, impressions, checks, findings = [], licence } = verdict
  return [
    headline(verdict),
    ...describeReason(reason, '  '),
    ...describeEvidence(evidence),
    ...impressions.flatMap((impression, at) =>
      describeImpression(impression, `seal ${at + 1} of ${impressions.length}`),
    ),
    ...(licence === undefined ? [] : describeCarried(licence)),
    ...findings.map(({ code, at }) => `  found at byte ${at}: ${code}`),
    '  the whole file',
    ...checks.map(describeCheck),
  ].join('\n')
}

/** A verdict on a seal by itself in lines of text: outcome and why, evidence, the seal, checks. */
export function describeLoneSeal(verdict: SealVerdict): string {
  const { reason, evidence, seal, status, checks } = verdict
  return [
    headline(verdict),
    ...describeReason(reason, '  '),
    ...describeEvidence(evidence),
    '  a seal by itself',
    ...(seal === undefined ? [NOT_STATED] : describeSeal(seal)),
    ...(status === undefined ? [] : [`    ${describeStatus(status)}`]),
    ...checks.map(describeCheck),
  ].join('\n')
}

function describeImpression(impression: ImpressionVerdict, title: string): readonly string[] {
  const { reason, seal, stated, status, sealedBefore, place, digest, checks } = impression
  return [
    `  ${title}: ${headline(impression)}`,
    ...describeReason(reason, '    '),
    ...(seal === undefined ? [NOT_STATED] : describeSeal(seal, '; sealed within it')),
    ...(status === undefined ? [] : [`    ${describeStatus(status)}`]),
    ...(sealedBefore === undefined ? [] : SEALED_BEFORE),
    ...(stated === undefined ? ['    nothing of its use is signed with it'] : describeUse(stated)),
    ...(place === undefined ? [] : describePlace(place)),
    ...(digest === undefined ? [] : [`    impression ${digest}`]),
    ...checks.map(describeCheck),
  ]
}

/** The licence whose code the file carries. */
function describeCarried(verdict: Verdict): readonly string[] {
  const { reason, evidence, licences, checks } = verdict
  const { status, codeNumber } = evidence
  return [
    `  the licence in the file: ${headline(verdict)}`,
    ...describeReason(reason, '    '),
    ...(licences.length === 0 ? ['    nothing of the licence is signed by its issuer'] : []),
    ...licences.flatMap(describeLicence),
    ...describeCodeNumber(codeNumber),
    ...(status === undefined ? [] : [`  ${describeStatus(status)}`]),
    ...checks.map(describeCheck),
  ]
}

function describePlace({ page, rect, updateBytes }: SealPlace): readonly string[] {
  const { left, bottom, right, top } = rect
  return [
    `    stands on page ${page + 1}, from ${left} ${bottom} to ${right} ${top} points`,
    `    put there by bytes ${updateBytes.start} to ${updateBytes.end}, signed with all before them`,
  ]
}

function describeReason(reason: ErrorCode | undefined, indent: string): readonly string[] {
  const words = reason === undefined ? undefined : reasonWords(reason)
  return words === undefined ? [] : [`${indent}${words['zh-CN']}`, `${indent}${words.en}`]
}

function describeSeal(seal: StatedSeal, andYet = ''): readonly string[] {
  const { id, name, kind, owner, maker, issuedAt, validFrom, validTo, hasEnded, image } = seal
  const since = hasEnded ? ` (ended since${andYet})` : ''
  return [
    `    ${printable(name)} ${id}, ${KINDS[kind]} (${kind})`,
    `    owned by ${printable(owner.name)} (${owner.uscc})`,
    `    made by ${printable(maker.name['zh-CN'])} (${maker.id}) at ${utc(issuedAt)}`,
    `    for ${utc(validFrom)} to ${utc(validTo)}${since}`,
    `    shown as ${image.mediaType}, ${image.widthMm} × ${image.heightMm} mm`,
  ]
}

function describeStatus({ value, asOf, ageSeconds }: StatusEvidence): string {
  const words = value === 'valid' ? 'not suspended or revoked' : value
  return `${words} as of ${utc(asOf)}, ${age(ageSeconds)} old`
}

function describeUse(stated: ShownImpression): readonly string[] {
  const { issuedAt, proofOfTime, purpose, approval, mediaType, coveredBytes, covers } = stated
  return [
    `    used at ${utc(issuedAt)} by the clock of the server that sealed; ${describeProof(proofOfTime)}`,
    `    purpose ${printable(purpose)}, approval ${approval}`,
    `    covers bytes ${coveredBytes.start} to ${coveredBytes.end} of ${mediaType}`,
    ...covers.map((covered) => `    confirms impression ${covered}`),
  ]
}

function describeProof(proof: ProofOfTime): string {
  if (proof.kind === 'none') return 'no time-stamp proves it'
  if (proof.kind === 'refused') return `its time-stamp does not count (${proof.code})`
  const { time, by } = proof
  return `before ${utc(time)} by the time-stamp of ${printable(by.name['zh-CN'])} (${by.id})`
}

/** Verdicts on requests, answers and receipts in plain lines. */
import type { ErrorCode } from '@onetrip/codec'
import { reasonWords } from '@onetrip/ui/reason-words'
import type {
  AnswerVerdict,
  DelegateVerdict,
  Named,
  OverAsking,
  ReceiptVerdict,
  RequestVerdict,
  ShownOption,
  StatedReceipt,
  StatedRequest,
  StatedVpRequest,
  VpRequestVerdict,
} from '@onetrip/verifier'
import { describeCheck, describeEvidence, describeLicence, headline } from './describe-verdict.ts'
import { printable } from './printable.ts'
import { utc } from './utc.ts'

/** Lines of text: outcome and why, evidence, what is asked, checks. */
export function describeRequest(verdict: RequestVerdict): string {
  const { reason, evidence, request, checks } = verdict
  return [
    headline(verdict),
    ...describeReason(reason),
    ...describeEvidence(evidence),
    '  a request of a counter',
    ...(request === undefined ? ['    no office vouches for it'] : describeStated(request)),
    ...checks.map(describeCheck),
  ].join('\n')
}

/** The same of a request over the network. */
export function describeVpRequest(verdict: VpRequestVerdict): string {
  const { reason, evidence, request, checks } = verdict
  return [
    headline(verdict),
    ...describeReason(reason),
    ...describeEvidence(evidence),
    '  a request over the network',
    ...(request === undefined
      ? ['    no office vouches for it']
      : [
          `    from ${printable(request.office.name['zh-CN'])} (${request.office.id})`,
          `    answers go to ${printable(request.host)}`,
          ...describeAsking(request),
        ]),
    ...checks.map(describeCheck),
  ].join('\n')
}

/** Lines of text: outcome and why, evidence, each material with what was shown as it, checks. */
export function describeAnswer(verdict: AnswerVerdict): string {
  const { reason, evidence, materials, unasked, checks, delegate } = verdict
  return [
    headline(verdict),
    ...describeReason(reason),
    ...describeEvidence(evidence),
    '  the answer to a request',
    ...checks.map(describeCheck),
    ...(delegate === undefined ? [] : describeDelegate(delegate)),
    ...materials.flatMap((material) => [
      `  ${nameOf(material.material)}: ${headline(material)}`,
      ...(material.licence === undefined
        ? ['    nothing is shown']
        : describeLicence(material.licence)),
      ...material.missing.map((name) => `    asked, and not shown: ${name}`),
      ...material.checks.map(describeCheck),
    ]),
    ...unasked.flatMap((part) => [
      `  not asked, and left out: ${headline(part)}`,
      ...part.checks.map(describeCheck),
    ]),
  ].join('\n')
}

/** The same of an answer over the network, with what was asked: in the holder's own signature where the nonce commits to it. */
export function describeOnlineAnswer(
  verdict: AnswerVerdict,
  asked: { readonly stated: StatedVpRequest; readonly isCommitted: boolean },
): string {
  const { office, host, matter, purpose } = asked.stated
  const isSigned = asked.isCommitted && verdict.presentationIds.length > 0
  const words = isSigned
    ? '    the holder’s key signed for this office, matter, purpose and query'
    : '    the holder’s key signed neither matter nor purpose nor what was asked'
  return [
    describeAnswer(verdict),
    `  asked over the network by ${printable(office.name['zh-CN'])} (${office.id}), at ${printable(host)}`,
    ...(matter.code === '' ? [] : [`    for ${nameOf(matter)}: ${printable(purpose)}`]),
    words,
  ].join('\n')
}

/** Lines of text: outcome and why, evidence, what was disclosed, what it proves, checks. */
export function describeReceipt(verdict: ReceiptVerdict): string {
  const { reason, evidence, receipt, proves, checks } = verdict
  return [
    headline(verdict),
    ...describeReason(reason),
    ...describeEvidence(evidence),
    '  a receipt (收件回执)',
    ...(receipt === undefined ? ['    no office vouches for it'] : describeGiven(receipt)),
    ...(proves.disclosure ? ['    proves what was disclosed'] : []),
    ...(proves.agreement
      ? ['    proves that the holder agreed: this office, matter, purpose and wants']
      : []),
    ...checks.map(describeCheck),
  ].join('\n')
}

function describeDelegate(delegate: DelegateVerdict): readonly string[] {
  return [
    `  given by a delegate (代办人): ${headline(delegate)}`,
    ...(delegate.licence === undefined
      ? ['    nobody knows who; nothing else is looked at']
      : describeLicence(delegate.licence)),
    ...delegate.checks.map(describeCheck),
  ]
}

function describeStated(request: StatedRequest): readonly string[] {
  return [...describeCounter(request), ...describeAsking(request)]
}

function describeAsking(request: Omit<StatedRequest, 'device'>): readonly string[] {
  const { matter, purpose, issuedAt, expiresAt, wants, overAsking } = request
  return [
    `    for ${nameOf(matter)}: ${printable(purpose)}`,
    `    made at ${utc(issuedAt)}, over at ${utc(expiresAt)}`,
    ...wants.flatMap(({ material, required, options }) => [
      `    ${required ? 'wants' : 'would like'} ${nameOf(material)}`,
      ...options.map((option) => `      ${describeOption(option)}`),
    ]),
    ...overAsking.map(describeBeyond),
  ]
}

function describeGiven(receipt: StatedReceipt): readonly string[] {
  const { matter, issuedAt, answer, shown } = receipt
  return [
    ...describeCounter(receipt),
    `    for ${nameOf(matter)}, given at ${utc(issuedAt)}`,
    `    for the answer ${answer}`,
    ...shown.map(
      (each) => `    ${nameOf(each.material)}: ${describeOption(each)}, by ${nameOf(each.issuer)}`,
    ),
  ]
}

function describeCounter({
  office,
  device,
}: Pick<StatedRequest, 'office' | 'device'>): readonly string[] {
  return [
    `    from ${printable(office.name['zh-CN'])} (${office.id})`,
    `    by its counter ${device.number}, ${printable(device.name)}`,
  ]
}

function describeOption({ type, claims }: ShownOption): string {
  const names = claims.length === 0 ? 'what is public by law' : claims.map(nameOf).join('、')
  return `${nameOf(type)}: ${names}`
}

function describeBeyond({ material, type, claims, isWhole }: OverAsking): string {
  const what = isWhole ? `the licence ${type}` : claims.join(', ')
  return `    asks too much: ${what} as ${material}`
}

function nameOf({ code, name }: Named): string {
  return printable(name?.['zh-CN'] ?? code)
}

function describeReason(reason: ErrorCode | undefined): readonly string[] {
  const words = reason === undefined ? undefined : reasonWords(reason)
  return words === undefined ? [] : [`  ${words['zh-CN']}`, `  ${words.en}`]
}

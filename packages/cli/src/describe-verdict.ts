/** A verdict in plain lines, for a terminal. */
import type {
  Check,
  Evidence,
  LicenceSealVerdict,
  LicenceVerdict,
  LoggedEvidence,
  PartEvidence,
  RecognitionEvidence,
  Verdict,
} from '@onetrip/verifier'
import { printable } from './printable.ts'
import { utc } from './utc.ts'

/** Lines of text: outcome, evidence, licences, checks. */
export function describeVerdict(verdict: Verdict): string {
  return [
    headline(verdict),
    ...describeEvidence(verdict.evidence),
    ...verdict.licences.flatMap(describeLicence),
    ...verdict.checks.map(describeCheck),
  ].join('\n')
}

/** Outcome, and the code of what decided it. */
export function headline({ outcome, reason }: Pick<Verdict, 'outcome' | 'reason'>): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`
}

/** What a verdict rests on, line by line. */
export function describeEvidence(evidence: Omit<Evidence, 'seenCount'>): readonly string[] {
  const { mode, trustVersion, trustSignedAt, status, clock, parts, recognition, codeNumber } =
    evidence
  const { logged } = evidence
  return [
    `  verified as of ${utc(clock.deviceTime)}, trust list ${trustVersion} of ${utc(trustSignedAt)}`,
    ...parts.map(describePart),
    ...(recognition === undefined ? [] : describeRecognition(recognition)),
    ...(clock.mayBeAhead
      ? ['  data just fetched are over by this clock: it may be far ahead']
      : []),
    ...(mode === undefined ? [] : [`  shown as ${mode}`]),
    ...(clock.codeTime === undefined ? [] : [`  signed by the holder at ${utc(clock.codeTime)}`]),
    ...describeCodeNumber(codeNumber),
    ...(status === undefined
      ? []
      : [`  status ${status.value} as of ${utc(status.asOf)}, ${age(status.ageSeconds)} old`]),
    ...(logged === undefined ? [] : describeLogged(logged)),
  ]
}

function describeLogged({
  log,
  index,
  size,
  witnesses = 0,
  spared,
}: LoggedEvidence): readonly string[] {
  const place = index === undefined ? '' : `, entry ${index} of ${size}, cosigned by ${witnesses}`
  return [
    `  in the log (已入存证日志) ${printable(log)}${place}`,
    ...(spared ? ['  its key was revoked later; what the log had before counts'] : []),
  ]
}

/** The number under a printed code, to be compared with the print; nothing where there is none. */
export function describeCodeNumber(codeNumber: string | undefined): readonly string[] {
  return codeNumber === undefined ? [] : [`  code number (二维码编号) ${codeNumber}`]
}

function describePart({ name, version, signedAt, ageSeconds = 0 }: PartEvidence): string {
  const signed = signedAt === undefined ? '' : `, signed ${utc(signedAt)}, ${age(ageSeconds)} old`
  return `    ${name} ${version}${signed}`
}

function describeRecognition(from: RecognitionEvidence): readonly string[] {
  const { id, name, trustVersion, trustSignedAt, parts } = from
  return [
    `  recognised (互认) from ${printable(name['zh-CN'])} (${id}), trust list ${trustVersion} of ${utc(trustSignedAt)}`,
    ...parts.map(describePart),
  ]
}

/** An age in its largest unit; a time ahead of the clock has none. */
export function age(seconds: number): string {
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} d`
  if (seconds >= 7_200) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.max(0, Math.floor(seconds / 60))} min`
}

/** A licence, line by line. */
export function describeLicence(licence: LicenceVerdict): readonly string[] {
  const { typeName, issuer, identifier = licence.serial, validFrom, validTo = '长期' } = licence
  return [
    `  ${typeName['zh-CN']} (${typeName.en}) ${printable(identifier)}`,
    `    issued by ${issuer.name['zh-CN']} (${issuer.id}), in force ${validFrom} to ${validTo}`,
    ...licence.claims.map(
      ({ display, text }) => `    ${display['zh-CN']}: ${printable(text['zh-CN'])}`,
    ),
    ...(licence.hiddenCount > 0 ? [`    ${licence.hiddenCount} claims are not shown`] : []),
    ...(licence.seal === undefined ? [] : describeLicenceSeal(licence.seal)),
    ...(licence.copy === undefined ? [] : [`    ${describeCopy(licence.copy)}`]),
    ...describeDelegation(licence.delegation),
    ...(licence.checkPerson ? ['    请核对本人 (check the person)'] : []),
  ]
}

function describeLicenceSeal(seal: LicenceSealVerdict): readonly string[] {
  const { id, name, owner, maker, state, since, asOf } = seal
  const from = since === undefined ? '' : ` since ${utc(since)}`
  return [
    `    under the seal ${printable(name)} ${id} of ${printable(owner.name)} (${owner.uscc}),`,
    `      made by ${printable(maker.name['zh-CN'])} (${maker.id}), ${state}${from} as of ${utc(asOf)}`,
  ]
}

function describeCopy({ recipient, purpose, endsAt }: NonNullable<LicenceVerdict['copy']>): string {
  const whom = 'office' in recipient ? recipient.office : recipient.name
  return `a copy for ${printable(whom)}, ${printable(purpose)}, until ${utc(endsAt)}`
}

function describeDelegation(note: LicenceVerdict['delegation']): readonly string[] {
  if (note === undefined) return []
  const { delegate, matter, endsAt } = note
  return [
    `    its holder lets ${printable(delegate)}`,
    `      answer for ${printable(matter)} until ${utc(endsAt)}`,
  ]
}

/** One check in one line. */
export function describeCheck({ id, outcome, code, clause }: Check): string {
  return `  ${outcome.padEnd(7)}  ${id.padEnd(21)}  ${code ?? ''}  (${clause})`
}

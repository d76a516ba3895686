/** The answer to a counter's own request, trust data and a time become a verdict (ARCHITECTURE §3, §4). */
import { type Mutable, toHex } from '@onetrip/codec'
import {
  type AnswerPart,
  type MdocSession,
  type OfficeRequest,
  openAnswer,
  type Presentation,
  type Want,
} from '@onetrip/credential'
import {
  type AskedRequest,
  judgePart,
  materialSubject,
  type ShownPart,
  wantFor,
} from './answer-subject.ts'
import type { AnswerVerdict, DelegateVerdict, MaterialVerdict } from './answer-verdict.ts'
import { judgeDelegate } from './delegate-verdict.ts'
import { ANSWER_PLAN, MATERIAL_PLAN } from './device-plans.ts'
import { clocksDiffer, trustEvidence } from './evidence.ts'
import { judge, notRun, ran, worstOf } from './judge.ts'
import type { ExpectedRequest, VerifyOptions } from './options.ts'
import { type Reading, readInput } from './read-input.ts'
import { named } from './request-verdict.ts'
import { format } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import { speaksFor } from './speaks-for.ts'
import type { Question } from './subject.ts'
import type { Check, LicenceVerdict } from './verdict.ts'

type AskedOptions = Omit<VerifyOptions, 'accept' | 'request'> & { readonly request: AskedRequest }

/** Options of {@link verifyAnswer}: an answer is always shown as `requested`. */
export interface AnswerOptions extends AskedOptions {
  /** The request that this counter made, as it remembers it. */
  readonly request: AskedRequest & Pick<OfficeRequest, 'digest'>
}

type PartReading = Reading & { readonly material: string | undefined }

/** Options of {@link verifyPresentations}. */
export interface PresentationsOptions extends AskedOptions {
  /** What the holders' keys had to sign. */
  readonly expected: ExpectedRequest
}

/**
 * Verifies an answer: bytes, the text of a code, or one SD-JWT VC. Each presentation is judged as every other, for the request's
 * digest and the office that verifies, the request's where the caller names none; what was not asked is judged, and not told.
 * Of a delegate's answer the delegate is judged first: nothing else is before their key is proven. Any input gives a verdict.
 */
export async function verifyAnswer(
  input: Uint8Array | string,
  options: AnswerOptions,
): Promise<AnswerVerdict> {
  const asked = askedQuestion(options)
  const audience = asked.office ?? options.request.office
  const { digest, issuedAt } = options.request
  const question = { ...asked, request: { audience, nonce: toHex(digest), issuedAt } }
  const { parts, delegate, checks } = readAnswer(input)
  if (parts === undefined) {
    return verdictOf({ checks: [...checks, ...ANSWER_PLAN.map(notRun)], question })
  }
  return judgeParts(parts, { options, question, delegate, read: checks })
}

/** Verifies presentations that came apart, as those of OpenID4VP do, in the same way. */
export function verifyPresentations(
  parts: readonly AnswerPart[],
  options: PresentationsOptions,
): Promise<AnswerVerdict> {
  const { issuedAt } = options.request
  const question = { ...askedQuestion(options), request: { ...options.expected, issuedAt } }
  const { session } = options.expected
  const read = parts.map((part) => readPart(part, session))
  return judgeParts(read, { options, question, delegate: undefined, read: [] })
}

async function judgeParts(
  given: readonly PartReading[],
  of: {
    readonly options: AskedOptions
    readonly question: Question
    /** The delegate's own presentation, where one answers for others. */
    readonly delegate: Presentation | undefined
    readonly read: readonly Check[]
  },
): Promise<AnswerVerdict> {
  const { options, question, delegate, read } = of
  const { request, now } = options
  const judged =
    delegate === undefined ? undefined : await judgeDelegate(delegate, { question, request })
  const partQuestion = judged === undefined ? question : judged.question
  const parts = partQuestion === undefined ? [] : given
  const shown = await Promise.all(
    parts.map((part, at) =>
      judgePart(part, withEarlier(partQuestion ?? question, parts.slice(0, at))),
    ),
  )
  const wanted = wantsServed(shown, request.wants)
  const unasked = wanted.flatMap(({ part, want }) => (want === undefined ? [part] : []))
  const subject = { request, now, unasked: unasked.length }
  const materials = request.wants.map((want) => {
    const name = materialName(options, want.material)
    const part = wanted.find((each) => each.want === want)?.part
    return materialVerdict({ material: named(want.material, name), want, part })
  })
  const checks = [...read, ...judge(ANSWER_PLAN, subject)]
  return verdictOf({ checks, question, materials, unasked, shown, delegate: judged?.verdict })
}

/** The want that each part is shown as; a second one for the same was not asked, for one alone is told and judged at its material. */
function wantsServed(
  shown: readonly ShownPart[],
  wants: readonly Want[],
): readonly { readonly part: ShownPart; readonly want: Want | undefined }[] {
  const served = new Set<Want>()
  return shown.map((part) => {
    const want = wantFor(part, wants)
    if (want === undefined || served.has(want)) return { part, want: undefined }
    served.add(want)
    return { part, want }
  })
}

/** Nothing of the answer as a whole is signed: the presentations are. */
function readAnswer(input: Uint8Array | string): {
  readonly parts?: readonly PartReading[]
  readonly delegate?: Presentation
  readonly checks: readonly Check[]
} {
  const limited = settle(() => limits.check(input))
  if (limited.code !== undefined) return { checks: [ran(limits, limited.code), notRun(format)] }
  const parsed = settle(() => openAnswer(input))
  if (parsed.value === undefined) return { checks: [ran(limits), ran(format, parsed.code)] }
  const { delegate } = parsed.value
  const parts = parsed.value.parts.map((part) => readPart(part))
  const [only] = parts
  // What is by itself and cannot be read is nothing at all.
  if (only?.material === undefined && only?.presentation === undefined) {
    return { checks: only?.checks ?? [] }
  }
  const opened = { parts, checks: [ran(limits), ran(format)] }
  return delegate === undefined ? opened : { ...opened, delegate }
}

function readPart({ material, presentation }: AnswerPart, session?: MdocSession): PartReading {
  return { ...readInput(presentation, session), material }
}

function askedQuestion(options: AskedOptions): Question {
  const { trust, now, policy, seen, environment, receipts } = options
  const speaker = speaksFor(options)
  const office = speaker.kind === 'office' ? speaker.office.id : options.office
  return {
    trust,
    now,
    accept: ['requested'],
    policy: policy ?? {},
    office,
    speaksFor: speaker,
    request: undefined,
    delegated: undefined,
    seen: seen ?? [],
    environment,
    expectedHolder: undefined,
    receipts,
    readText: undefined,
  }
}

/** What stands twice in one answer is shown again. */
function withEarlier(question: Question, earlier: readonly PartReading[]): Question {
  const ids = earlier.flatMap(({ presentation }) => presentation?.keyBinding?.presentationId ?? [])
  return ids.length === 0 ? question : { ...question, seen: [...question.seen, ...ids] }
}

function materialName({ trust, request }: AskedOptions, material: string) {
  const matter = trust.matters.find(({ code }) => code === request.matter)
  return matter?.materials.find(({ code }) => code === material)?.name
}

function materialVerdict(options: {
  readonly material: MaterialVerdict['material']
  readonly want: AskedRequest['wants'][number]
  readonly part: ShownPart | undefined
}): MaterialVerdict {
  const { material, want, part } = options
  const before = part?.verdict.checks ?? []
  const subject = materialSubject(want, part)
  const checks = [...before, ...judge(MATERIAL_PLAN, subject, before)]
  const worst = worstOf(checks)
  const licence = part?.verdict.licences[0]
  const verdict: Mutable<MaterialVerdict> = {
    ...worst,
    material,
    required: want.required,
    checks,
    missing: subject.missing,
  }
  if (part !== undefined) verdict.evidence = part.verdict.evidence
  if (licence !== undefined) {
    verdict.licence = { ...without(licence, subject.beyond), outcome: worst.outcome }
  }
  return verdict
}

function without(licence: LicenceVerdict, names: readonly string[]): LicenceVerdict {
  return { ...licence, claims: licence.claims.filter(({ name }) => !names.includes(name)) }
}

function verdictOf(options: {
  readonly checks: readonly Check[]
  readonly question: Question
  readonly materials?: readonly MaterialVerdict[]
  readonly unasked?: readonly ShownPart[]
  readonly shown?: readonly ShownPart[]
  readonly delegate?: DelegateVerdict | undefined
}): AnswerVerdict {
  const { checks, question, materials = [], unasked = [], shown = [], delegate } = options
  const parts = [...materials, ...unasked.map(({ verdict }) => verdict)]
  const all = [...checks, ...(delegate?.checks ?? []), ...parts.flatMap((part) => part.checks)]
  // A delegation may be answered with again until it ends, the delegate's own signature may not.
  const signed = delegate === undefined ? shown.map(({ verdict }) => verdict) : [delegate]
  const evidence = trustEvidence(question)
  const { codeTime } = signed.find((each) => each.evidence.clock.differs)?.evidence.clock ?? {}
  const differs = clocksDiffer(all)
  const clock = { ...evidence.clock, differs, ...(codeTime === undefined ? {} : { codeTime }) }
  return {
    ...worstOf(all),
    checks,
    evidence: { ...evidence, clock },
    materials,
    unasked: unasked.map(({ verdict: { outcome, reason, checks: own } }) => ({
      outcome,
      ...(reason === undefined ? {} : { reason }),
      checks: own,
    })),
    ...(delegate === undefined ? {} : { delegate }),
    presentationIds: signed.flatMap(({ evidence: own }) => own.presentationId ?? []),
  }
}

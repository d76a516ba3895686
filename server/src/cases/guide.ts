/**
 * The guide of a matter: conditions, questions, limits, ways for each material, grounds of refusal (Zhejiang 最多跑一次 Provisions; what
 * may follow later stands in it). It is the agency's own data beside the signed catalogue, which says which licences serve as which
 * material and which office decides which part.
 */
import { fault } from '@onetrip/codec'
import { type Answers, askQuestions, holds, type When } from '@onetrip/credential'
import type { Matter, MatterPart } from '@onetrip/trust'
import * as v from 'valibot'
import { isReadBy } from './fixed-by-decision.ts'
import { GUIDE_SHAPE, type Guide, type GuideMaterial, type GuidePart } from './guide-shape.ts'

/** What applies to somebody, by their answers. */
export interface Plan {
  readonly parts: readonly (GuidePart & Pick<MatterPart, 'office' | 'name'>)[]
  /** Each with the codes of the parts that need it. */
  readonly materials: readonly (GuideMaterial & { readonly parts: readonly string[] })[]
}

/**
 * Reads a guide and holds it against its matter of the catalogue. Throws `guide/format` for another shape, for what names something that
 * is not there, and for a promise longer than the law allows.
 */
export function parseGuide(json: unknown, matter: Matter): Guide {
  const read = v.safeParse(GUIDE_SHAPE, json)
  if (!read.success) throw fault('guide/format')
  const guide = read.output
  const isWhole =
    guide.matter === matter.code &&
    hasEach(guide.parts, matter.parts) &&
    hasEach(guide.materials, matter.materials) &&
    isDistinct(guide.questions.map(({ code }) => code)) &&
    isDistinct(guide.form.map(({ name }) => name)) &&
    guide.form.filter(({ isPlace }) => isPlace === true).length <= 1 &&
    guide.questions.every(({ answers }) => isDistinct(answers.map(({ code }) => code))) &&
    guide.form.every(({ kind, options }) => (kind === 'choice') === (options !== undefined)) &&
    whensIn(guide).every((when) => isKnownWhen(guide.questions, when)) &&
    guide.questions.every(({ when = [] }, at) => isKnownWhen(guide.questions.slice(0, at), when)) &&
    guide.parts.every((part) => isPossible(guide, part)) &&
    guide.materials.every((material) => isServed(material, matter)) &&
    guide.form.every(({ from }) => from === undefined || isClaimOf(matter, from)) &&
    guide.form.every(
      ({ parts = [] }) => isDistinct(parts) && parts.every((code) => isPart(guide, code)),
    )
  if (!isWhole) throw fault('guide/format')
  return guide
}

/** What applies by the answers: each question that applies has its answer, and there is no other. Throws `guide/answers`. */
export function planFor(guide: Guide, matter: Matter, answers: Answers): Plan {
  assertAnswers(guide, answers)
  const parts = guide.parts.flatMap((part) => {
    const known = matter.parts.find(({ code }) => code === part.code)
    if (known === undefined || !holds(part.when, answers)) return []
    return { ...part, office: known.office, name: known.name }
  })
  const materials = guide.materials.flatMap((material) => {
    if (!holds(material.when, answers)) return []
    const needing = parts.filter(({ code }) =>
      matter.parts.some((part) => part.code === code && part.materials.includes(material.code)),
    )
    return needing.length === 0 ? [] : { ...material, parts: needing.map(({ code }) => code) }
  })
  return { parts, materials }
}

/** Whether a visit is due before the part is decided. */
export function needsVisit({ visit }: Pick<GuidePart, 'visit'>, answers: Answers): boolean {
  return visit !== undefined && (visit.unless === undefined || !holds(visit.unless, answers))
}

/** The guide with the fields of its form that apply by the answers. */
export function withFieldsFor(guide: Guide, answers: Answers): Guide {
  return { ...guide, form: guide.form.filter(({ when }) => holds(when, answers)) }
}

function assertAnswers(guide: Guide, given: Answers): void {
  const { answers, isDone } = askQuestions(guide.questions, given)
  if (!isDone || Object.keys(answers).length !== Object.keys(given).length) {
    throw fault('guide/answers')
  }
}

/** Each is there, once, and no other. */
function hasEach(own: readonly { code: string }[], due: readonly { code: string }[]): boolean {
  const codes = own.map(({ code }) => code)
  return (
    isDistinct(codes) &&
    codes.length === due.length &&
    due.every(({ code }) => codes.includes(code))
  )
}

function isPart({ parts }: Guide, code: string): boolean {
  return parts.some((part) => part.code === code)
}

function isDistinct(codes: readonly string[]): boolean {
  return new Set(codes).size === codes.length
}

function whensIn({ form, parts, materials }: Guide): readonly When[] {
  return [
    ...form,
    ...parts,
    ...materials,
    ...parts.map(({ visit }) => ({ when: visit?.unless })),
  ].flatMap(({ when }) => (when === undefined ? [] : [when]))
}

function isKnownWhen(questions: Guide['questions'], when: When): boolean {
  return when.every(({ question, answers }) => {
    const known = questions.find(({ code }) => code === question)
    return answers.every((answer) => known?.answers.some(({ code }) => code === answer) ?? false)
  })
}

function isPossible(guide: Guide, part: GuidePart): boolean {
  const { code, limit, refusalGrounds, check, promise, result } = part
  const material = guide.materials.find((one) => one.code === promise?.material)
  return (
    limit.promisedDays <= limit.statutoryDays &&
    limit.warnDays <= limit.promisedDays &&
    isDistinct(refusalGrounds.map(({ code }) => code)) &&
    // Data settle a part of which nothing is made.
    (check === undefined || result.kind === 'none') &&
    (promise === undefined ||
      (promise.promisedDays <= limit.statutoryDays &&
        (material?.sources.includes('promise') ?? false))) &&
    (check ?? []).every(
      (due) =>
        !('equalsField' in due) ||
        guide.form.some(
          (field) =>
            field.name === due.equalsField && field.when === undefined && isReadBy(field, code),
        ),
    )
  )
}

/** A licence serves only where the catalogue says which, and a promise has its words. */
function isServed({ code, sources, promise }: GuideMaterial, matter: Matter): boolean {
  const accepts = matter.materials.find((material) => material.code === code)?.accepts ?? []
  const isShown = sources.includes('licence') || sources.includes('register')
  return (
    isDistinct(sources) &&
    (!isShown || accepts.length > 0) &&
    sources.includes('promise') === (promise !== undefined)
  )
}

function isClaimOf(
  { materials }: Matter,
  { material, claim }: { readonly material: string; readonly claim: string },
): boolean {
  const accepts = materials.find(({ code }) => code === material)?.accepts ?? []
  return accepts.some(({ claims }) => claims.includes(claim))
}

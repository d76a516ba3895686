/** What the agency's server says of matters and of somebody's own cases (`/guides`, `/api/my/cases`), as far as these pages show it. */
import type { JsonValue } from '@onetrip/codec'
import type { When } from '@onetrip/credential'
import type { Localised } from '@onetrip/ui'
import {
  countIn,
  listIn,
  localisedIn,
  maybeCount,
  maybeDocument,
  maybeText,
  objectIn,
  textIn,
  textsIn,
} from './read-answer.ts'

/** A matter that can be brought, and where. */
export interface Matter {
  readonly code: string
  readonly name: Localised
  /** Office ids of the trust list. */
  readonly offices: readonly string[]
}

/** A choice of a question or a field. */
export interface CaseChoice {
  readonly code: string
  readonly text: Localised
}

/** A question whose answer leaves only what applies. */
export interface Question {
  readonly code: string
  readonly text: Localised
  readonly answers: readonly CaseChoice[]
  /** By questions before it. */
  readonly when?: When
}

/** The guide of a matter before it is brought. */
export interface Guide extends Matter {
  readonly questions: readonly Question[]
  /** Type codes of the licences that serve as each material. */
  readonly accepts: ReadonlyMap<string, readonly string[]>
}

/** What is left of a guide by somebody's answers. */
export interface Plan {
  readonly parts: readonly {
    readonly code: string
    readonly name: Localised
    readonly promisedDays: number
    readonly conditions: readonly Localised[]
    readonly needsVisit: boolean
  }[]
  readonly materials: readonly { readonly code: string; readonly name: Localised }[]
}

/** A field of the one form. */
export interface Field {
  readonly name: string
  readonly label: Localised
  readonly kind: string
  readonly required: boolean
  readonly maxCharacters: number
  readonly options: readonly CaseChoice[]
  /** Codes of the parts that were decided by it: it stays as it is. */
  readonly fixedBy: readonly string[]
}

/** A material and by what it is there. */
export interface Material {
  readonly code: string
  readonly name: Localised
  /** Ways in which it may be there. */
  readonly sources: readonly string[]
  /** Working days within which it may follow. */
  readonly deferDays?: number
  /** What is promised, word for word. */
  readonly promise?: Localised
  /** By what it is there; none while it is not. */
  readonly way?: string
  readonly dueDay?: string
}

/** On what by law something is refused. */
export interface LegalGround {
  readonly text: Localised
  /** The clause. */
  readonly basis: string
}

/** Why a case was not accepted. */
export interface Declined {
  readonly ground?: LegalGround
  /** How, where and until when somebody objects. */
  readonly objection: Localised
}

/** A department's part. */
export interface Part {
  readonly code: string
  readonly name: Localised
  readonly state: string
  readonly version: number
  /** Last day of the promised time, while it runs. */
  readonly dueDay?: string
  readonly ground?: LegalGround
  /** How, where and until when somebody objects to a refusal. */
  readonly objection?: Localised
  /** Why it was refused, in the department's words. */
  readonly opinion?: string
  /** The decision, word for word as it was sealed. */
  readonly document?: string
  /** Id of the licence that was issued. */
  readonly licence?: string
  readonly actions: readonly string[]
}

/** A step that was taken. */
export interface TakenStep {
  readonly part: string
  readonly action: string
  readonly to: string
  readonly doer: string
  readonly reason?: string
  /** Unix seconds. */
  readonly at: number
}

/** A case in the list. */
export interface ListedCase {
  readonly id: string
  readonly matter: string
  readonly state: string
  readonly number?: string
  /** Unix seconds. */
  readonly createdAt: number
}

/** One's own case. */
export interface MyCase extends ListedCase {
  readonly name: Localised
  readonly office: string
  readonly version: number
  /** Unix seconds. */
  readonly submittedAt?: number
  readonly acceptedAt?: number
  readonly closedAt?: number
  /** Of one that was not accepted. */
  readonly declined?: Declined
  readonly fields: readonly Field[]
  readonly form: Readonly<Record<string, string>>
  readonly materials: readonly Material[]
  readonly parts: readonly Part[]
  readonly visits: readonly { readonly day: string; readonly part: string }[]
  /** Codes of the parts that were rated. */
  readonly rated: readonly string[]
  readonly actions: readonly string[]
  readonly steps: readonly TakenStep[]
}

/** Reads a matter of the list. Throws `issuer/answer`. */
export function parseMatter(value: JsonValue): Matter {
  const members = objectIn(value)
  return {
    code: textIn(members['code']),
    name: localisedIn(members['name']),
    offices: listIn(members['offices'], textIn),
  }
}

/** Reads a guide. Throws `issuer/answer`. */
export function parseGuide(value: JsonValue): Guide {
  const members = objectIn(value)
  return {
    code: textIn(members['matter']),
    name: localisedIn(members['name']),
    offices: listIn(members['offices'], textIn),
    questions: listIn(members['questions'], (item) => {
      const { code, text, answers, when } = objectIn(item)
      return {
        code: textIn(code),
        text: localisedIn(text),
        answers: listIn(answers, parseChoice),
        ...(when === undefined ? {} : { when: listIn(when, parseCondition) }),
      }
    }),
    accepts: new Map(
      listIn(members['materials'], (item) => {
        const { code, accepts } = objectIn(item)
        const types = listIn(accepts ?? [], (one) => textIn(objectIn(one)['type']))
        return [textIn(code), types] as const
      }),
    ),
  }
}

/** Reads a plan. Throws `issuer/answer`. */
export function parsePlan(value: JsonValue): Plan {
  const members = objectIn(value)
  return {
    parts: listIn(members['parts'], (item) => {
      const { code, name, limit, conditions, needsVisit } = objectIn(item)
      return {
        code: textIn(code),
        name: localisedIn(name),
        promisedDays: countIn(objectIn(limit)['promisedDays']),
        conditions: listIn(conditions, localisedIn),
        needsVisit: needsVisit === true,
      }
    }),
    materials: listIn(members['materials'], (item) => {
      const { code, name } = objectIn(item)
      return { code: textIn(code), name: localisedIn(name) }
    }),
  }
}

/** Reads a case of the list. Throws `issuer/answer`. */
export function parseListed(value: JsonValue): ListedCase {
  const members = objectIn(value)
  const number = maybeText(members['number'])
  return {
    id: textIn(members['id']),
    matter: textIn(members['matter']),
    state: textIn(members['state']),
    createdAt: countIn(members['createdAt']),
    ...(number === undefined ? {} : { number }),
  }
}

/** Reads a case. Throws `issuer/answer`. */
export function parseCase(value: JsonValue): MyCase {
  const members = objectIn(value)
  const submittedAt = maybeCount(members['submittedAt'])
  const acceptedAt = maybeCount(members['acceptedAt'])
  const closedAt = maybeCount(members['closedAt'])
  const { declined } = members
  return {
    ...parseListed(value),
    name: localisedIn(members['name']),
    office: textIn(members['office']),
    version: countIn(members['version']),
    ...(submittedAt === undefined ? {} : { submittedAt }),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(declined === undefined ? {} : { declined: parseDeclined(declined) }),
    fields: listIn(members['fields'], parseField),
    form: textsIn(members['form']),
    materials: listIn(members['materials'], parseMaterial),
    parts: listIn(members['parts'], parsePart),
    visits: listIn(members['visits'], (item) => {
      const { day, part } = objectIn(item)
      return { day: textIn(day), part: textIn(part) }
    }),
    rated: listIn(members['rated'], textIn),
    actions: listIn(members['actions'], textIn),
    steps: listIn(members['steps'], parseStep),
  }
}

function parseCondition(value: JsonValue): When[number] {
  const { question, answers } = objectIn(value)
  return { question: textIn(question), answers: listIn(answers, textIn) }
}

function parseChoice(value: JsonValue): CaseChoice {
  const { code, text } = objectIn(value)
  return { code: textIn(code), text: localisedIn(text) }
}

function parseField(value: JsonValue): Field {
  const { name, label, kind, required, maxCharacters, options, fixedBy } = objectIn(value)
  return {
    name: textIn(name),
    label: localisedIn(label),
    kind: textIn(kind),
    required: required === true,
    maxCharacters: countIn(maxCharacters),
    options: options === undefined ? [] : listIn(options, parseChoice),
    fixedBy: listIn(fixedBy, textIn),
  }
}

function parseMaterial(value: JsonValue): Material {
  const members = objectIn(value)
  const deferDays = maybeCount(members['deferDays'])
  const { promise } = members
  const way = maybeText(members['way'])
  const dueDay = maybeText(members['dueDay'])
  return {
    code: textIn(members['code']),
    name: localisedIn(members['name']),
    sources: listIn(members['sources'], textIn),
    ...(deferDays === undefined ? {} : { deferDays }),
    ...(promise === undefined || promise === null ? {} : { promise: localisedIn(promise) }),
    ...(way === undefined ? {} : { way }),
    ...(dueDay === undefined ? {} : { dueDay }),
  }
}

function parseDeclined(value: JsonValue): Declined {
  const { ground, objection } = objectIn(value)
  return {
    ...(ground === undefined ? {} : { ground: parseGround(ground) }),
    objection: localisedIn(objection),
  }
}

function parseGround(value: JsonValue): LegalGround {
  const { text, basis } = objectIn(value)
  return { text: localisedIn(text), basis: textIn(basis) }
}

function parsePart(value: JsonValue): Part {
  const members = objectIn(value)
  const { limit, ground, objection } = members
  const dueDay = limit === null || limit === undefined ? undefined : objectIn(limit)['dueDay']
  const opinion = maybeText(members['opinion'])
  const document = maybeDocument(members['document'])
  const licence = maybeText(members['licence'])
  return {
    code: textIn(members['code']),
    name: localisedIn(members['name']),
    state: textIn(members['state']),
    version: countIn(members['version']),
    ...(typeof dueDay === 'string' ? { dueDay } : {}),
    ...(ground === undefined ? {} : { ground: parseGround(ground) }),
    ...(objection === undefined ? {} : { objection: localisedIn(objection) }),
    ...(opinion === undefined ? {} : { opinion }),
    ...(document === undefined ? {} : { document }),
    ...(licence === undefined ? {} : { licence }),
    actions: listIn(members['actions'], textIn),
  }
}

function parseStep(value: JsonValue): TakenStep {
  const members = objectIn(value)
  const reason = maybeText(members['reason'])
  return {
    part: textIn(members['part']),
    action: textIn(members['action']),
    to: textIn(members['to']),
    doer: textIn(members['doer']),
    ...(reason === undefined ? {} : { reason }),
    at: countIn(members['at']),
  }
}

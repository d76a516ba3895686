/**
 * The decision on a part as a file (行政许可决定书): what is approved by its digest, sealed, and kept. It is made once, when the decision is
 * proposed, and follows from what stands in the database then; it is approved only while the same would follow.
 */
import { isObject, type JsonObject } from '@onetrip/codec'
import { type ClaimDefinition, dayText, type TypeDefinition } from '@onetrip/credential'
import type { CasePartTable } from '../storage/case-schema.ts'
import { formOf, guideOfPart, type OpenedCase } from './case-rows.ts'
import { isReadBy } from './fixed-by-decision.ts'
import { OBJECTION } from './objection.ts'
import { dayAt } from './working-days.ts'

/** Media type of the file. */
export const DECISION_MEDIA_TYPE = 'text/plain'

/** What a decision is made of. */
export interface ProposedDecision {
  readonly opened: OpenedCase
  readonly part: Pick<CasePartTable, 'code' | 'office_id'>
  /** The organisation that decides, as it is called in zh-CN. */
  readonly office: string
  readonly drafted: JsonObject | undefined
  /** The type of the licence that is drafted, as `typeOfDraft` finds it. */
  readonly type: TypeDefinition | undefined
  /** Code of the ground of a refusal. */
  readonly ground: string | null
  readonly opinion: string | null
  /** When it is proposed, Unix seconds. */
  readonly at: number
}

/** What the decision says. */
export function decisionText(decision: ProposedDecision): string {
  const { opened, part, office, drafted, type, ground, opinion, at } = decision
  const guide = guideOfPart(opened, part.code)
  const refusal = guide.refusalGrounds.find(({ code }) => code === ground)
  const lines = [
    ground === null ? '准予行政许可决定书' : '不予行政许可决定书',
    `受理编号：${opened.row.number ?? ''}`,
    `一件事：${opened.matter.name['zh-CN']}`,
    `事项：${guide.name['zh-CN']}`,
    `决定机关：${office}（${part.office_id}）`,
    `依据：${guide.basis.join('；')}`,
    ...fieldLines(opened, part.code),
    ...(refusal === undefined
      ? []
      : [`不予许可理由：${refusal.text['zh-CN']}（${refusal.basis}）`]),
    ...(opinion === null ? [] : [`审查意见：${opinion}`]),
    ...draftLines(drafted, type),
    ...(refusal === undefined ? [] : [OBJECTION['zh-CN']]),
    `日期：${dayAt(at)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** The fields that the part is decided by. */
function fieldLines({ guide, row }: OpenedCase, part: string): readonly string[] {
  const form = formOf(row)
  const read = guide.form.filter((field) => isReadBy(field, part))
  return read.flatMap(({ name, label, options }) => {
    const value = Object.hasOwn(form, name) ? form[name] : undefined
    if (value === undefined) return []
    const chosen = options?.find(({ code }) => code === value)?.text['zh-CN'] ?? value
    return [`${label['zh-CN']}：${chosen.replaceAll('\n', ' ')}`]
  })
}

function draftLines(
  drafted: JsonObject | undefined,
  type: TypeDefinition | undefined,
): readonly string[] {
  if (drafted === undefined) return []
  if (typeof drafted['words'] === 'string') return [`内容：${drafted['words']}`]
  if (type === undefined) throw new TypeError('case: a drafted licence has a type')
  const claims = isObject(drafted['claims']) ? drafted['claims'] : {}
  const until = drafted['validTo']
  return [
    `证照类型：${type.name['zh-CN']}（${type.typeCode}）`,
    `有效期：${String(drafted['validFrom'])} 至 ${until === undefined ? '长期' : String(until)}`,
    ...(drafted['serial'] === undefined ? [] : [`编号：${String(drafted['serial'])}`]),
    '证照内容：',
    ...Object.entries(claims).map(([name, value]) => {
      const claim = type.claims.find((one) => one.name === name)
      return `　　${claimLine(claim, { name, value: String(value) })}`
    }),
  ]
}

/** Nothing that is drafted is left out: what the type does not know stands as it is. */
function claimLine(
  claim: ClaimDefinition | undefined,
  { name, value }: { readonly name: string; readonly value: string },
): string {
  if (claim === undefined) return `${name}：${value}`
  const coded = claim.codes?.[value]?.['zh-CN']
  const text = claim.format === 'date' ? dayText(value)['zh-CN'] : (coded ?? value)
  return `${claim.display['zh-CN']}：${text}`
}

/** What steps need, one rule for each name of the table. A rule throws where it does not hold. */
import { fault, type JsonObject } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { officeNames } from '../trust-data/office-names.ts'
import {
  answersOf,
  formOf,
  guideOfPart,
  hasDecision,
  type OpenedCase,
  storedObject,
} from './case-rows.ts'
import { type Need, PARTS_OVER } from './case-steps.ts'
import { decisionText } from './decision-text.ts'
import { assertDraftNumberFree, typeOfDraft } from './draft-licence.ts'
import { assertFormWhole } from './form.ts'
import { needsVisit } from './guide.ts'
import { lastProposal, materialsHold } from './proposal.ts'
import { isSamePerson } from './same-person.ts'
import type { StepDoer, StepWords } from './take-step.ts'

interface NeedContext {
  readonly services: Services
  readonly transaction: StorageTransaction
  readonly opened: OpenedCase
  /** Absent for a step of the case itself. */
  readonly part: CasePartTable | undefined
  readonly by: StepDoer
  readonly words: StepWords
}

type Rule = (context: NeedContext) => Promise<void> | void

const RULES: Readonly<Record<Need, Rule>> = {
  'form-whole': ({ opened }) => assertFormWhole(opened.guide, formOf(opened.row)),
  'materials-there': ({ opened, part }) => assertMaterials(opened, part),
  'nothing-approved': ({ opened }) => {
    if (hasDecision(opened)) throw fault('case/state')
  },
  'parts-over': ({ opened }) => {
    if (!opened.parts.every(({ state }) => PARTS_OVER.includes(state))) {
      throw fault('case/parts-open')
    }
  },
  reason: ({ words }) => {
    if (words.reason === undefined) throw fault('case/reason')
  },
  ground: assertGround,
  'no-result': ({ opened, part }) => assertResult(opened, part, 'none'),
  'licence-result': ({ opened, part }) => assertResult(opened, part, 'licence'),
  'notice-result': ({ opened, part }) => assertResult(opened, part, 'notice'),
  'nothing-deferred': assertNothingDeferred,
  'visit-passed': assertVisitPassed,
  'other-person': assertApprover,
  'draft-seen': assertDraftSeen,
  'seal-free': assertSealFree,
  'seal-made': assertSealMade,
  'handed-over': assertHandedOver,
}

/** Throws unless what the step needs holds. */
export async function assertNeed(need: Need, context: NeedContext): Promise<void> {
  await RULES[need](context)
}

/** All that a part needs, or the case: each is there, or may follow. */
function assertMaterials({ plan, materials }: OpenedCase, part: CasePartTable | undefined): void {
  const due = plan.materials.filter(({ parts }) => part === undefined || parts.includes(part.code))
  const isThere = (code: string): boolean => materials.some((one) => one.code === code)
  if (!due.every(({ code, sources }) => isThere(code) || sources[0] === 'generated')) {
    throw fault('case/materials-missing')
  }
}

/** For a part one of its own grounds; for the whole case one of any part. */
function assertGround({ opened, part, words }: NeedContext): void {
  const grounds =
    part === undefined
      ? opened.plan.parts.flatMap(({ refusalGrounds }) => refusalGrounds)
      : guideOfPart(opened, part.code).refusalGrounds
  if (!grounds.some(({ code }) => code === words.ground)) throw fault('case/ground')
}

function assertResult(
  opened: OpenedCase,
  part: CasePartTable | undefined,
  kind: 'none' | 'notice' | 'licence',
): void {
  if (part === undefined || guideOfPart(opened, part.code).result.kind !== kind) {
    throw fault('case/state')
  }
}

function assertNothingDeferred({ opened, part }: NeedContext): void {
  if (part === undefined) throw new TypeError('case: a step of a part')
  if (guideOfPart(opened, part.code).result.kind === 'none') throw fault('case/state')
  const needed = opened.plan.materials.filter(({ parts }) => parts.includes(part.code))
  const isDeferred = needed.some(({ code }) =>
    opened.materials.some((one) => one.code === code && one.way === 'deferred'),
  )
  if (isDeferred) throw fault('case/deferred')
}

async function assertVisitPassed({ transaction, opened, part }: NeedContext): Promise<void> {
  if (part === undefined) throw new TypeError('case: a step of a part')
  if (!needsVisit(guideOfPart(opened, part.code), answersOf(opened.row))) return
  const rows = await transaction
    .selectFrom('case_visit_part')
    .innerJoin('case_visit', 'case_visit.id', 'case_visit_part.visit_id')
    .select('passed')
    .where('case_id', '=', opened.row.id)
    .where('part', '=', part.code)
    .orderBy('case_visit.id', 'desc')
    .execute()
  // The last visit counts: what failed is visited again.
  if (rows[0]?.passed !== 1) throw fault('case/visit')
}

/** Nobody approves what they took in, reviewed or drafted, under whichever key or session they come (case AU02). */
async function assertApprover({ transaction, opened, part, by }: NeedContext): Promise<void> {
  if (by.kind !== 'staff' || part === undefined) throw fault('auth/forbidden')
  const { actorId } = by.actor
  if (await isSamePerson(transaction, { opened, part, actorId })) {
    throw fault('approval/same-person')
  }
}

/** Approved is what was seen: its digest says so, and nothing else becomes of it; and it was proposed by what still stands in the case. */
async function assertDraftSeen(context: NeedContext): Promise<void> {
  const { services, transaction, opened, part, words } = context
  const { document = null, document_sha256: sha256 = null } = part ?? {}
  if (part === undefined || document === null || sha256 === null || sha256 !== words.sha256) {
    throw fault('case/draft')
  }
  const { code, case_id: id, office_id: officeId, ground, opinion, draft } = part
  const proposed = await lastProposal(transaction, { caseId: id, part: code })
  // None is kept of a proposal of an older version: it is proposed anew.
  if (proposed.materials !== materialsHold(services, opened, code)) throw fault('case/draft')
  const nameOf = await officeNames(transaction, [officeId])
  const drafted: JsonObject | undefined = draft === null ? undefined : storedObject(draft)
  const text = decisionText({
    opened,
    part,
    office: nameOf(officeId)['zh-CN'],
    drafted,
    type: await typeOfDraft(transaction, drafted),
    ground,
    opinion,
    at: proposed.at,
  })
  if (text !== document) throw fault('case/draft')
  await assertDraftNumberFree(transaction, part, drafted)
}

async function assertSealFree({ services, transaction, part }: NeedContext): Promise<void> {
  const use = await transaction
    .selectFrom('seal_use')
    .select(['state', 'good_until'])
    .where('id', '=', part?.use_id ?? '')
    .executeTakeFirst()
  if (use === undefined) return
  if (use.state !== 'refused' && use.good_until >= services.now()) throw fault('case/seal-open')
}

async function assertSealMade({ transaction, part }: NeedContext): Promise<void> {
  const file = await transaction
    .selectFrom('seal_use_file')
    .select('state')
    .where('use_id', '=', part?.use_id ?? '')
    .where('sha256', '=', part?.document_sha256 ?? '')
    .executeTakeFirst()
  if (file?.state !== 'sealed') throw fault('approval/missing')
}

/** It is in a wallet, or on paper. */
async function assertHandedOver({ transaction, part }: NeedContext): Promise<void> {
  const credential = await transaction
    .selectFrom('credential')
    .select('id')
    .where('licence_id', '=', part?.licence_id ?? '')
    .where('state', '=', 'issued')
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (credential === undefined) throw fault('case/not-handed-over')
}

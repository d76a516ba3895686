/** The tables of cases (一件事), their parts and what came in with them; columns as in `schema.ts`. */
import type { CaseState, PartState } from '../cases/case-steps.ts'

/** A guide in one of its versions; a case keeps the version it began with. */
export interface GuideTable {
  matter: string
  version: number
  document: string
}

/** A case, from its draft to its end. */
export interface CaseTable {
  id: string
  /** Number of its acceptance (受理编号). */
  number: string | null
  matter: string
  guide_version: number
  /** USCC of the office where it was brought. */
  office_id: string
  state: CaseState
  /** Raised with every change of the case itself. */
  version: number
  /** `counter` where a clerk takes it in, `home` where a citizen does. */
  channel: 'counter' | 'home'
  /** What stands as `holderReference` in the licences of whoever applies. */
  applicant: string
  /** The clerk who began it; null for one from home. */
  actor_id: string | null
  /** Answers by question, JSON. */
  answers: string
  /** Values by field, JSON. */
  form: string
  /** The request by which licences are shown, and in whose name it was opened. */
  verification_id: string | null
  verification_actor: string | null
  /** How often the person had to come. */
  trips: number
  created_at: number
  submitted_at: number | null
  accepted_at: number | null
  closed_at: number | null
}

/** The next number of acceptance that an office gives on a day. */
export interface CaseNumberTable {
  office_id: string
  day: string
  next: number
}

/** One department's part of a case. */
export interface CasePartTable {
  case_id: string
  code: string
  /** USCC of the office that decides it. */
  office_id: string
  state: PartState
  version: number
  promised_days: number
  warn_days: number
  began_at: number | null
  stopped_days: number
  stopped_since: number | null
  ended_at: number | null
  /** `ended_at` as a day in Shanghai. */
  ended_day: string | null
  /** Last day while the clock runs, for the board. */
  due_day: string | null
  /** Code of the legal ground of a refusal. */
  ground: string | null
  /** What the reviewer says for the decision. */
  opinion: string | null
  /** What is to be stated, JSON. */
  draft: string | null
  /** The decision as approved, text, and its SHA-256, base64url. */
  document: string | null
  document_sha256: string | null
  use_id: string | null
  licence_id: string | null
}

/** A material of a case, and by what it is there. */
export interface CaseMaterialTable {
  case_id: string
  code: string
  way: 'licence' | 'register' | 'upload' | 'promise' | 'generated' | 'deferred'
  /** What was shown, promised or laid in, JSON. */
  evidence: string
  /** Last day of one that follows later. */
  due_day: string | null
  at: number
  /** Null for what a citizen did from home. */
  actor_id: string | null
}

/** A file that was laid in; its bytes stand beside it, in a table that nothing else reads. */
export interface CaseUploadTable {
  id: string
  case_id: string
  material: string
  sha256: string
  length: number
  media_type: string
  name: string
  at: number
  /** 1 when another took its place. */
  replaced: number
}

/** The bytes of an upload, sealed, base64url. */
export interface CaseUploadBodyTable {
  upload_id: string
  body: string
}

/** A visit on the spot, of one department or of several together. */
export interface CaseVisitTable {
  id: string
  case_id: string
  day: string
  actor_id: string
  at: number
}

/** What a department found at a visit. */
export interface CaseVisitPartTable {
  visit_id: string
  part: string
  passed: number | null
  findings: string | null
  actor_id: string | null
  at: number | null
}

/** A step of a case or of one of its parts; rows are only added. */
export interface CaseTransitionTable {
  case_id: string
  sequence: number
  /** Empty for a step of the case itself. */
  part: string
  action: string
  from_state: string
  to_state: string
  /** Null for the citizen and for the server. */
  actor_id: string | null
  doer: 'staff' | 'citizen' | 'server'
  reason: string | null
  at: number
  /** Code of the legal ground on which it was taken. */
  ground: string | null
  /** A hold of the materials by which it proposes a decision, base64url. */
  materials: string | null
}

/** What somebody said of how a part was handled (好差评), once. */
export interface CaseFeedbackTable {
  id: string
  case_id: string
  part: string
  office_id: string
  /** 5 非常满意 … 1 非常不满意. */
  level: number
  words: string | null
  at: number
  /** `none` where nobody has to answer. */
  state: 'none' | 'open' | 'answered'
  due_day: string | null
  answer: string | null
  answered_by: string | null
  answered_at: number | null
}

/** A licence that somebody was shown and did not believe. */
export interface LicenceReportTable {
  id: string
  /** USCC of the agency that it names, or of none where it is not known here. */
  agency_id: string | null
  /** Code of the verdict. */
  code: string
  place: 'counter' | 'wallet'
  /** JSON. */
  evidence: string
  words: string | null
  at: number
  state: 'open' | 'answered'
  answer: string | null
  answered_by: string | null
  answered_at: number | null
}

/** The tables of cases in the database. */
export interface CaseSchema {
  guide: GuideTable
  case_file: CaseTable
  case_number: CaseNumberTable
  case_part: CasePartTable
  case_material: CaseMaterialTable
  case_upload: CaseUploadTable
  case_upload_body: CaseUploadBodyTable
  case_visit: CaseVisitTable
  case_visit_part: CaseVisitPartTable
  case_transition: CaseTransitionTable
  case_feedback: CaseFeedbackTable
  licence_report: LicenceReportTable
}

/**
 * Every store of personal data: what it holds, how long, on what ground, and what is done then (个人信息保护法 第十九条、第四十七条: no longer than its
 * purpose needs). A test compares both lists with the database: a table that stands in neither fails it. The job in `enforce-retention.ts` does what
 * the column `days` says; what ends with something else is forgotten there too, by the time that its row bears.
 */

const DAY = 1
const YEAR = 365 * DAY

/** How one store is kept. */
export interface RetentionRow {
  readonly holds: string
  /** Days after `after`; `own-end`: each row says until when; `kept`: for as long as the licence, seal or record that it proves. */
  readonly days: number | 'own-end' | 'kept'
  readonly after: string
  readonly ground: string
  /** `emptied`: the row stays, for numbers and links, and says nothing of a person any more. */
  readonly done: 'deleted' | 'emptied' | 'kept'
}

const PURPOSE = '个人信息保护法 第十九条'
const CASES = '个人信息保护法 第十九条、第四十七条；归档包留存于档案系统（GB/T 42727-2023）'
const REGISTER = '行政许可法 第六十一条；国务院关于在线政务服务的若干规定 第十二条'
const EVIDENCE = '网络安全法 第二十一条第三项（不少于六个月）；用印与审批留痕 国办发〔2025〕33号'

/** Drafts that nobody handed in, after the last that was written in them. */
export const DRAFT_DAYS: number = 90 * DAY
/** Cases that were returned and not handed in again, after the last that was written in them: then they are withdrawn. */
export const RETURNED_DAYS: number = 180 * DAY
/** Cases that are over: closed, archived, refused or withdrawn. */
export const CASE_DAYS: number = 5 * YEAR
/** Reports that were answered. */
export const REPORT_DAYS: number = YEAR

/** Tables that hold something of people, by name. */
export const RETENTION: Readonly<Record<string, RetentionRow>> = {
  // The register and its history.
  licence: kept('claims, reference of the holder', 'the licence', REGISTER),
  status_change: kept('reasons, who changed it', 'the licence', REGISTER),
  credential: kept('what was signed', 'the licence', REGISTER),
  batch: kept('who asked and who approved', 'the licences', REGISTER),
  batch_row: {
    holds: 'claims of licences that are still to be issued',
    days: 'own-end',
    after: 'its licence is issued, or its batch is refused or withdrawn',
    ground: PURPOSE,
    done: 'emptied',
  },
  licence_order: {
    holds: 'who asked and who decided; of a transfer, claims of the next holder',
    days: 'own-end',
    after: 'it is decided',
    ground: REGISTER,
    done: 'emptied',
  },
  offer: ended('which licence waits for its holder', 'the offer is taken or over', 'kept'),
  // Cases.
  case_file: overCase('applicant and form', 'emptied'),
  case_material: overCase('what was shown, promised or laid in', 'emptied'),
  case_upload: overCase('names of files', 'emptied'),
  case_upload_body: overCase('files that were laid in', 'deleted'),
  case_part: overCase('opinion, draft and decision', 'emptied'),
  case_visit: kept('who was to visit', 'the case', EVIDENCE),
  case_visit_part: overCase('findings', 'emptied'),
  case_feedback: overCase('words of a rating and its answer', 'emptied'),
  case_transition: kept('who did what and why', 'the record', EVIDENCE),
  licence_report: {
    holds: 'words of whoever did not believe a licence, and the answer',
    days: REPORT_DAYS,
    after: 'the report was answered',
    ground: PURPOSE,
    done: 'emptied',
  },
  // Signing in, and what is under way.
  session: ended('who signed in', 'the session ends', 'deleted'),
  sign_in: ended('where a sign-in leads', 'the sign-in is over', 'deleted'),
  sign_in_code: ended('who signed in', 'the code is over', 'deleted'),
  staff_session: ended('who signed in', 'the session ends', 'deleted'),
  access_token: ended('which offer was taken', 'the token is over', 'deleted'),
  authorization_request: ended('who may fetch which licence', 'the request is over', 'deleted'),
  deferred: ended('keys of a holder', 'the answer was fetched or is over', 'deleted'),
  notification: kept('what a wallet told', 'the licence', REGISTER),
  verification: ended('what was asked and shown', 'ten minutes after its answer or end', 'deleted'),
  shown_presentation: ended('digest of what was shown', 'it cannot come again', 'deleted'),
  idempotency: {
    holds: 'answers to retries, sealed',
    days: 30 * DAY,
    after: 'the answer was given',
    ground: PURPOSE,
    done: 'deleted',
  },
  // Who works here, and what they did.
  actor: kept('names of officers and systems', 'the record', EVIDENCE),
  api_key: kept('whose key it was', 'the record', EVIDENCE),
  staff: kept('subject at the identity provider', 'the record', EVIDENCE),
  staff_grant: kept('who had which role', 'the record', EVIDENCE),
  staff_person: kept(
    'a keyed digest of as whom they are known as citizens',
    'the record',
    EVIDENCE,
  ),
  counter: kept('names of devices', 'the record', EVIDENCE),
  denied: kept('who denied a device or a key', 'the record', EVIDENCE),
  seal: kept('who applied for it', 'the seal', EVIDENCE),
  seal_event: kept('who did what with it', 'the seal', EVIDENCE),
  seal_use: kept('who asked, who approved, for what', 'the seal', EVIDENCE),
  seal_use_file: kept('names and digests of files', 'the seal', EVIDENCE),
  log_fact: kept(
    'who did what; citizens by a keyed digest, no claims',
    'the record, which nobody can shorten',
    EVIDENCE,
  ),
  log_word: kept('ids of actors and records', 'the record', EVIDENCE),
}

/** Tables that say nothing of a person. */
export const NOTHING_PERSONAL: readonly string[] = [
  'agency',
  'agency_type',
  'case_number',
  'dpop_proof',
  'former_status',
  'guide',
  'kept_status',
  'lease',
  'licence_replacement',
  'licence_type',
  'listed_key',
  'log_checkpoint',
  'log_cosignature',
  'log_entry',
  'log_hash',
  'mdoc_certificate',
  'mirror_file',
  'nonce',
  'office',
  'office_key',
  'online_revision',
  'published_status',
  'rate_window',
  'request_certificate',
  'schema_version',
  'seal_maker',
  'seal_maker_key',
  'seal_number',
  'serial_counter',
  'setting',
  'signing_key',
  'status_list',
  'time_stamper',
  'trust_document',
  'trust_revision',
  'tuf_metadata',
  'tuf_status',
  'tuf_target',
]

function kept(holds: string, after: string, ground: string): RetentionRow {
  return { holds, days: 'kept', after, ground, done: 'kept' }
}

function ended(holds: string, after: string, done: 'deleted' | 'kept'): RetentionRow {
  return { holds, days: 'own-end', after, ground: PURPOSE, done }
}

function overCase(holds: string, done: 'deleted' | 'emptied'): RetentionRow {
  const after =
    'the case was closed, declined or withdrawn, as one is by itself that was returned and in which nobody wrote for 180 days; 90 days after the last that was written in a draft that nobody handed in'
  return { holds, days: CASE_DAYS, after, ground: CASES, done }
}

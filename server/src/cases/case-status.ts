/** HTTP statuses of what is at fault with cases; part of the table in `problem-status.ts`. */
import type { ErrorCode } from '@onetrip/codec'
import type { Status } from '../problem-status.ts'

type CaseCode = Extract<
  ErrorCode,
  `${'case' | 'feedback' | 'guide' | 'report' | 'upload'}/${string}`
>

/** The HTTP status of each code of a case, a guide, an upload, a rating or a report. */
export const CASE_STATUS: Readonly<Record<CaseCode, Status>> = {
  'case/changed': 409,
  'case/deferred': 409,
  'case/draft': 409,
  'case/evidence': 409,
  'case/form': 400,
  'case/ground': 400,
  'case/material': 400,
  'case/materials-missing': 409,
  'case/not-found': 404,
  'case/not-handed-over': 409,
  'case/parts-open': 409,
  'case/reason': 400,
  'case/seal-open': 409,
  'case/state': 409,
  'case/visit': 409,
  'feedback/exists': 409,
  'feedback/not-due': 409,
  'feedback/not-found': 404,
  'feedback/settled': 409,
  'guide/answers': 400,
  'guide/format': 400,
  'guide/unknown': 404,
  'guide/version': 409,
  'report/not-found': 404,
  'report/settled': 409,
  'upload/active-content': 400,
  'upload/media-type': 415,
  'upload/not-found': 404,
  'upload/too-large': 413,
  'upload/too-many': 409,
  'upload/unreadable': 400,
}

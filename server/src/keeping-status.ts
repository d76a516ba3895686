/** HTTP statuses of what is at fault in archive packages and backups; part of the table in `problem-status.ts`. */
import type { ErrorCode } from '@onetrip/codec'
import type { Status } from './problem-status.ts'

type KeepingCode = Extract<ErrorCode, `${'archive' | 'restore'}/${string}`>

/** The HTTP status of each code of an archive package or a backup. */
export const KEEPING_STATUS: Readonly<Record<KeepingCode, Status>> = {
  'archive/altered': 400,
  'archive/format': 400,
  'archive/incomplete': 400,
  'archive/limit': 413,
  'archive/unproven': 409,
  'restore/altered': 400,
  'restore/format': 400,
  'restore/log-behind': 409,
  'restore/not-empty': 409,
  'restore/not-lost': 409,
  'restore/nothing': 409,
  'restore/other-log': 409,
  'restore/pending': 503,
  'restore/tools': 503,
  'restore/trust-behind': 409,
}

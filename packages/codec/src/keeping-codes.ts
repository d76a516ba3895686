/** The codes of what is kept for later: archive packages, and backups that are put back; a part of the closed set. */

/** See `ERROR_CODES`. */
export const KEEPING_CODES = [
  'archive/altered',
  'archive/format',
  'archive/incomplete',
  'archive/limit',
  'archive/unproven',
  'restore/altered',
  'restore/format',
  'restore/log-behind',
  'restore/not-empty',
  'restore/not-lost',
  'restore/nothing',
  'restore/other-log',
  'restore/pending',
  'restore/tools',
  'restore/trust-behind',
] as const

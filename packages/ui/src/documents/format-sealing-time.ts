/** When something was sealed, in words: always with its day, which matters longer than the hour. */

import { formatClock, formatDate } from '../formatters.ts'

/** `2026年11月26日 17:10`, `26 November 2026 17:10`; Asia/Shanghai. */
export function formatSealingTime(unixSeconds: number): string {
  return `${formatDate(unixSeconds)} ${formatClock(unixSeconds)}`
}

/** How the clock of a part stands, in words; yellow before its end and red after it. */

import { formatDay } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { Limit } from './case-file.ts'
import { tp } from './words-cases.ts'

/** Shows a limit; nothing before the clock begins. */
export function LimitLine({ limit }: { readonly limit: Limit | null }): VNode | null {
  if (limit === null) return null
  const { light, dueDay, leftDays } = limit
  return (
    <span class={`limit limit-${light}`}>
      {tp(`light.${light}`, { day: formatDay(dueDay), count: leftDays })}
    </span>
  )
}

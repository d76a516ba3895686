/** How the clock of a part stands, in words; yellow before its end and red after it. */

import { formatDay } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { PartLine } from './case-file.ts'
import { UNDECIDED } from './case-states.ts'
import { tp } from './words-cases.ts'

/** Shows a limit; nothing before the clock begins, and nothing of what was withdrawn. */
export function LimitLine({ state, limit }: Pick<PartLine, 'state' | 'limit'>): VNode | null {
  if (limit === null || state === 'withdrawn') return null
  const { light, dueDay, leftDays } = limit
  const day = formatDay(dueDay)
  if (UNDECIDED.includes(state)) {
    return (
      <span class={`limit limit-${light}`}>{tp(`light.${light}`, { day, count: leftDays })}</span>
    )
  }
  const isMissed = light === 'red'
  return (
    <span class={`limit limit-${isMissed ? 'red' : 'green'}`}>
      {tp(isMissed ? 'light.missed' : 'light.kept', { day })}
    </span>
  )
}

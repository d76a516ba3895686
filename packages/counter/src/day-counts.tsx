/** The counts of each day, one line a day, so that it reflows in large type. */

import { formatDate, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { dayStart } from './calendar.ts'
import type { DayCount } from './scan-counts.ts'
import { tr } from './words-recent.ts'

const OUTCOMES = ['valid', 'caution', 'invalid', 'unverifiable'] as const

/** Properties of {@link DayCounts}. */
export interface DayCountsProps {
  /** Newest first. */
  readonly counts: readonly DayCount[]
}

/** The lines; outcomes that a day did not have are left out. */
export function DayCounts({ counts }: DayCountsProps): VNode {
  return (
    <section class="panel stack" aria-labelledby="day-counts">
      <h2 id="day-counts" class="panel-title">
        {tr('days')}
      </h2>
      <dl class="rows counts" data-testid="day-counts">
        {counts.map(({ day, total, outcomes }) => (
          <Row key={day} term={formatDate(dayStart(day))}>
            <strong>{total}</strong>
            {OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map((outcome) => (
              <span key={outcome} class="count">
                {tr(`days.${outcome}`)} {outcomes[outcome]}
              </span>
            ))}
          </Row>
        ))}
      </dl>
    </section>
  )
}

/** A time: how long ago on the screen, exactly on hover and on paper. */

import { formatAge, formatClock, formatDate } from '@onetrip/ui'
import type { VNode } from 'preact'
import { tc } from './messages.ts'

/** Shows a Unix time in seconds; one that is to come is shown exactly. */
export function Moment({ at }: { readonly at: number }): VNode {
  const exact = tc('moment.on', { day: formatDate(at), clock: formatClock(at) })
  const age = Date.now() / 1000 - at
  return (
    <time class="moment" dateTime={new Date(at * 1000).toISOString()} title={exact}>
      {age < 0 ? (
        exact
      ) : (
        <>
          <span class="no-print">{formatAge(age)}</span>
          <span class="only-print">{exact}</span>
        </>
      )}
    </time>
  )
}

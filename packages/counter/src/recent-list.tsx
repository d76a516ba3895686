/** Recent scans as a list of lines: sign, word, licence, time. */

import { Data, formatMoment, localised, SignIcon, TONE_SIGNS, toneOf, wordOf } from '@onetrip/ui'
import type { VNode } from 'preact'
import { tick } from './clock.ts'
import { openableVerdicts, openVerdict } from './counter-state.ts'
import { tc } from './messages.ts'
import { scanNumber } from './scan-number.ts'
import { recordedHead, type ScanRecord } from './scan-record.ts'

/** Properties of {@link RecentList}. */
export interface RecentListProps {
  readonly records: readonly ScanRecord[]
  /** What can be done with a record, beside its words; its number is then shown too. */
  readonly action?: (record: ScanRecord) => VNode
}

/** The list; scans of this page's life open again. */
export function RecentList({ records, action }: RecentListProps): VNode {
  return (
    <ul class="recent" data-testid="recent-list">
      {records.map((record) => (
        <li key={record.id} class="recent-line">
          <RecentWords record={record} numbered={action !== undefined} />
          {action?.(record)}
        </li>
      ))}
    </ul>
  )
}

interface RecentWordsProps {
  readonly record: ScanRecord
  readonly numbered: boolean
}

function RecentWords({ record, numbered }: RecentWordsProps): VNode {
  const head = recordedHead(record)
  const tone = toneOf(head)
  const words = (
    <>
      <span class={`recent-sign tone-${tone}`}>
        <SignIcon sign={TONE_SIGNS[tone]} />
      </span>
      <span class="recent-words">
        <span class="recent-head">
          <strong>{wordOf(head)}</strong>
          <span class="hint">{formatMoment(record.at, tick.value)}</span>
        </span>
        <span class="recent-what">
          {record.typeName === undefined ? (
            tc('recent.unknown')
          ) : (
            <Data>{localised(record.typeName)}</Data>
          )}
          {record.holder === undefined ? null : (
            <>
              {' · '}
              <Data>{record.holder}</Data>
            </>
          )}
          {numbered ? (
            <>
              {' · '}
              <span class="recent-number">{scanNumber(record)}</span>
            </>
          ) : null}
        </span>
      </span>
    </>
  )
  if (!openableVerdicts.value.has(record.id)) return <div class="recent-row">{words}</div>
  return (
    <button type="button" class="recent-row recent-open" onClick={() => openVerdict(record.id)}>
      {words}
    </button>
  )
}

/** The board (看板): how often people had to come, what they did not have to bring, what was in time, and how they found it. */

import '../board.css'
import { Button, EmptyScreen, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { BOARD, type Board } from '../board-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { percent, ShareChart } from '../share-chart.tsx'
import { tw } from '../words-board.ts'
import { tf } from '../words-feedback.ts'

const DAY_SECONDS = 86_400
const PERIODS = ['30', '90', '365', 'all'] as const
/** One of {@link PERIODS}: days, or all. */
type Period = (typeof PERIODS)[number]

/** The page of the board. */
export function BoardScreen(): VNode {
  const [period, setPeriod] = useState<Period>('365')
  const board = useLoaded(`/api/board?since=${sinceOf(period)}`, BOARD)
  return (
    <div class="stack" data-testid="board-screen">
      <h1>{tw('title')}</h1>
      <p class="hint">{tw('text')}</p>
      <form class="filters no-print" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label={tw('since')}
          name="since"
          value={period}
          choices={PERIODS.map((value) => ({ value, text: tw(`since.${value}`) }))}
          onChange={(value) => setPeriod(PERIODS.find((one) => one === value) ?? 'all')}
          testId="board-since"
        />
        <Button onPress={board.reload} testId="board-reload">
          {tw('reload')}
        </Button>
      </form>
      <p class="only-print">{tw(`since.${period}`)}</p>
      <Part of={board}>
        {(value) =>
          value.cases.accepted + value.feedback.ratings === 0 ? (
            <EmptyScreen title={tw('empty')} />
          ) : (
            <Figures board={value} />
          )
        }
      </Part>
    </div>
  )
}

/** From the beginning of a day, so that the address stays what it is while somebody looks. */
function sinceOf(period: Period): number {
  if (period === 'all') return 0
  const today = Math.floor(Date.now() / 1000 / DAY_SECONDS)
  return (today - Number(period)) * DAY_SECONDS
}

function Figures({ board }: { readonly board: Board }): VNode {
  const { cases, trips, materials, limits, feedback } = board
  const heads = { name: tw('head.name'), count: tw('head.count'), share: tw('head.share') }
  const counts = [
    ['accepted', cases.accepted],
    ['open', cases.open],
    ['closed', cases.closed],
    ['late', materials.late],
  ] as const
  return (
    <>
      <dl class="counts">
        {counts.map(([name, count]) => (
          <div key={name} class="count" data-testid={`count-${name}`}>
            <dt>{tw(name)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <div class="charts">
        <ShareChart
          title={tw('trips')}
          figure={percent(trips.atMostOnceRate)}
          hint={tw('trips.hint')}
          parts={[
            { name: tw('trips.never'), count: trips.never, tone: 'best' },
            { name: tw('trips.once'), count: trips.atMostOnce - trips.never, tone: 'good' },
            { name: tw('trips.more'), count: cases.closed - trips.atMostOnce, tone: 'bad' },
          ]}
          heads={heads}
          testId="chart-trips"
        />
        <ShareChart
          title={tw('materials')}
          figure={String(materials.spared)}
          hint={tw('materials.hint')}
          parts={[
            { name: tw('materials.spared'), count: materials.spared, tone: 'best' },
            { name: tw('materials.asked'), count: materials.asked, tone: 'middle' },
          ]}
          heads={heads}
          testId="chart-materials"
        />
        <ShareChart
          title={tw('limits')}
          figure={percent(limits.inTimeRate)}
          hint={tw('limits.hint')}
          parts={[
            { name: tw('limits.in-time'), count: limits.inTime, tone: 'best' },
            { name: tw('limits.late'), count: limits.decided - limits.inTime, tone: 'bad' },
            {
              name: tw('limits.under-way'),
              count: limits.underWay - limits.overdue,
              tone: 'middle',
            },
            { name: tw('limits.overdue'), count: limits.overdue, tone: 'worst' },
          ]}
          heads={heads}
          testId="chart-limits"
        />
        <ShareChart
          title={tw('feedback')}
          figure={percent(feedback.goodRate)}
          hint={tw('feedback.hint')}
          parts={[
            { name: tf('level.5'), count: feedback.levels[5], tone: 'best' },
            { name: tf('level.4'), count: feedback.levels[4], tone: 'good' },
            { name: tf('level.3'), count: feedback.levels[3], tone: 'middle' },
            { name: tf('level.2'), count: feedback.levels[2], tone: 'bad' },
            { name: tf('level.1'), count: feedback.levels[1], tone: 'worst' },
          ]}
          heads={heads}
          testId="chart-feedback"
        />
      </div>
    </>
  )
}

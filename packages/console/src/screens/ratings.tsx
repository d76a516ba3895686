/** Ratings of the organisation: bad ones that wait for an answer first. */

import { Data, formatDay, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { AnswerButton } from '../answer-button.tsx'
import { DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { FEEDBACK, type Rating } from '../oversight-data.ts'
import type { Me } from '../session.ts'
import { type StateTone, StateWord } from '../state-word.tsx'
import { tf } from '../words-feedback.ts'

const LEVELS = {
  5: { word: 'level.5', tone: 'good' },
  4: { word: 'level.4', tone: 'good' },
  3: { word: 'level.3', tone: 'waiting' },
  2: { word: 'level.2', tone: 'bad' },
  1: { word: 'level.1', tone: 'bad' },
} as const satisfies Record<number, { readonly word: string; readonly tone: StateTone }>

/** The ratings. */
export function Ratings({ me }: { readonly me: Me }): VNode {
  const ratings = useLoaded('/api/feedback', FEEDBACK)
  return (
    <section class="stack" data-testid="ratings">
      <h2>{tf('ratings.waiting')}</h2>
      <Part of={ratings}>
        {({ feedback }) => {
          const waiting = feedback.filter(({ state }) => state === 'open')
          const others = feedback.filter(({ state }) => state !== 'open')
          return (
            <>
              {waiting.length === 0 ? <p class="hint">{tf('ratings.waiting-none')}</p> : null}
              {waiting.map((rating) => (
                <Task key={rating.id} me={me} rating={rating} onDone={ratings.reload} />
              ))}
              <h2>{tf('ratings.all')}</h2>
              {others.length === 0 ? (
                <p class="hint">{tf('ratings.none')}</p>
              ) : (
                <Others ratings={others} />
              )}
            </>
          )
        }}
      </Part>
    </section>
  )
}

function Task(props: {
  readonly me: Me
  readonly rating: Rating
  readonly onDone: () => void
}): VNode {
  const { me, rating, onDone } = props
  return (
    <article class="panel two-columns" data-testid="rating-task">
      <dl class="rows">
        <Row term={tf('words')}>
          <strong>
            <Words rating={rating} />
          </strong>
        </Row>
        <Row term={tf('level')}>
          <Level rating={rating} /> · <Moment at={rating.at} />
        </Row>
        <Row term={tf('matter')}>
          <Data>{localised(rating.name)}</Data>
        </Row>
        <Row term={tf('case')}>
          <Data>{rating.number ?? '—'}</Data>
        </Row>
        {rating.dueDay === null ? null : (
          <Row term={tf('due')}>
            <Due day={rating.dueDay} />
          </Row>
        )}
      </dl>
      <div class="stack no-print">
        {me.rights.includes('approve-cases') ? (
          <AnswerButton of="rating" id={rating.id} onDone={onDone} />
        ) : (
          <p class="hint">{tf('no-right')}</p>
        )}
      </div>
    </article>
  )
}

function Due({ day }: { readonly day: string }): VNode {
  const isOver = Date.parse(`${day}T24:00:00+08:00`) < Date.now()
  return (
    <>
      {formatDay(day)} {isOver ? <StateWord tone="bad">{tf('due.over')}</StateWord> : null}
    </>
  )
}

function Words({ rating }: { readonly rating: Rating }): VNode {
  if (rating.words === null) return <>{tf('words.none')}</>
  return <Data>{rating.words}</Data>
}

function Level({ rating }: { readonly rating: Rating }): VNode {
  const level = isLevel(rating.level) ? LEVELS[rating.level] : LEVELS[1]
  return <StateWord tone={level.tone}>{tf(level.word)}</StateWord>
}

function isLevel(level: number): level is keyof typeof LEVELS {
  return level in LEVELS
}

function Others({ ratings }: { readonly ratings: readonly Rating[] }): VNode {
  return (
    <DataTable
      caption={tf('ratings.all')}
      columns={[
        { key: 'level', name: tf('level'), cell: (rating) => <Level rating={rating} /> },
        { key: 'matter', name: tf('matter'), cell: ({ name }) => <Data>{localised(name)}</Data> },
        { key: 'case', name: tf('case'), cell: ({ number }) => <Data>{number ?? '—'}</Data> },
        { key: 'words', name: tf('words'), cell: (rating) => <Words rating={rating} /> },
        {
          key: 'answer',
          name: tf('answer'),
          cell: ({ answer }) => (answer === null ? '—' : <Data>{answer}</Data>),
        },
        { key: 'when', name: tf('when'), cell: ({ at }) => <Moment at={at} /> },
      ]}
      rows={ratings}
      keyOf={({ id }) => id}
      testId="ratings-table"
    />
  )
}

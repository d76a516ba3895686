/** Whoever is signed in: for which organisations, in which browsers, and the way out of one or all of them. */

import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import * as v from 'valibot'
import { ActButton } from '../act-button.tsx'
import { DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import type { Schema } from '../request.ts'
import { act, type Me, signOutEverywhere } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { StateWord } from '../state-word.tsx'
import { ta } from '../words-account.ts'

interface OwnSession {
  readonly id: string
  readonly current: boolean
  /** Unix seconds. */
  readonly signedInAt: number
  readonly usedAt: number
  readonly endsAt: number
}

const SESSIONS: Schema<{ readonly sessions: readonly OwnSession[] }> = v.object({
  sessions: v.array(
    v.object({
      id: v.string(),
      current: v.boolean(),
      signedInAt: v.number(),
      usedAt: v.number(),
      endsAt: v.number(),
    }),
  ),
})

/** The page of the own account. */
export function AccountScreen({ me }: { readonly me: Me }): VNode {
  const sessions = useLoaded('/api/staff/sessions', SESSIONS)
  return (
    <div class="stack" data-testid="account-screen">
      <h1>{ta('title')}</h1>
      <dl class="rows panel">
        <Row term={ta('name')}>
          <Data>{me.name}</Data>
        </Row>
        <Row term={ta('organisation')}>
          <ul>
            {me.agencies.map(({ id, name }) => (
              <li key={id}>
                <Data>{localised(name)}</Data>
              </li>
            ))}
          </ul>
        </Row>
      </dl>
      <div class="page-head">
        <h2>{ta('sessions')}</h2>
        <ActButton
          kind="danger"
          goKind="danger"
          title={ta('everywhere.title')}
          body={<p>{ta('everywhere.text')}</p>}
          go={ta('everywhere')}
          act={signOutEverywhere}
          onDone={() => undefined}
          testId="everywhere"
        >
          {ta('everywhere')}
        </ActButton>
      </div>
      <p class="hint">{ta('sessions.text')}</p>
      <Part of={sessions}>
        {(value) => <Sessions sessions={value.sessions} onDone={sessions.reload} />}
      </Part>
    </div>
  )
}

function Sessions(props: {
  readonly sessions: readonly OwnSession[]
  readonly onDone: () => void
}): VNode {
  const { sessions, onDone } = props
  return (
    <DataTable
      caption={ta('sessions')}
      columns={[
        {
          key: 'which',
          name: ta('which'),
          cell: ({ current }) => (
            <StateWord tone={current ? 'good' : 'waiting'}>
              {ta(current ? 'current' : 'other')}
            </StateWord>
          ),
        },
        {
          key: 'signed-in',
          name: ta('signed-in'),
          cell: ({ signedInAt }) => <Moment at={signedInAt} />,
        },
        { key: 'used', name: ta('used'), cell: ({ usedAt }) => <Moment at={usedAt} /> },
        { key: 'ends', name: ta('ends'), cell: ({ endsAt }) => <Moment at={endsAt} /> },
        {
          key: 'action',
          name: ta('action'),
          cell: ({ id, current }) => (current ? '—' : <End id={id} onDone={onDone} />),
        },
      ]}
      rows={sessions}
      keyOf={({ id }) => id}
      testId="sessions-table"
    />
  )
}

function End({ id, onDone }: { readonly id: string; readonly onDone: () => void }): VNode {
  return (
    <ActButton
      goKind="danger"
      title={ta('end.title')}
      body={<p>{ta('end.text')}</p>}
      go={ta('end')}
      act={() => act(`/api/staff/sessions/${id}/end`, { answer: ANYTHING, body: {} })}
      onDone={onDone}
      testId="end-session"
    >
      {ta('end')}
    </ActButton>
  )
}

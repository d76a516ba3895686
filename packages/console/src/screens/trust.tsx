/** Keys of the organisation, how fresh is what counters verify with, and what waits for people's offline keys. */

import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { DataTable } from '../data-table.tsx'
import { faultWords } from '../error-words.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { type StateTone, StateWord } from '../state-word.tsx'
import { TRUST_STATE, type TrustRole, type TrustState } from '../trust-data.ts'
import { roleWords, type TrustMessage, tt } from '../words-trust.ts'
import { OwnKeys } from './trust-keys.tsx'
import { OfflineTrustPart } from './trust-offline.tsx'

/** A third of a part's life is left: whoever renews it has time. */
const SOON_SHARE = 1 / 3
/** The page of keys and publication. */
export function TrustScreen({ me }: { readonly me: Me }): VNode {
  const state = useLoaded('/api/trust', TRUST_STATE)
  const [isPublished, setPublished] = useState(false)
  const manages = me.rights.includes('manage-keys')
  const published = (): void => {
    setPublished(true)
    state.reload()
  }
  return (
    <div class="stack" data-testid="trust-screen">
      <div class="page-head">
        <h1>{tt('title')}</h1>
        {manages ? <Publish onDone={published} /> : null}
      </div>
      <p class="hint">{tt('text')}</p>
      {isPublished ? (
        <Notice tone="good" live="status" testId="published">
          {tt('publish.done')}
        </Notice>
      ) : null}
      <Part of={state}>
        {(value) => (
          <>
            <Faults codes={value.faults} />
            <h2>{tt('keys')}</h2>
            <OwnKeys me={me} state={value} onDone={state.reload} />
            <h2>{tt('offline')}</h2>
            <OfflineTrustPart me={me} offline={value.offline} />
            <h2>{tt('roles')}</h2>
            <Roles state={value} />
            <h2>{tt('lists')}</h2>
            <Lists state={value} />
            <h2>{tt('log')}</h2>
            <Log state={value} />
          </>
        )}
      </Part>
    </div>
  )
}

function Publish({ onDone }: { readonly onDone: () => void }): VNode {
  return (
    <ActButton
      kind="primary"
      title={tt('publish.title')}
      body={<p>{tt('publish.text')}</p>}
      go={tt('publish')}
      act={() => act('/api/trust/publications', { answer: ANYTHING, body: {} })}
      onDone={onDone}
      testId="publish"
    >
      {tt('publish')}
    </ActButton>
  )
}

function Faults({ codes }: { readonly codes: readonly string[] }): VNode {
  if (codes.length === 0) {
    return (
      <Notice tone="good" title={tt('good')}>
        {tt('good.text')}
      </Notice>
    )
  }
  return (
    <Notice tone="bad" title={tt('faults')} testId="publication-faults">
      <ul>
        {codes.map((code) => (
          <li key={code}>{faultWords(code)}</li>
        ))}
      </ul>
    </Notice>
  )
}

interface RoleState {
  readonly tone: StateTone
  readonly word: TrustMessage
}

/** People sign root and targets, and the server says when it is time to; the others are renewed by themselves. */
function roleState(of: TrustRole, { now, offline }: TrustState): RoleState {
  const { role, signedAt, expiresAt } = of
  if (expiresAt <= now) return { tone: 'bad', word: 'role.over' }
  const isOffline = role === 'root' || role === 'targets'
  const isSoon = isOffline
    ? offline.ending.some((ending) => ending.role === role)
    : expiresAt - now < (expiresAt - signedAt) * SOON_SHARE
  return isSoon ? { tone: 'waiting', word: 'role.soon' } : { tone: 'good', word: 'role.good' }
}

function Roles({ state }: { readonly state: TrustState }): VNode {
  return (
    <DataTable
      caption={tt('roles')}
      columns={[
        {
          key: 'role',
          name: tt('role'),
          cell: ({ role }) => roleWords(role),
        },
        { key: 'version', name: tt('version'), cell: ({ version }) => version },
        { key: 'signed', name: tt('signed'), cell: ({ signedAt }) => <Moment at={signedAt} /> },
        { key: 'expires', name: tt('expires'), cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
        {
          key: 'state',
          name: tt('state'),
          cell: (role) => {
            const { tone, word } = roleState(role, state)
            return <StateWord tone={tone}>{tt(word)}</StateWord>
          },
        },
      ]}
      rows={state.roles}
      keyOf={({ role }) => role}
      testId="roles-table"
    />
  )
}

function Lists({ state }: { readonly state: TrustState }): VNode {
  if (state.statusLists.length === 0) return <p class="hint">{tt('lists.none')}</p>
  return (
    <DataTable
      caption={tt('lists')}
      columns={[
        { key: 'list', name: tt('list'), cell: ({ list }) => list },
        { key: 'form', name: tt('form'), cell: ({ form }) => form.toUpperCase() },
        {
          key: 'used',
          name: tt('used'),
          cell: ({ used, size }) => tt('used.value', { used, size }),
        },
        { key: 'signed', name: tt('signed'), cell: ({ issuedAt }) => <Moment at={issuedAt} /> },
        {
          key: 'state',
          name: tt('state'),
          cell: ({ isCurrent }) => (
            <StateWord tone={isCurrent ? 'good' : 'waiting'}>
              {tt(isCurrent ? 'list.current' : 'list.behind')}
            </StateWord>
          ),
        },
      ]}
      rows={state.statusLists}
      keyOf={({ list, form }) => `${list} ${form}`}
      testId="lists-table"
    />
  )
}

function Log({ state }: { readonly state: TrustState }): VNode {
  if (state.log === undefined) return <p class="hint">{tt('log.none')}</p>
  return (
    <p data-testid="checkpoint">
      {tt('log.text', { size: state.log.size })} · <Moment at={state.log.at} />
    </p>
  )
}

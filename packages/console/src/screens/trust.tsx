/** Keys of the organisation, and how fresh is what counters verify with; it is looked at here, and changed by command. */

import { Data, formatDate, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { DataTable } from '../data-table.tsx'
import { faultWords } from '../error-words.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { type StateTone, StateWord } from '../state-word.tsx'
import { type OwnKey, TRUST_STATE, type TrustRole, type TrustState } from '../trust-data.ts'
import { type TrustMessage, tt } from '../words-trust.ts'

/** A third of a part's life is left: whoever renews it has time. */
const SOON_SHARE = 1 / 3
const ROLE_WORDS: Readonly<Record<string, TrustMessage>> = {
  root: 'role.root',
  timestamp: 'role.timestamp',
  snapshot: 'role.snapshot',
  targets: 'role.targets',
  status: 'role.status',
  deny: 'role.deny',
  log: 'role.log',
}

/** The page of keys and publication. */
export function TrustScreen(): VNode {
  const state = useLoaded('/api/trust', TRUST_STATE)
  return (
    <div class="stack" data-testid="trust-screen">
      <h1>{tt('title')}</h1>
      <p class="hint">{tt('text')}</p>
      <Part of={state}>
        {(value) => (
          <>
            <Faults codes={value.faults} />
            <h2>{tt('keys')}</h2>
            <Keys state={value} />
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

interface KeyState {
  readonly tone: StateTone
  readonly word: TrustMessage
}

/** What a key is at the server's time; the first that holds. */
function keyState(key: OwnKey, now: number): KeyState {
  if (key.revokedFrom !== null) return { tone: 'bad', word: 'key.revoked' }
  if (key.notAfter <= now) return { tone: 'over', word: 'key.ended' }
  if (key.retiredAt !== null && key.retiredAt <= now) return { tone: 'over', word: 'key.retired' }
  if (key.listedAt === null) return { tone: 'waiting', word: 'key.waiting' }
  if (key.notBefore > now) return { tone: 'waiting', word: 'key.coming' }
  return { tone: 'good', word: 'key.in-use' }
}

function Keys({ state }: { readonly state: TrustState }): VNode {
  if (state.keys.length === 0) return <p class="hint">{tt('keys.none')}</p>
  return (
    <DataTable
      caption={tt('keys')}
      columns={[
        { key: 'purpose', name: tt('purpose'), cell: ({ purpose }) => tt(`purpose.${purpose}`) },
        { key: 'kid', name: tt('kid'), cell: ({ kid }) => <bdi class="digest">{kid}</bdi> },
        {
          key: 'period',
          name: tt('period'),
          cell: ({ notBefore, notAfter }) =>
            tt('period.value', { from: formatDate(notBefore), to: formatDate(notAfter) }),
        },
        {
          key: 'state',
          name: tt('state'),
          cell: (key) => {
            const { tone, word } = keyState(key, state.now)
            return <StateWord tone={tone}>{tt(word)}</StateWord>
          },
        },
      ]}
      rows={state.keys}
      keyOf={({ kid, purpose }) => `${purpose} ${kid}`}
      testId="keys-table"
    />
  )
}

function roleState({ signedAt, expiresAt }: TrustRole, now: number): KeyState {
  if (expiresAt <= now) return { tone: 'bad', word: 'role.over' }
  const isSoon = expiresAt - now < (expiresAt - signedAt) * SOON_SHARE
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
          cell: ({ role }) => {
            const word = ROLE_WORDS[role]
            return word === undefined ? <Data>{role}</Data> : tt(word)
          },
        },
        { key: 'version', name: tt('version'), cell: ({ version }) => version },
        { key: 'signed', name: tt('signed'), cell: ({ signedAt }) => <Moment at={signedAt} /> },
        { key: 'expires', name: tt('expires'), cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
        {
          key: 'state',
          name: tt('state'),
          cell: (role) => {
            const { tone, word } = roleState(role, state.now)
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

/** The keys of the organisation: an administrator announces the next one and retires one that another follows. */

import { CopyText, formatDate } from '@onetrip/ui'
import type { VNode } from 'preact'
import { ActButton } from '../act-button.tsx'
import { DataTable } from '../data-table.tsx'
import { revokeCommand } from '../offline-steps.ts'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { type StateTone, StateWord } from '../state-word.tsx'
import type { OwnKey, TrustState } from '../trust-data.ts'
import { type TrustMessage, tt } from '../words-trust.ts'

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

/** The keys, and for who manages them what may be done with each. */
export function OwnKeys(props: {
  readonly me: Me
  readonly state: TrustState
  readonly onDone: () => void
}): VNode {
  const { me, state, onDone } = props
  const manages = me.rights.includes('manage-keys')
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
          isWhole: true,
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
        ...(manages
          ? [
              {
                key: 'actions',
                name: tt('actions'),
                cell: (key: OwnKey) => <KeyActs of={key} me={me} state={state} onDone={onDone} />,
              },
            ]
          : []),
      ]}
      rows={state.keys}
      keyOf={({ kid, purpose }) => `${purpose} ${kid}`}
      testId="keys-table"
    />
  )
}

const COMING: readonly TrustMessage[] = ['key.waiting', 'key.coming']
const LIVING: readonly TrustMessage[] = [...COMING, 'key.in-use']

function KeyActs(props: {
  readonly of: OwnKey
  readonly me: Me
  readonly state: TrustState
  readonly onDone: () => void
}): VNode | null {
  const { of: key, me, state, onDone } = props
  const { now } = state
  const alike = state.keys.filter(({ purpose }) => purpose === key.purpose)
  const word = keyState(key, now).word
  const isNewest = alike.every(({ id }) => numberIn(id) <= numberIn(key.id))
  const hasOther = alike.some(
    (other) => other.id !== key.id && keyState(other, now).word === 'key.in-use',
  )
  const isLiving = LIVING.includes(word)
  const purpose = tt(`purpose.${key.purpose}`)
  if (!isLiving && !isNewest) return null
  return (
    <div class="chips">
      {isNewest && !COMING.includes(word) ? (
        <ActButton
          label={`${tt('announce')}: ${purpose}`}
          title={tt('announce.title', { purpose })}
          body={<p>{tt('announce.text')}</p>}
          go={tt('announce.go')}
          act={() =>
            act('/api/trust/keys', {
              answer: ANYTHING,
              body: { purpose: key.purpose, after: key.id },
            })
          }
          onDone={onDone}
          testId={`announce-${key.purpose}`}
        >
          {tt('announce')}
        </ActButton>
      ) : null}
      {isLiving && hasOther ? (
        <ActButton
          kind="quiet"
          goKind="danger"
          label={`${tt('retire')}: ${key.id}`}
          title={tt('retire.title', { purpose })}
          body={
            <>
              <p>
                <bdi class="digest">{key.kid}</bdi>
              </p>
              <p>{tt('retire.text')}</p>
            </>
          }
          go={tt('retire.go')}
          act={() => act(`/api/trust/keys/${key.id}/retire`, { answer: ANYTHING, body: {} })}
          onDone={onDone}
          testId={`retire-${key.id}`}
        >
          {tt('retire')}
        </ActButton>
      ) : null}
      {isLiving ? (
        <details class="decision">
          <summary>{tt('stolen')}</summary>
          <p class="hint">{tt('stolen.text')}</p>
          <p class="command">
            <CopyText text={revokeCommand(key, me.name)} testId="copy-command" />
          </p>
        </details>
      ) : null}
    </div>
  )
}

/** Keys of a purpose are numbered as they were announced. */
function numberIn(keyId: string): number {
  return Number(keyId.slice(keyId.lastIndexOf('-') + 1))
}

/** The history of what was shown: searchable, erasable, exportable. */

import type { ErrorCode } from '@onetrip/codec'
import {
  announce,
  Button,
  Data,
  EmptyScreen,
  formatMoment,
  localised,
  Notice,
  TextField,
  withNodes,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import { type HistoryEntry, newestFirst, type ShowingEntry, searched } from '../history-entry.ts'
import { ConsentRecord, Unproven } from '../parts/consent-record.tsx'
import { EraseHistory } from '../parts/erase-history.tsx'
import { HistoryExport } from '../parts/history-export.tsx'
import { UnreadableNotice } from '../parts/unreadable-notice.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { onWalletChanged, tellWalletChanged } from '../wallet-news.ts'
import { now, phase, walletStore } from '../wallet-state.ts'
import { wh } from '../words-history.ts'
import { wl } from '../words-licence.ts'

/** How many records are drawn at first, and with each wish for more. */
const PAGE = 100

/** The screen of the history. */
export function HistoryScreen(): VNode {
  const [entries, setEntries] = useState<readonly HistoryEntry[] | undefined>(undefined)
  const [unreadable, setUnreadable] = useState(0)
  const [trouble, setTrouble] = useState<ErrorCode | undefined>(undefined)
  const isReady = phase.value === 'ready'
  /** What the storage refuses is said; the records stay as they are shown. */
  const act = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
      setTrouble(undefined)
    } catch (error) {
      setTrouble(codeOf(error))
    }
  }
  const read = (): Promise<void> =>
    act(async () => {
      const all = await walletStore().history()
      setEntries(newestFirst(all.opened))
      setUnreadable(all.unreadable)
    })
  useEffect(() => {
    if (!isReady) {
      return undefined
    }
    void read()
    return onWalletChanged(() => void read())
  }, [isReady])
  const eraseDamaged = (): Promise<void> =>
    act(async () => {
      await walletStore().eraseUnreadable('history')
      tellWalletChanged()
      await read()
    })
  const erase = (id: string): Promise<void> =>
    act(async () => {
      await walletStore().deleteEntry(id)
      tellWalletChanged()
      setEntries((all) => all?.filter((entry) => entry.id !== id))
      announce(wh('history.erased'))
      document.getElementById('main')?.focus({ preventScroll: true })
    })
  const eraseAll = (): Promise<void> =>
    act(async () => {
      await walletStore().clearHistory()
      tellWalletChanged()
      setEntries([])
    })
  return (
    <WalletShell title={wh('history.title')} places="history">
      <div class="page" data-testid="history-screen">
        {trouble !== undefined && entries === undefined ? <h1>{wh('history.title')}</h1> : null}
        {trouble === undefined ? null : (
          <Notice
            tone="bad"
            live="alert"
            title={wh('history.trouble')}
            action={<Button onPress={() => void read()}>{wl('common.retry')}</Button>}
            testId="history-trouble"
          >
            {explain(trouble)}
          </Notice>
        )}
        {unreadable === 0 ? null : <UnreadableNotice count={unreadable} onErase={eraseDamaged} />}
        {entries === undefined ||
        (entries.length === 0 && unreadable > 0) ? null : entries.length === 0 ? (
          <EmptyScreen title={wh('history.empty.title')} testId="history-empty">
            {wh('history.empty.text')}
          </EmptyScreen>
        ) : (
          <Records entries={entries} onErase={erase} onEraseAll={eraseAll} />
        )}
      </div>
    </WalletShell>
  )
}

interface RecordsProps {
  readonly entries: readonly HistoryEntry[]
  readonly onErase: (id: string) => Promise<void>
  readonly onEraseAll: () => Promise<void>
}

function Records({ entries, onErase, onEraseAll }: RecordsProps): VNode {
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const found = searched(entries, search)
  const more = Math.min(PAGE, found.length - limit)
  return (
    <>
      <h1>{wh('history.title')}</h1>
      <p>{wh('history.intro')}</p>
      <TextField
        label={wh('history.search')}
        name="search"
        value={search}
        onInput={setSearch}
        hint={wh('history.search.hint')}
        testId="history-search"
      />
      <p class="hint" role="status" data-testid="history-count">
        {found.length === 0 ? wh('history.none') : wh('history.found', { count: found.length })}
      </p>
      <ul class="history" data-testid="history-list">
        {found.slice(0, limit).map((entry) => (
          <li key={entry.id} data-kind={entry.kind}>
            <Entry entry={entry} onErase={() => void onErase(entry.id)} />
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <div class="actions">
          <Button onPress={() => setLimit(limit + PAGE)}>
            {wh('history.more', { count: more })}
          </Button>
        </div>
      ) : null}
      <HistoryExport entries={found} />
      <EraseHistory onErase={() => void onEraseAll()} />
    </>
  )
}

interface EntryProps {
  readonly entry: HistoryEntry
  readonly onErase: () => void
}

function Entry({ entry, onErase }: EntryProps): VNode {
  const isConsent = entry.kind === 'consent'
  const name = localised(isConsent ? entry.office.name : entry.typeName)
  const moment = formatMoment(entry.at, now())
  return (
    <>
      {isConsent ? <ConsentRecord entry={entry} /> : <ShowingRecord entry={entry} />}
      <div class="history-side">
        <time class="hint" dateTime={new Date(entry.at * 1000).toISOString()}>
          {moment}
        </time>
        <Button
          kind="quiet"
          label={wh('history.erase.label', { name, moment })}
          onPress={onErase}
          testId="history-erase"
        >
          {wh('history.erase')}
        </Button>
      </div>
    </>
  )
}

function ShowingRecord({ entry }: { readonly entry: ShowingEntry }): VNode {
  const claims = entry.claims.map(localised).join(' · ')
  return (
    <div class="history-text">
      <h2 class="history-name">
        {localised(entry.typeName)} · <Data>{entry.number}</Data>
      </h2>
      <p>
        {entry.recipient === undefined
          ? wh('history.live')
          : withNodes(wh(`history.${entry.kind === 'delegation' ? 'delegation' : 'copy'}.for`), {
              recipient: <Data>{entry.recipient.name}</Data>,
              purpose: <Data>{entry.purpose ?? ''}</Data>,
            })}
      </p>
      <p class="hint">
        {wh('history.claims', { claims: claims === '' ? wh('history.claims.none') : claims })}
      </p>
      {entry.unproven ? <Unproven /> : null}
    </div>
  )
}

/** Recent scans: on this device only, names hidden, to be found again, exported and erased. */

import { Button, ConfirmButton, EmptyScreen, Notice, saveFile, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { localTime } from '../calendar.ts'
import { tick, unixNow } from '../clock.ts'
import { eraseRecent, recentScans } from '../counter-state.ts'
import { DayCounts } from '../day-counts.tsx'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { RecentList } from '../recent-list.tsx'
import { countByDay, countToday } from '../scan-counts.ts'
import { scansToCsv, scansToJson } from '../scan-export.ts'
import { findScans, scanNumber } from '../scan-number.ts'
import { tr } from '../words-recent.ts'

/** Lines shown at once; a busy counter has thousands. */
const PAGE = 50

/** The recent scans, newest first. */
export function RecentScreen(): VNode {
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(PAGE)
  const records = recentScans.value
  if (records.length === 0) {
    return <EmptyScreen title={tr('empty')}>{tr('empty-text')}</EmptyScreen>
  }
  const found = findScans(records, typed)
  const visible = found.slice(0, shown)
  const searching = typed.trim() !== ''
  return (
    <div class="stack column" data-testid="recent-screen">
      <h1>{tc('recent.title')}</h1>
      <p class="hint">
        <strong data-testid="recent-today">
          {tr('today', { count: countToday(records, tick.value).total })}
        </strong>
        {' · '}
        {tr('kept')}
      </p>
      <TextField
        label={tr('find')}
        name="find"
        hint={tr('find-hint')}
        value={typed}
        onInput={(value) => {
          setTyped(value)
          setShown(PAGE)
        }}
        testId="recent-find"
      />
      <p class={searching ? 'hint' : 'visually-hidden'} role="status">
        {searching ? tr(found.length === 0 ? 'found-none' : 'found', { count: found.length }) : ''}
      </p>
      {visible.length === 0 ? null : (
        <div class="panel">
          <RecentList
            records={visible}
            action={(record) => (
              <a
                class="button button-quiet"
                href={placeAddress('note', record.id)}
                aria-label={tr('print-number', { number: scanNumber(record) })}
                data-testid="note-link"
              >
                {tr('print-note')}
              </a>
            )}
          />
        </div>
      )}
      {found.length > visible.length ? (
        <Button onPress={() => setShown(shown + PAGE)} testId="recent-more">
          {tr('more', { count: Math.min(PAGE, found.length - visible.length) })}
        </Button>
      ) : null}
      <DayCounts counts={countByDay(records)} />
      <ExportAndErase />
    </div>
  )
}

function ExportAndErase(): VNode {
  const [isKept, setKept] = useState(false)
  const records = recentScans.value
  return (
    <div class="stack">
      <div class="actions">
        <Button
          testId="export-csv"
          onPress={() =>
            saveFile({
              name: fileName('csv'),
              content: scansToCsv(records, (column) => tr(`csv.${column}`)),
              mediaType: 'text/csv;charset=utf-8',
            })
          }
        >
          {tr('export-csv')}
        </Button>
        <Button
          testId="export-json"
          onPress={() =>
            saveFile({
              name: fileName('json'),
              content: scansToJson(records, unixNow()),
              mediaType: 'application/json',
            })
          }
        >
          {tr('export-json')}
        </Button>
        <ConfirmButton
          title={tr('erase-title')}
          text={tr('erase-text', { count: records.length })}
          confirm={tr('erase-yes')}
          onConfirm={() => void eraseRecent().then((isErased) => setKept(!isErased))}
          testId="recent-erase"
        >
          {tr('erase')}
        </ConfirmButton>
      </div>
      {isKept ? (
        <Notice tone="bad" live="alert" testId="recent-not-erased">
          {tr('not-erased')}
        </Notice>
      ) : null}
      <p class="hint">{tr('export-hint')}</p>
    </div>
  )
}

/** `onetrip-scans-20261123-091005.csv`. */
function fileName(extension: string): string {
  const stamp = localTime(unixNow()).replace(/[-:]/g, '').replace(' ', '-')
  return `onetrip-scans-${stamp}.${extension}`
}

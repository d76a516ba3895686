/** The history as a file; what is exported is what is listed. */
import { Button, saveFile } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { HistoryEntry } from '../history-entry.ts'
import { historyToCsv, historyToJson } from '../history-export.ts'
import { now } from '../wallet-state.ts'
import { wh } from '../words-history.ts'

/** Properties of {@link HistoryExport}. */
export interface HistoryExportProps {
  readonly entries: readonly HistoryEntry[]
}

/** The two buttons. */
export function HistoryExport({ entries }: HistoryExportProps): VNode {
  const name = wh('history.file')
  const csv = (): void =>
    saveFile({
      name: `${name}.csv`,
      mediaType: 'text/csv;charset=utf-8',
      content: historyToCsv(entries, {
        column: (column) => wh(`history.column.${column}`),
        kind: (kind) => wh(`history.${kind}`),
        unproven: wh('history.unproven'),
      }),
    })
  const json = (): void =>
    saveFile({
      name: `${name}.json`,
      mediaType: 'application/json',
      content: historyToJson(entries, now()),
    })
  return (
    <section>
      <h2>{wh('history.export')}</h2>
      <p class="hint">{wh('history.export.hint')}</p>
      <div class="actions">
        <Button onPress={csv} disabled={entries.length === 0} testId="history-csv">
          {wh('history.export.csv')}
        </Button>
        <Button onPress={json} disabled={entries.length === 0} testId="history-json">
          {wh('history.export.json')}
        </Button>
      </div>
    </section>
  )
}

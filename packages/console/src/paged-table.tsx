/** A table over {@link usePages}: while it waits, where it fails, nothing found, and the way to what is older. */

import { Button, EmptyScreen, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { DataTable, type DataTableProps } from './data-table.tsx'
import { faultWords } from './error-words.ts'
import { tc } from './messages.ts'
import type { PageRequest, Pages } from './use-pages.ts'

/** Properties of {@link PagedTable}. */
export interface PagedTableProps<Page, Row> extends Omit<DataTableProps<Row>, 'rows'> {
  readonly of: Pages<Page>
  readonly rowsOf: (page: Page) => readonly Row[]
  /** The page behind this one. */
  readonly nextOf: (page: Page) => PageRequest | undefined
  readonly empty: string
  /** What leads to the next page; to what is older unless said. */
  readonly more?: string
}

/** Shows what was read so far. */
export function PagedTable<Page, Row>(props: PagedTableProps<Page, Row>): VNode {
  const { of, rowsOf, nextOf, empty, more = tc('table.more'), ...table } = props
  const rows = of.pages.flatMap(rowsOf)
  const last = of.pages.at(-1)
  const next = last === undefined ? undefined : nextOf(last)
  if (of.isFirst) return <p class="hint loading">{tc('loading')}</p>
  return (
    <>
      {of.refused === undefined ? null : (
        <Notice
          tone="bad"
          live="alert"
          title={tc('failed.title')}
          testId="part-failed"
          action={<Button onPress={of.reload}>{tc('failed.again')}</Button>}
        >
          {faultWords(of.refused)}
        </Notice>
      )}
      {rows.length > 0 ? <DataTable {...table} rows={rows} /> : null}
      {rows.length === 0 && of.refused === undefined ? <EmptyScreen title={empty} /> : null}
      {next === undefined ? null : (
        <div class="actions">
          <Button onPress={() => of.more(next)} testId="more">
            {more}
          </Button>
        </div>
      )}
    </>
  )
}

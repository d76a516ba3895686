/** A dense, quiet table; on a phone each row is a card whose cells carry their column's name. */

import type { ComponentChildren, VNode } from 'preact'

/** A column. */
export interface Column<Row> {
  readonly key: string
  readonly name: string
  readonly cell: (row: Row) => ComponentChildren
  /** Whether it holds a number, a day or a state, which is not to be broken within. */
  readonly isWhole?: true
}

/** Properties of {@link DataTable}. */
export interface DataTableProps<Row> {
  /** What the table is, for who hears it. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly testId: string
}

/** Shows rows. */
export function DataTable<Row>(props: DataTableProps<Row>): VNode {
  return (
    <div class="table-frame">
      <table class="table" data-testid={props.testId}>
        <caption class="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)} data-row={props.keyOf(row)}>
              {props.columns.map(({ key, name, cell, isWhole }) => (
                <td key={key} data-name={name} class={isWhole && 'cell-whole'}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

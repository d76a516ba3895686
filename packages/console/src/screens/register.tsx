/** The register: licences of the organisation, found by number or state. */

import { Button } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Column } from '../data-table.tsx'
import { holderColumn, licenceColumns } from '../licence-columns.tsx'
import { type LicenceLine, REGISTER_PAGE } from '../licence-data.ts'
import { Moment } from '../moment.tsx'
import { PagedTable } from '../paged-table.tsx'
import { EVERYTHING, RegisterFilter, wanted } from '../register-filter.tsx'
import type { Me } from '../session.ts'
import { type PageRequest, usePages } from '../use-pages.ts'
import { tg } from '../words-register.ts'
import { ExportButton } from './export-button.tsx'
import { LicenceScreen } from './licence.tsx'

/** The register, or one licence of it. */
export function RegisterScreen(props: {
  readonly me: Me
  readonly subject: string | undefined
}): VNode {
  if (props.subject === undefined) return <Register me={props.me} />
  return <LicenceScreen me={props.me} id={props.subject} />
}

function Register({ me }: { readonly me: Me }): VNode {
  const [filter, setFilter] = useState(EVERYTHING)
  const search = (before?: string): PageRequest => ({
    path: '/api/licences/search',
    body: { ...wanted(filter), ...(before === undefined ? {} : { before }) },
  })
  const pages = usePages(search(), REGISTER_PAGE)
  return (
    <div class="stack" data-testid="register-screen">
      <div class="page-head">
        <h1>{tg('title')}</h1>
        <div class="actions no-print">
          {me.rights.includes('export') ? <ExportButton filter={wanted(filter)} /> : null}
          <Button onPress={() => print()} testId="print">
            {tg('print')}
          </Button>
        </div>
      </div>
      <RegisterFilter me={me} onFind={setFilter} />
      <PagedTable
        of={pages}
        rowsOf={({ licences }) => licences}
        nextOf={({ next }) => (next === undefined ? undefined : search(next))}
        empty={tg('empty')}
        caption={tg('title')}
        columns={columns()}
        keyOf={({ id }) => id}
        testId="register-table"
      />
    </div>
  )
}

function columns(): readonly Column<LicenceLine>[] {
  const issued: Column<LicenceLine> = {
    key: 'issued',
    name: tg('issued'),
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  }
  return [holderColumn(), ...licenceColumns(), issued]
}

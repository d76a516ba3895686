/** One batch: what it asks for, row by row; how far it is; and what is to be decided. */

import type { TypeDefinition } from '@onetrip/credential'
import { Data, formatValidity, localised, Row } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import {
  BATCH,
  BATCH_ROWS,
  BATCH_TONES,
  type Batch,
  type BatchRow,
  type RowFacts,
} from '../batch-data.ts'
import { ClaimsFlow } from '../claims-flow.tsx'
import type { Column } from '../data-table.tsx'
import { faultWords } from '../error-words.ts'
import { TYPE } from '../licence-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { PagedTable } from '../paged-table.tsx'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { usePages } from '../use-pages.ts'
import { tb } from '../words-batches.ts'
import { BatchNext } from './batch-next.tsx'

/** How often a batch that is being issued is looked at again. */
const LOOK_MILLISECONDS = 2000

/** The page of a batch. */
export function BatchScreen({ me, id }: { readonly me: Me; readonly id: string }): VNode {
  const batch = useLoaded(`/api/batches/${encodeURIComponent(id)}`, BATCH)
  const { answer, reload } = batch
  const isUnderWay = answer?.kind === 'done' && answer.value.state === 'approved'
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload()
    }, LOOK_MILLISECONDS)
    return () => clearInterval(timer)
  }, [isUnderWay])
  return (
    <div class="stack" data-testid="batch-screen">
      <a class="link-alone no-print" href={placeAddress('batches')}>
        {tb('back')}
      </a>
      <Part of={batch}>
        {(value) => (
          <>
            <div class="two-columns">
              <Facts me={me} batch={value} />
              <BatchNext me={me} batch={value} onDone={reload} />
            </div>
            <Rows key={value.state} me={me} batch={value} />
          </>
        )}
      </Part>
    </div>
  )
}

function Facts({ me, batch }: { readonly me: Me; readonly batch: Batch }): VNode {
  const name = me.types.find(({ code }) => code === batch.type)?.name
  return (
    <section class="panel stack">
      <div class="page-head">
        <h1>
          <Data>{name === undefined ? batch.type : localised(name)}</Data>
        </h1>
        <StateWord tone={BATCH_TONES[batch.state]}>{tb(`state.${batch.state}`)}</StateWord>
      </div>
      <dl class="rows">
        <Row term={tb('rows')}>{batch.rows}</Row>
        <Row term={tb('progress')}>
          <Progress batch={batch} />
        </Row>
        <Row term={tb('by')}>
          <Data>{batch.requestedBy}</Data> · <Moment at={batch.requestedAt} />
        </Row>
        {batch.decidedBy === undefined || batch.decidedAt === undefined ? null : (
          <Row term={tb('decided')}>
            <Data>{batch.decidedBy}</Data> · <Moment at={batch.decidedAt} />
          </Row>
        )}
        {batch.reason === undefined ? null : (
          <Row term={tb('reason')}>
            <Data>{batch.reason}</Data>
          </Row>
        )}
        {batch.finishedAt === undefined ? null : (
          <Row term={tb('finished')}>
            <Moment at={batch.finishedAt} />
          </Row>
        )}
        <Row term={tb('digest')}>
          <bdi class="digest" data-testid="batch-digest">
            {batch.digest}
          </bdi>
          <p class="hint">{tb('digest.hint')}</p>
        </Row>
      </dl>
    </section>
  )
}

function Progress({ batch }: { readonly batch: Batch }): VNode {
  const { issued, refused, rows } = batch
  return (
    <>
      <progress
        class="progress"
        max={rows}
        value={issued + refused}
        aria-label={tb('progress')}
        data-testid="batch-progress"
      />
      <p data-testid="batch-counts">{tb('progress.value', { issued, refused, rows })}</p>
    </>
  )
}

function Rows({ me, batch }: { readonly me: Me; readonly batch: Batch }): VNode {
  const version = me.types.find(({ code }) => code === batch.type)?.version ?? 1
  const type = useLoaded(`/types/${batch.type}/${version}`, TYPE)
  return (
    <section class="stack">
      <h2>{tb('rows.title')}</h2>
      <p class="hint">{tb('rows.text')}</p>
      <Part of={type}>{(definition) => <RowTable batch={batch} definition={definition} />}</Part>
    </section>
  )
}

function RowTable(props: { readonly batch: Batch; readonly definition: TypeDefinition }): VNode {
  const path = `/api/batches/${props.batch.id}/rows`
  const pages = usePages({ path }, BATCH_ROWS)
  return (
    <PagedTable
      of={pages}
      rowsOf={({ rows }) => rows}
      nextOf={({ rows }) => {
        const last = rows.at(-1)
        if (last === undefined || last.place >= props.batch.rows) return undefined
        return { path: `${path}?after=${last.place}` }
      }}
      empty={tb('rows.empty')}
      more={tb('rows.more')}
      caption={tb('rows.title')}
      columns={columns(props.definition)}
      keyOf={({ place }) => String(place)}
      testId="batch-rows"
    />
  )
}

function columns(type: TypeDefinition): readonly Column<BatchRow>[] {
  const ofFacts = (show: (facts: RowFacts) => ComponentChildren): Column<BatchRow>['cell'] => {
    return ({ facts }) => (facts === undefined ? '—' : show(facts))
  }
  return [
    { key: 'place', name: tb('place'), isWhole: true, cell: ({ place }) => place },
    {
      key: 'serial',
      name: tb('serial'),
      isWhole: true,
      cell: ofFacts(({ serial }) =>
        serial === undefined ? tb('serial.given') : <Data>{serial}</Data>,
      ),
    },
    {
      key: 'holder',
      name: tb('holder'),
      cell: ofFacts(({ claims }) => <Data>{claims[type.holder.name] ?? ''}</Data>),
    },
    {
      key: 'validity',
      name: tb('validity'),
      isWhole: true,
      cell: ofFacts((facts) => formatValidity(facts)),
    },
    {
      key: 'claims',
      name: tb('claims'),
      cell: ofFacts(({ claims }) => (
        <ClaimsFlow claims={claims} definition={type} without={type.holder.name} />
      )),
    },
    { key: 'result', name: tb('result'), cell: (row) => <Outcome row={row} /> },
  ]
}

function Outcome({ row }: { readonly row: BatchRow }): VNode {
  if (row.licence !== undefined) {
    return (
      <a href={placeAddress('register', row.licence)}>
        <Data>{row.identifier ?? row.licence}</Data>
      </a>
    )
  }
  if (row.code === undefined) return <StateWord tone="waiting">{tb('result.waiting')}</StateWord>
  return (
    <>
      <StateWord tone="bad">{tb('result.none')}</StateWord>
      <p>{faultWords(row.code)}</p>
    </>
  )
}

/** Batches: files with many licences that were asked for, the newest first; a further one, and each by itself. */

import { Data, EmptyScreen, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { BATCH_TONES, BATCHES, type Batch } from '../batch-data.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { tb } from '../words-batches.ts'
import { BatchScreen } from './batch.tsx'
import { NewBatchScreen } from './new-batch.tsx'

/** What stands in the address in place of a batch's id. */
const NEW = 'new'

/** The list, one batch, or a further one. */
export function BatchesScreen(props: {
  readonly me: Me
  readonly subject: string | undefined
}): VNode {
  const { me, subject } = props
  if (subject === undefined) return <Batches me={me} />
  if (subject === NEW) return <NewBatchScreen me={me} />
  return <BatchScreen me={me} id={subject} />
}

function Batches({ me }: { readonly me: Me }): VNode {
  const batches = useLoaded('/api/batches', BATCHES)
  return (
    <div class="stack" data-testid="batches-screen">
      <div class="page-head">
        <h1>{tb('title')}</h1>
        {me.rights.includes('request-batches') ? (
          <a
            class="button button-primary no-print"
            href={placeAddress('batches', NEW)}
            data-testid="new-batch"
          >
            {tb('new')}
          </a>
        ) : null}
      </div>
      <Part of={batches}>
        {(value) =>
          value.batches.length === 0 ? (
            <EmptyScreen title={tb('empty')}>{tb('empty.text')}</EmptyScreen>
          ) : (
            <DataTable
              caption={tb('title')}
              columns={columns(me)}
              rows={value.batches}
              keyOf={({ id }) => id}
              testId="batches-table"
            />
          )
        }
      </Part>
    </div>
  )
}

function columns({ types }: Me): readonly Column<Batch>[] {
  return [
    {
      key: 'type',
      name: tb('type'),
      cell: ({ id, type }) => {
        const name = types.find(({ code }) => code === type)?.name
        return (
          <a href={placeAddress('batches', id)}>
            <Data>{name === undefined ? type : localised(name)}</Data>
          </a>
        )
      },
    },
    { key: 'rows', name: tb('rows'), cell: ({ rows }) => rows },
    {
      key: 'state',
      name: tb('state'),
      cell: (batch) => (
        <StateWord tone={BATCH_TONES[batch.state]}>{tb(`state.${batch.state}`)}</StateWord>
      ),
    },
    { key: 'by', name: tb('by'), cell: ({ requestedBy }) => <Data>{requestedBy}</Data> },
    { key: 'when', name: tb('when'), cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  ]
}

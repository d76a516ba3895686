/** Seals of the organisation, and the requests to use them: a second person approves exactly the files that are listed. */

import { Data, EmptyScreen, formatDate } from '@onetrip/ui'
import type { VNode } from 'preact'
import { DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { SEAL_TONES, SEALS, type SealEntry } from '../seal-data.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { tk } from '../words-seals.ts'
import { SealUses } from './seal-uses.tsx'

/** The page of seals. */
export function SealsScreen({ me }: { readonly me: Me }): VNode {
  const seals = useLoaded('/api/seals', SEALS)
  return (
    <div class="stack" data-testid="seals-screen">
      <h1>{tk('title')}</h1>
      <Part of={seals}>
        {(value) =>
          value.seals.length === 0 ? (
            <EmptyScreen title={tk('seals.none')} />
          ) : (
            <>
              <SealUses me={me} seals={value.seals} />
              <h2>{tk('seals')}</h2>
              <SealTable seals={value.seals} />
            </>
          )
        }
      </Part>
    </div>
  )
}

function SealTable({ seals }: { readonly seals: readonly SealEntry[] }): VNode {
  return (
    <DataTable
      caption={tk('seals')}
      columns={[
        {
          key: 'name',
          name: tk('name'),
          cell: ({ name, licences }) => (
            <>
              <Data>{name}</Data>
              {licences === true ? <span class="hint"> · {tk('licences')}</span> : null}
            </>
          ),
        },
        {
          key: 'number',
          name: tk('number'),
          cell: ({ number }) => (number === undefined ? '—' : <Data>{number}</Data>),
        },
        {
          key: 'validity',
          name: tk('validity'),
          cell: ({ validFrom, validTo }) =>
            validFrom === undefined || validTo === undefined
              ? '—'
              : tk('validity.value', { from: formatDate(validFrom), to: formatDate(validTo) }),
        },
        {
          key: 'state',
          name: tk('state'),
          cell: ({ state }) => (
            <StateWord tone={SEAL_TONES[state]}>{tk(`state.${state}`)}</StateWord>
          ),
        },
      ]}
      rows={seals}
      keyOf={({ id }) => id}
      testId="seals-table"
    />
  )
}

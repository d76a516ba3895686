/** Seals of the organisation, and the requests to use them: a second person approves exactly the files that are listed. */

import { Data, EmptyScreen, formatDate } from '@onetrip/ui'
import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { SEAL_TONES, SEALS, type SealEntry } from '../seal-data.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { tk } from '../words-seals.ts'
import { SealUses } from './seal-uses.tsx'

/** What stands in the address while a seal is asked for. */
const NEW = 'new'

/** The page of seals. */
export function SealsScreen(props: {
  readonly me: Me
  readonly subject: string | undefined
}): VNode {
  const { me, subject } = props
  const seals = useLoaded('/api/seals', SEALS)
  if (subject === NEW) {
    return <Part of={seals}>{(value) => <NewUse me={me} seals={value.seals} />}</Part>
  }
  return (
    <div class="stack" data-testid="seals-screen">
      <div class="page-head">
        <h1>{tk('title')}</h1>
        {me.rights.includes('request-seal') ? (
          <a
            class="button button-primary no-print"
            href={placeAddress('seals', NEW)}
            data-testid="new-use"
          >
            {tk('new')}
          </a>
        ) : null}
      </div>
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

/** Drawing pages takes what nobody else needs: it is loaded when somebody asks for a seal. */
function NewUse(props: { readonly me: Me; readonly seals: readonly SealEntry[] }): VNode {
  const [Loaded, setLoaded] = useState<ComponentType<typeof props>>()
  useEffect(() => {
    void import('./new-use.tsx').then((found) => setLoaded(() => found.default))
  }, [])
  return Loaded === undefined ? <p class="hint loading">{tc('loading')}</p> : <Loaded {...props} />
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
            <span>
              <Data>{name}</Data>
              {licences === true ? <span class="hint"> · {tk('licences')}</span> : null}
            </span>
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
          isWhole: true,
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

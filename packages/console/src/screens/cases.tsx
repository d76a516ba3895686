/** The work list (待办): what waits for whoever looks, or all that lies with their organisation, each with the clocks of its parts. */

import { Button, Data, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { READ_CASES } from '../case-data.ts'
import type { CaseLine } from '../case-file.ts'
import { CASE_STATES, CASE_TONES, PART_TONES } from '../case-states.ts'
import type { Column } from '../data-table.tsx'
import { type Matters, READ_MATTERS } from '../guide-data.ts'
import { LimitLine } from '../limit-line.tsx'
import { useLoaded } from '../load-part.tsx'
import { tc } from '../messages.ts'
import { Moment } from '../moment.tsx'
import { PagedTable } from '../paged-table.tsx'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { usePages } from '../use-pages.ts'
import { tp } from '../words-cases.ts'
import { CaseScreen } from './case.tsx'
import { BeginScreen } from './case-begin.tsx'
import { WaitingOrders } from './waiting-orders.tsx'

/** Rights for which something can wait. */
const ACTING = ['accept-cases', 'review-cases', 'approve-cases', 'request-seal', 'hand-out']

/** In place of an id, where a case is taken in. */
const BEGIN = 'new'

/** The list, the page on which a case begins, or one case. */
export function CasesScreen(props: {
  readonly me: Me
  readonly subject: string | undefined
}): VNode {
  if (props.subject === undefined) return <CaseList me={props.me} />
  if (props.subject === BEGIN) return <BeginScreen me={props.me} />
  return <CaseScreen me={props.me} id={props.subject} />
}

function CaseList({ me }: { readonly me: Me }): VNode {
  const [wanted, setWanted] = useState(
    ACTING.some((right) => me.rights.includes(right)) ? 'waiting' : '',
  )
  const [matter, setMatter] = useState('')
  const [typed, setTyped] = useState('')
  const [number, setNumber] = useState('')
  const loaded = useLoaded('/guides', READ_MATTERS)
  const matters = loaded.answer?.kind === 'done' ? loaded.answer.value.matters : []
  const pageAt = (before?: string): { readonly path: string } => {
    const query = new URLSearchParams({
      ...(wanted === 'waiting' ? { waiting: 'me' } : {}),
      ...(wanted === 'waiting' || wanted === '' ? {} : { state: wanted }),
      ...(matter === '' ? {} : { matter }),
      ...(number === '' ? {} : { number }),
      ...(before === undefined ? {} : { before }),
    })
    return { path: `/api/cases?${query}` }
  }
  const pages = usePages(pageAt(), READ_CASES)
  return (
    <div class="stack" data-testid="cases-screen">
      <div class="page-head">
        <h1>{tp('title')}</h1>
        <span class="actions no-print">
          <Button kind="quiet" onPress={pages.reload} testId="cases-reload">
            {tc('table.reload')}
          </Button>
          {me.rights.includes('accept-cases') ? (
            <a
              class="button button-primary no-print"
              href={placeAddress('cases', BEGIN)}
              data-testid="new-case"
            >
              {tp('new')}
            </a>
          ) : null}
        </span>
      </div>
      {me.rights.includes('change-status') ? <WaitingOrders /> : null}
      <form
        class="filters no-print"
        onSubmit={(event) => {
          event.preventDefault()
          setNumber(typed.trim().toUpperCase())
        }}
      >
        <SelectField
          label={tp('filter')}
          name="state"
          value={wanted}
          choices={[
            { value: 'waiting', text: tp('filter.waiting') },
            { value: '', text: tp('filter.all') },
            ...CASE_STATES.map((value) => ({ value, text: tp(`case.${value}`) })),
          ]}
          onChange={setWanted}
          testId="cases-state"
        />
        <SelectField
          label={tp('matter')}
          name="matter"
          value={matter}
          choices={[
            { value: '', text: tp('filter.all') },
            ...matters.map(({ code, name }) => ({ value: code, text: localised(name) })),
          ]}
          onChange={setMatter}
          testId="cases-matter"
        />
        <TextField
          label={tp('number')}
          name="number"
          value={typed}
          maxLength={64}
          onInput={setTyped}
          testId="cases-number"
        />
        <Button type="submit" testId="cases-find">
          {tp('find')}
        </Button>
      </form>
      <PagedTable
        of={pages}
        rowsOf={({ cases }) => cases}
        nextOf={({ next }) => (next === undefined ? undefined : pageAt(next))}
        empty={tp(wanted === 'waiting' ? 'empty.waiting' : 'empty')}
        caption={tp('title')}
        columns={columns(matters)}
        keyOf={({ id }) => id}
        testId="cases-table"
      />
    </div>
  )
}

function columns(matters: Matters['matters']): readonly Column<CaseLine>[] {
  const known = (code: string) => matters.find((matter) => matter.code === code)
  const nameOf = (code: string): string => {
    const name = known(code)?.name
    return name === undefined ? code : localised(name)
  }
  const partOf = (matter: string, code: string): string => {
    const name = known(matter)?.parts.find((part) => part.code === code)?.name
    return name === undefined ? code : localised(name)
  }
  return [
    {
      key: 'matter',
      name: tp('matter'),
      isWhole: true,
      cell: ({ id, matter }) => (
        <a href={placeAddress('cases', id)}>
          <Data>{nameOf(matter)}</Data>
        </a>
      ),
    },
    {
      key: 'applicant',
      name: tp('applicant'),
      cell: ({ applicant }) => (applicant === undefined ? '—' : <Data>{applicant}</Data>),
    },
    {
      key: 'number',
      name: tp('number'),
      isWhole: true,
      cell: ({ number }) => (number === null ? tp('no-number') : <Data>{number}</Data>),
    },
    {
      key: 'state',
      name: tp('state'),
      cell: ({ state }) => <StateWord tone={CASE_TONES[state]}>{tp(`case.${state}`)}</StateWord>,
    },
    {
      key: 'parts',
      name: tp('parts'),
      cell: ({ matter, parts }) => (
        <ul class="part-lines">
          {parts.map(({ code, state, limit }) => (
            <li key={code}>
              <Data>{partOf(matter, code)}</Data>{' '}
              <StateWord tone={PART_TONES[state]}>{tp(`part.${state}`)}</StateWord>
              <br />
              <LimitLine state={state} limit={limit} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'created',
      name: tp('created'),
      isWhole: true,
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
  ]
}

/** The licences of an order: pasted by number, or taken one by one out of the register. */

import { Button, CheckField, Data, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chosen } from '../chosen-licences.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { useDraft } from '../draft.ts'
import { licenceColumns } from '../licence-columns.tsx'
import { type LicenceLine, REGISTER_PAGE } from '../licence-data.ts'
import { fits, MAX_ORDERED, type ManyKind } from '../order-data.ts'
import { PagedTable } from '../paged-table.tsx'
import { EVERYTHING, RegisterFilter, wanted } from '../register-filter.tsx'
import type { Answer } from '../request.ts'
import { load, type Me } from '../session.ts'
import { TextArea } from '../text-area.tsx'
import { readSerials } from '../typed-serials.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { type PageRequest, usePages } from '../use-pages.ts'
import { to } from '../words-orders.ts'
import { tg } from '../words-register.ts'

const MAX_TYPED = 20_000
const SEARCH = '/api/licences/search'

interface ChoiceProps {
  readonly me: Me
  readonly kind: ManyKind
  /** Those chosen that the kind fits. */
  readonly lines: readonly LicenceLine[]
  readonly chosen: Chosen
}

/** Both ways, and what was chosen. */
export function ChooseLicences(props: ChoiceProps): VNode {
  const { lines, chosen } = props
  const isMany = lines.length > MAX_ORDERED
  return (
    <>
      <section class="panel stack">
        <h2>{to('choose')}</h2>
        <p class="hint">{to('choose.text', { max: MAX_ORDERED })}</p>
        <ByNumber {...props} />
        <details class="decision">
          <summary data-testid="from-register">{to('register')}</summary>
          <FromRegister {...props} />
        </details>
      </section>
      <section class="stack" data-testid="chosen">
        <div class="page-head">
          <h2>{lines.length === 0 ? to('chosen.none') : to('chosen', { count: lines.length })}</h2>
          {lines.length === 0 ? null : (
            <Button kind="quiet" onPress={chosen.clear} testId="remove-all">
              {to('remove-all')}
            </Button>
          )}
        </div>
        {isMany ? (
          <Notice tone="bad" live="alert">
            {to('chosen.many', { max: MAX_ORDERED })}
          </Notice>
        ) : null}
        {lines.length === 0 ? null : (
          <DataTable
            caption={to('licences')}
            columns={[holder(), ...licenceColumns(), removal(chosen)]}
            rows={lines}
            keyOf={({ id }) => id}
            testId="chosen-table"
          />
        )}
      </section>
    </>
  )
}

function ByNumber({ kind, chosen }: ChoiceProps): VNode {
  const [text, setText] = useDraft('order-serials')
  const [missing, setMissing] = useState<readonly string[]>([])
  const finding = useAct()
  const { serials, unreadable } = readSerials(text)
  const find = (): void =>
    finding.run(
      async () => {
        const answer = await searchAll(serials.slice(0, MAX_ORDERED))
        if (answer.kind === 'done') {
          const taken = answer.value.filter(({ status }) => fits(kind, status))
          const found = new Set(taken.map(({ serial }) => serial))
          chosen.add(taken)
          const rest = [...unreadable, ...serials.filter((serial) => !found.has(serial))]
          setMissing(rest)
          setText(rest.join('\n'))
        }
        return answer
      },
      () => undefined,
    )
  return (
    <>
      <TextArea
        label={to('serials')}
        hint={to('serials.hint')}
        value={text}
        maxLength={MAX_TYPED}
        onInput={setText}
        testId="order-serials"
      />
      <div class="actions">
        <Button
          busy={finding.isBusy}
          disabled={serials.length === 0}
          onPress={find}
          testId="find-serials"
        >
          {to('find')}
        </Button>
      </div>
      <Refusal of={finding} />
      {missing.length === 0 ? null : (
        <Notice tone="caution" live="status" title={to('missing')} testId="missing-serials">
          {to('missing.text')} <Data>{missing.join(' ')}</Data>
        </Notice>
      )}
    </>
  )
}

/** Every page of what is found under whole numbers. */
async function searchAll(serials: readonly string[]): Promise<Answer<readonly LicenceLine[]>> {
  const found: LicenceLine[] = []
  let before: string | undefined
  do {
    const body = { serials, ...(before === undefined ? {} : { before }) }
    const answer = await load(SEARCH, REGISTER_PAGE, body)
    if (answer.kind === 'refused') return answer
    found.push(...answer.value.licences)
    before = answer.value.next
  } while (before !== undefined && found.length <= MAX_ORDERED * 2)
  return { kind: 'done', value: found }
}

function FromRegister({ me, kind, chosen }: ChoiceProps): VNode {
  const [filter, setFilter] = useState(EVERYTHING)
  const search = (before?: string): PageRequest => ({
    path: SEARCH,
    body: { ...wanted(filter), ...(before === undefined ? {} : { before }) },
  })
  const pages = usePages(search(), REGISTER_PAGE)
  const shown = pages.pages.flatMap(({ licences }) => licences)
  const ids = new Set(chosen.lines.map(({ id }) => id))
  const take: Column<LicenceLine> = {
    key: 'take',
    name: tg('holder'),
    cell: (line) => (
      <CheckField
        label={<Data>{line.holder}</Data>}
        name={`take-${line.id}`}
        checked={ids.has(line.id)}
        fixed={!fits(kind, line.status)}
        onChange={(isTaken) => (isTaken ? chosen.add([line]) : chosen.remove(line.id))}
        testId="take"
      />
    ),
  }
  return (
    <div class="stack">
      <RegisterFilter me={me} onFind={setFilter} />
      <div class="actions">
        <Button
          onPress={() => chosen.add(shown.filter(({ status }) => fits(kind, status)))}
          testId="take-all"
        >
          {to('take-all')}
        </Button>
      </div>
      <PagedTable
        of={pages}
        rowsOf={({ licences }) => licences}
        nextOf={({ next }) => (next === undefined ? undefined : search(next))}
        empty={tg('empty')}
        caption={to('register')}
        columns={[take, ...licenceColumns()]}
        keyOf={({ id }) => id}
        testId="take-table"
      />
    </div>
  )
}

/** Without the way to its page: that would leave the form. */
function holder(): Column<LicenceLine> {
  return { key: 'holder', name: tg('holder'), cell: (line) => <Data>{line.holder}</Data> }
}

function removal(chosen: Chosen): Column<LicenceLine> {
  return {
    key: 'remove',
    name: to('next'),
    cell: ({ id, serial }) => (
      <Button
        kind="quiet"
        label={to('remove.label', { serial })}
        onPress={() => chosen.remove(id)}
        testId="remove"
      >
        {to('remove')}
      </Button>
    ),
  }
}

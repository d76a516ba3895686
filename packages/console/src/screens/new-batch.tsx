/** A further batch: a table is chosen and tried, its rows at fault are shown and saved, and a whole one is asked for. */

import type { TypeDefinition } from '@onetrip/credential'
import {
  Button,
  Data,
  EmptyScreen,
  FileButton,
  language,
  localised,
  Notice,
  SelectField,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { REQUESTED, type RowFault, TRIAL, type Trial } from '../batch-data.ts'
import { columnAtFault, saveTemplate } from '../batch-template.ts'
import { saveTable } from '../csv-file.ts'
import { DataTable } from '../data-table.tsx'
import { faultWords } from '../error-words.ts'
import { TYPE } from '../licence-data.ts'
import { useLoaded } from '../load-part.tsx'
import { placeAddress } from '../places.ts'
import { act, type LicenceType, type Me } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { tb } from '../words-batches.ts'

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Rows at fault that are shown at a time; the rest are in the file. */
const SHOWN = 200

/** A table that was tried. */
interface Tried {
  readonly name: string
  readonly content: Blob
  readonly trial: Trial
  /** Names the request, so that a retry asks once. */
  readonly idempotencyKey: string
}

/** The page of a further batch. */
export function NewBatchScreen({ me }: { readonly me: Me }): VNode {
  const types = me.types.filter(({ rights }) => rights.includes('request-batches'))
  const [code, setCode] = useState(types[0]?.code ?? '')
  const [tried, setTried] = useState<Tried>()
  const trying = useAct()
  const type = types.find((one) => one.code === code)
  const back = (
    <a class="link-alone no-print" href={placeAddress('batches')}>
      {tb('back')}
    </a>
  )
  if (type === undefined) return <EmptyScreen title={faultWords('auth/forbidden')} action={back} />
  const choose = (file: File): void => {
    const content = new Blob([file], { type: /\.xlsx$/i.test(file.name) ? XLSX : CSV })
    setTried(undefined)
    trying.run(
      async () => {
        const answer = await act(`/api/batches/trial?type=${type.code}`, {
          answer: TRIAL,
          body: content,
        })
        if (answer.kind === 'done') {
          const idempotencyKey = crypto.randomUUID()
          setTried({ name: file.name, content, trial: answer.value, idempotencyKey })
        }
        return answer
      },
      () => undefined,
    )
  }
  return (
    <div class="stack" data-testid="new-batch-screen">
      {back}
      <h1>{tb('new')}</h1>
      <section class="panel stack">
        <SelectField
          label={tb('type')}
          name="type"
          value={code}
          choices={types.map((one) => ({ value: one.code, text: localised(one.name) }))}
          onChange={(next) => {
            setCode(next)
            setTried(undefined)
          }}
          testId="batch-type"
        />
        <p class="hint">{tb('trial.text')}</p>
        <div class="actions">
          <FileButton
            accept={`.csv,.xlsx,${CSV},${XLSX}`}
            onFiles={([file]) => choose(file)}
            testId="batch-file"
          >
            {tb(tried === undefined ? 'file' : 'trial.again')}
          </FileButton>
          <Button kind="quiet" onPress={() => void saveTemplate(type)} testId="template">
            {tb('template')}
          </Button>
        </div>
        <p class="hint">{tb('file.hint')}</p>
        <p class="hint" role="status">
          {trying.isBusy ? tb('trying') : ''}
        </p>
        <Refusal of={trying} />
      </section>
      {tried === undefined ? null : <Result type={type} tried={tried} />}
    </div>
  )
}

function Result({ type, tried }: { readonly type: LicenceType; readonly tried: Tried }): VNode {
  const { rows, faults, digest } = tried.trial
  const isGood = faults.length === 0
  return (
    <section class="stack" data-testid="trial">
      <Notice
        tone={isGood ? 'good' : 'bad'}
        live="status"
        title={
          isGood
            ? tb('trial.good', { count: rows })
            : tb('trial.bad', { count: faults.length, good: rows })
        }
      >
        <Data>{tried.name}</Data>
        {isGood ? null : <p>{tb('trial.bad-text')}</p>}
      </Notice>
      {isGood ? (
        <>
          <p class="hint">
            {tb('digest')} <bdi class="digest">{digest}</bdi>
          </p>
          <Request type={type} tried={tried} />
        </>
      ) : (
        <Faults type={type} faults={faults} />
      )}
    </section>
  )
}

function Request({ type, tried }: { readonly type: LicenceType; readonly tried: Tried }): VNode {
  const asking = useAct()
  const ask = (): void =>
    asking.run(
      async () => {
        const answer = await act(`/api/batches?type=${type.code}`, {
          answer: REQUESTED,
          body: tried.content,
          idempotencyKey: tried.idempotencyKey,
        })
        if (answer.kind === 'done') location.hash = placeAddress('batches', answer.value.id)
        return answer
      },
      () => undefined,
    )
  return (
    <>
      <div class="actions">
        <Button kind="primary" busy={asking.isBusy} onPress={ask} testId="request-batch">
          {tb('request', { count: tried.trial.rows })}
        </Button>
      </div>
      <p class="hint">{tb('request.text')}</p>
      <Refusal of={asking} />
    </>
  )
}

function Faults(props: {
  readonly type: LicenceType
  readonly faults: readonly RowFault[]
}): VNode {
  const { type, faults } = props
  const [shown, setShown] = useState(SHOWN)
  const { answer } = useLoaded(`/types/${type.code}/${type.version}`, TYPE)
  const definition = answer?.kind === 'done' ? answer.value : undefined
  const rest = faults.length - shown
  return (
    <>
      <div class="actions">
        <Button kind="primary" onPress={() => saveFaults(faults, definition)} testId="save-faults">
          {tb('faults.save')}
        </Button>
      </div>
      <DataTable
        caption={tb('faults.save')}
        columns={[
          { key: 'row', name: tb('fault.row'), cell: ({ row }) => row },
          { key: 'what', name: tb('fault.what'), cell: ({ code }) => faultWords(code) },
          {
            key: 'where',
            name: tb('fault.detail'),
            cell: (fault) => <Data>{whereWords(fault, definition)}</Data>,
          },
        ]}
        rows={faults.slice(0, shown)}
        keyOf={({ row }) => String(row)}
        testId="faults-table"
      />
      {rest > 0 ? (
        <div class="actions">
          <Button onPress={() => setShown(shown + SHOWN)} testId="more-faults">
            {tb('faults.more', { count: Math.min(rest, SHOWN) })}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function whereWords({ detail }: RowFault, definition: TypeDefinition | undefined): string {
  if (detail === undefined) return '—'
  if (definition === undefined) return detail
  return columnAtFault(detail, definition, language.value) ?? detail
}

function saveFaults(faults: readonly RowFault[], definition: TypeDefinition | undefined): void {
  const head = [tb('fault.row'), tb('fault.what'), tb('fault.detail'), 'code']
  const name = language.value === 'en' ? 'rows-at-fault.csv' : '有误的行.csv'
  const lines = faults.map((fault) => {
    return [fault.row, faultWords(fault.code), whereWords(fault, definition), fault.code]
  })
  saveTable(name, [head, ...lines])
}

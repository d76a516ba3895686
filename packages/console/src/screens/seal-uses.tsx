/** Requests to use seals: what waits first, each with its files; below it what was decided. */

import { Data, formatDate, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { DataTable } from '../data-table.tsx'
import { useDraft } from '../draft.ts'
import { faultWords } from '../error-words.ts'
import { tc } from '../messages.ts'
import { Moment } from '../moment.tsx'
import { placeAddress } from '../places.ts'
import { RECORD, type SealEntry, type SealUse, type UseFile } from '../seal-data.ts'
import { act, load, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { StateWord } from '../state-word.tsx'
import { TextArea } from '../text-area.tsx'
import { tk } from '../words-seals.ts'
import { SealFile } from './seal-file.tsx'

const MAX_REASON = 500

interface UseOfSeal extends SealUse {
  readonly sealName: string
}

/** The requests of all these seals. */
export function SealUses(props: { readonly me: Me; readonly seals: readonly SealEntry[] }): VNode {
  const { me, seals } = props
  const [uses, setUses] = useState<readonly UseOfSeal[]>()
  const [refused, setRefused] = useState<string>()
  const [count, setCount] = useState(0)
  useEffect(() => {
    let isWanted = true
    void Promise.all(seals.map(usesOf)).then((answers) => {
      if (!isWanted) return
      setRefused(answers.find(({ code }) => code !== undefined)?.code)
      setUses(answers.flatMap((answer) => answer.uses))
    })
    return () => {
      isWanted = false
    }
  }, [seals, count])
  if (uses === undefined) return <p class="hint loading">{tc('loading')}</p>
  const waiting = uses.filter((use) => stateOf(use) === 'requested')
  const decided = uses.filter((use) => stateOf(use) !== 'requested').toSorted(newestFirst)
  return (
    <>
      {refused === undefined ? null : <p class="field-error">{faultWords(refused)}</p>}
      <section class="stack" data-testid="waiting-uses">
        <h2>{tk('waiting')}</h2>
        <p class="hint">{tk(waiting.length === 0 ? 'waiting.none' : 'waiting.text')}</p>
        {waiting.map((use) => (
          <Waiting key={use.id} me={me} use={use} onDone={() => setCount(count + 1)} />
        ))}
      </section>
      <section class="stack">
        <h2>{tk('decided')}</h2>
        {decided.length === 0 ? (
          <p class="hint">{tk('decided.none')}</p>
        ) : (
          <Decided me={me} uses={decided} onDone={() => setCount(count + 1)} />
        )}
      </section>
    </>
  )
}

async function usesOf({ id, name }: SealEntry): Promise<{
  readonly uses: readonly UseOfSeal[]
  readonly code?: string
}> {
  const answer = await load(`/api/seals/${id}/record`, RECORD)
  if (answer.kind === 'refused') return { uses: [], code: answer.code }
  return { uses: answer.value.uses.map((use) => ({ ...use, sealName: name })) }
}

function newestFirst(one: SealUse, other: SealUse): number {
  return other.requestedAt - one.requestedAt
}

function stateOf({ state, goodUntil }: SealUse): SealUse['state'] | 'expired' {
  return state === 'requested' && goodUntil < Date.now() / 1000 ? 'expired' : state
}

function Waiting(props: {
  readonly me: Me
  readonly use: UseOfSeal
  readonly onDone: () => void
}): VNode {
  const { me, use, onDone } = props
  const keeps = me.rights.includes('keep-seals')
  return (
    <article class="panel two-columns" data-testid="waiting-use">
      <dl class="rows">
        <Row term={tk('purpose')}>
          <strong>
            <Data>{use.purpose}</Data>
          </strong>
        </Row>
        <Row term={tk('name')}>
          <Data>{use.sealName}</Data>
        </Row>
        <Row term={tk('by')}>
          <Data>{use.requestedBy}</Data> · <Moment at={use.requestedAt} />
          <span class="hint"> · {tk('good-until', { day: formatDate(use.goodUntil) })}</span>
        </Row>
        <Row term={tk('files')}>
          <ul class="stack">
            {use.files.map((file) => (
              <li key={file.sha256}>
                <FileLine file={file} />
              </li>
            ))}
          </ul>
          {use.case === undefined ? null : (
            <a class="link-alone no-print" href={placeAddress('cases', use.case)}>
              {tk('case')}
            </a>
          )}
        </Row>
      </dl>
      {keeps ? (
        <div class="stack no-print">
          <Decide use={use} decision="approve" onDone={onDone} />
          <Decide use={use} decision="refuse" onDone={onDone} />
        </div>
      ) : (
        <p class="hint">{tk('own-right')}</p>
      )}
    </article>
  )
}

function Decide(props: {
  readonly use: UseOfSeal
  readonly decision: 'approve' | 'refuse'
  readonly onDone: () => void
}): VNode {
  const { use, decision, onDone } = props
  const [reason, setReason] = useDraft(`use-${use.id}`)
  const isRefusal = decision === 'refuse'
  const body = isRefusal ? (
    <TextArea
      label={tk('reason')}
      value={reason}
      maxLength={MAX_REASON}
      onInput={setReason}
      testId="reason"
    />
  ) : (
    <p>{tk('approve.text')}</p>
  )
  return (
    <ActButton
      kind={isRefusal ? 'secondary' : 'primary'}
      goKind={isRefusal ? 'danger' : 'primary'}
      title={tk(`${decision}.title`, { count: use.files.length })}
      body={body}
      go={tk(decision)}
      isReady={!isRefusal || reason.trim() !== ''}
      act={() =>
        act(`/api/seals/uses/${use.id}/decision`, {
          answer: ANYTHING,
          body: {
            decision,
            files: use.files.map(({ sha256 }) => sha256),
            ...(isRefusal ? { reason: reason.trim() } : {}),
          },
        })
      }
      onDone={() => {
        setReason('')
        onDone()
      }}
      testId={decision}
    >
      {tk(decision)}
    </ActButton>
  )
}

function FileLine({ file }: { readonly file: UseFile }): VNode {
  return (
    <>
      {file.name === undefined ? tk('file.unnamed') : <Data>{file.name}</Data>}
      <br />
      <span class="hint">
        {tk('file.bytes', { bytes: file.length })} · {placeWords(file)}
        <br />
        {tk('file.digest')} <bdi class="digest">{file.sha256}</bdi>
      </span>
    </>
  )
}

function placeWords({ place }: UseFile): string {
  if (place === undefined) return tk('file.beside')
  if (place.keyword !== undefined) return tk('file.keyword', { keyword: place.keyword })
  return tk('file.place', { page: place.page ?? 1 })
}

function Decided(props: {
  readonly me: Me
  readonly uses: readonly UseOfSeal[]
  readonly onDone: () => void
}): VNode {
  const { me, uses, onDone } = props
  const seals = me.rights.includes('request-seal')
  return (
    <DataTable
      caption={tk('decided')}
      columns={[
        { key: 'purpose', name: tk('purpose'), cell: (use) => <Purpose use={use} /> },
        { key: 'seal', name: tk('name'), cell: ({ sealName }) => <Data>{sealName}</Data> },
        { key: 'by', name: tk('by'), cell: ({ requestedBy }) => <Data>{requestedBy}</Data> },
        {
          key: 'files',
          name: tk('files'),
          cell: ({ files }) => tk('file.count', { count: files.length }),
        },
        {
          key: 'result',
          name: tk('result'),
          cell: (use) => (
            <>
              <Result use={use} />
              {seals && use.state === 'approved' && use.goodUntil > Date.now() / 1000 ? (
                <SealFile use={use} onDone={onDone} />
              ) : null}
            </>
          ),
        },
      ]}
      rows={uses}
      keyOf={({ id }) => id}
      testId="decided-uses"
    />
  )
}

function Purpose({ use }: { readonly use: UseOfSeal }): VNode {
  return (
    <>
      <Data>{use.purpose}</Data>
      {use.case === undefined ? null : (
        <>
          <br class="no-print" />
          <a class="link-alone no-print" href={placeAddress('cases', use.case)}>
            {tk('case.decided')}
          </a>
        </>
      )}
    </>
  )
}

const USE_TONES = {
  requested: 'waiting',
  approved: 'good',
  refused: 'bad',
  expired: 'over',
} as const

function Result({ use }: { readonly use: UseOfSeal }): VNode {
  const state = stateOf(use)
  return (
    <>
      <StateWord tone={USE_TONES[state]}>{tk(`use.${state}`)}</StateWord>
      {use.keeper === undefined || use.decidedAt === undefined ? null : (
        <span class="hint">
          {' '}
          <Data>{use.keeper}</Data> · <Moment at={use.decidedAt} />
        </span>
      )}
      {use.reason === undefined ? null : (
        <>
          <br />
          <Data>{use.reason}</Data>
        </>
      )}
    </>
  )
}

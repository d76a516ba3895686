/** What was done in the organisation's name, the newest first, each entry with its facts and its proof. */

import { Button, Data, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import * as v from 'valibot'
import type { Column } from '../data-table.tsx'
import { factValueWords } from '../fact-values.ts'
import { Moment } from '../moment.tsx'
import { PagedTable } from '../paged-table.tsx'
import type { Schema } from '../request.ts'
import { usePages } from '../use-pages.ts'
import { factWords } from '../words-facts.ts'
import { actWords, KNOWN_ACTS, tl } from '../words-log.ts'

const FACT = v.union([v.string(), v.number(), v.boolean()])

interface Entry {
  readonly index: number
  readonly at: number
  readonly kind: string
  readonly act?: string | undefined
  readonly facts?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly proof: string
}

type Names = Readonly<Record<string, { readonly name: string; readonly kind: string }>>

interface LogPage {
  readonly size: number
  readonly entries: readonly Entry[]
  /** Who stands behind ids of facts. */
  readonly names: Names
  readonly next?: number | undefined
}

const LOG_PAGE: Schema<LogPage> = v.object({
  size: v.number(),
  entries: v.array(
    v.object({
      index: v.number(),
      at: v.number(),
      kind: v.string(),
      act: v.optional(v.string()),
      facts: v.optional(v.record(v.string(), FACT)),
      proof: v.pipe(v.string(), v.regex(/^\/log\/proofs\/[A-Za-z0-9_-]{43}$/)),
    }),
  ),
  names: v.record(v.string(), v.object({ name: v.string(), kind: v.string() })),
  next: v.optional(v.number()),
})

/** Facts that say who did it; an act without any is the server's own. */
const DOERS = ['actor', 'person', 'officer', 'requester', 'keeper'] as const

/** The page of the log. */
export function LogScreen(): VNode {
  const [kind, setKind] = useState('')
  const [typed, setTyped] = useState('')
  const [about, setAbout] = useState('')
  const query = new URLSearchParams({
    ...(kind === '' ? {} : { kind }),
    ...(about === '' ? {} : { about }),
  })
  const pathOf = (before?: number): string => {
    const parameters = new URLSearchParams(query)
    if (before !== undefined) parameters.set('before', String(before))
    return `/api/log/entries?${parameters}`
  }
  const pages = usePages({ path: pathOf() }, LOG_PAGE)
  const size = pages.pages[0]?.size
  const names = Object.assign({}, ...pages.pages.map((page) => page.names))
  return (
    <div class="stack" data-testid="log-screen">
      <h1>{tl('title')}</h1>
      <p class="hint">
        {tl('text')}
        {size === undefined ? '' : ` ${tl('size', { count: size })}`}
      </p>
      <form
        class="filters no-print"
        onSubmit={(event) => {
          event.preventDefault()
          setAbout(typed.trim())
        }}
      >
        <SelectField
          label={tl('kind')}
          name="kind"
          value={kind}
          choices={[
            { value: '', text: tl('kind.all') },
            ...KNOWN_ACTS.map((value) => ({ value, text: actWords(value) })),
          ]}
          onChange={setKind}
          testId="log-kind"
        />
        <TextField
          label={tl('about')}
          name="about"
          value={typed}
          maxLength={64}
          onInput={setTyped}
          testId="log-about"
        />
        <Button type="submit" testId="log-find">
          {tl('find')}
        </Button>
      </form>
      <PagedTable
        of={pages}
        rowsOf={({ entries }) => entries}
        nextOf={({ next }) => (next === undefined ? undefined : { path: pathOf(next) })}
        empty={tl('empty')}
        caption={tl('title')}
        columns={columns(names)}
        keyOf={({ index }) => String(index)}
        testId="log-table"
      />
    </div>
  )
}

function columns(names: Names): readonly Column<Entry>[] {
  return [
    { key: 'index', name: tl('index'), isWhole: true, cell: ({ index }) => index },
    { key: 'time', name: tl('time'), isWhole: true, cell: ({ at }) => <Moment at={at} /> },
    { key: 'act', name: tl('act'), cell: ({ act, kind }) => actWords(act ?? kind) },
    { key: 'facts', name: tl('facts'), cell: (entry) => <Facts entry={entry} names={names} /> },
    {
      key: 'proof',
      name: tl('proof'),
      cell: ({ proof, index }) => (
        <a href={proof} aria-label={tl('proof-of', { index })}>
          {tl('proof')}
        </a>
      ),
    },
  ]
}

interface FactsProps {
  readonly entry: Entry
  readonly names: Names
}

function Facts({ entry, names }: FactsProps): VNode | null {
  const { act, facts: known = {} } = entry
  const facts = Object.entries(known)
  const isServer = act !== undefined && !DOERS.some((name) => name in known)
  if (facts.length === 0 && !isServer) return null
  return (
    <dl class="facts">
      {isServer ? (
        <div class="fact">
          <dt>{tl('who')}</dt>
          <dd>{tl('server')}</dd>
        </div>
      ) : null}
      {facts.map(([name, fact]) => (
        <div key={name} class="fact">
          <dt title={name}>{factWords(name)}</dt>
          <dd>
            <Named
              who={typeof fact === 'string' && Object.hasOwn(names, fact) ? names[fact] : undefined}
            />
            <Data>{factValueWords(entry.act ?? entry.kind, name, fact)}</Data>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Named({ who }: { readonly who: Names[string] | undefined }): VNode | null {
  if (who === undefined) return null
  return (
    <>
      <strong>
        <Data>{who.name}</Data>
      </strong>
      {who.kind === 'system' ? ` (${tl('system')})` : ''}{' '}
    </>
  )
}

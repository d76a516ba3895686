/** Choosing what to ask: matter, part, materials, purpose; or why this counter cannot ask. */

import type { ErrorCode } from '@onetrip/codec'
import { isPlainLine, MAX_PURPOSE_CHARACTERS } from '@onetrip/credential'
import type { Matter, Trust } from '@onetrip/trust'
import {
  Button,
  EmptyScreen,
  localised,
  Notice,
  reasonFor,
  SelectField,
  TextField,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { enrolment } from '../enrolment/enrolment-signal.ts'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { ask } from './ask-acts.ts'
import type { AskPlan, AskTrouble } from './ask-signal.ts'
import { MaterialChoice } from './material-choice.tsx'
import { askableMatters, firstChoice, neededFor, wantsFor } from './matter-wants.ts'
import { ta } from './words-ask.ts'

const DIFFERS: ErrorCode = 'request/differs'

/** Properties of {@link ChooseAsked}. */
export interface ChooseAskedProps {
  readonly trust: Trust
  /** What was asked last: it stands there again. */
  readonly last?: AskPlan
  readonly trouble?: AskTrouble
  readonly code?: ErrorCode
}

/** The choice, for a counter that may ask. */
export function ChooseAsked(props: ChooseAskedProps): VNode {
  const enrolled = enrolment.value
  if (enrolled.phase !== 'enrolled') return <CannotAsk why="none" />
  const matters = askableMatters(enrolled.counter, props.trust)
  const [first] = matters
  if (first === undefined) {
    return <CannotAsk why="no-matter" office={localised(enrolled.counter.office.name)} />
  }
  const { last } = props
  const isSame = last !== undefined && matters.includes(last.of)
  return <Choice {...props} matters={matters} first={isSame ? last.of : first} />
}

interface CannotAskProps {
  readonly why: 'none' | 'no-matter'
  readonly office?: string
}

function CannotAsk({ why, office = '' }: CannotAskProps): VNode {
  return (
    <EmptyScreen
      title={ta(`${why}.title`)}
      sign="shield"
      testId={`ask-${why}`}
      action={
        <a class="button button-primary" href={placeAddress('settings')}>
          {ta(`${why}.action`)}
        </a>
      }
    >
      <p>{ta(`${why}.text`, { office })}</p>
    </EmptyScreen>
  )
}

interface ChoiceProps extends ChooseAskedProps {
  readonly matters: readonly Matter[]
  readonly first: Matter
}

function Choice({ trust, last, trouble, code, matters, first }: ChoiceProps): VNode {
  const before = last?.of === first ? last : undefined
  const [matter, setMatter] = useState(first)
  const [part, setPart] = useState(before?.part)
  const { askable, others } = neededFor(matter, part)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(before?.wants.map(({ material }) => material) ?? firstChoice(askable)),
  )
  const [purpose, setPurpose] = useState(before?.purpose ?? purposeFor(matter, part))
  const [isTried, setTried] = useState(false)
  const [busy, setBusy] = useState<'code' | 'online' | undefined>(undefined)
  const choose = (next: Matter, nextPart: string | undefined): void => {
    setMatter(next)
    setPart(nextPart)
    setChosen(firstChoice(neededFor(next, nextPart).askable))
    setPurpose(purposeFor(next, nextPart))
  }
  const wants = wantsFor(askable, chosen)
  const stated = purpose.normalize('NFC').trim()
  const isPurpose = isPlainLine(stated, MAX_PURPOSE_CHARACTERS)
  const submit = async (isOnline: boolean): Promise<void> => {
    setTried(true)
    if (!isPurpose || wants.length === 0) return
    setBusy(isOnline ? 'online' : 'code')
    const materials = askable.filter(({ code }) => chosen.has(code))
    const asked = { of: matter, matter: matter.code, purpose: stated, wants, materials, isOnline }
    await ask(part === undefined ? asked : { ...asked, part })
    setBusy(undefined)
  }
  return (
    <form
      class="stack column"
      data-testid="ask-choose"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(false)
      }}
    >
      <h1>{tc('ask.title')}</h1>
      <p>{ta('intro')}</p>
      <SelectField
        label={ta('matter')}
        name="matter"
        testId="ask-matter"
        value={matter.code}
        choices={matters.map(({ code, name }) => ({ value: code, text: localised(name) }))}
        onChange={(code) => choose(matters.find((each) => each.code === code) ?? matter, undefined)}
      />
      {matter.parts.length < 2 ? null : (
        <SelectField
          label={ta('part')}
          name="part"
          testId="ask-part"
          value={part ?? ''}
          choices={[
            { value: '', text: ta('part.whole') },
            ...matter.parts.map(({ code, name }) => ({ value: code, text: localised(name) })),
          ]}
          onChange={(code) => choose(matter, code === '' ? undefined : code)}
        />
      )}
      <MaterialChoice
        trust={trust}
        materials={askable}
        others={others}
        chosen={chosen}
        onChange={setChosen}
        error={isTried && wants.length === 0 ? ta('nothing-chosen') : undefined}
      />
      <TextField
        label={ta('purpose')}
        hint={ta('purpose-hint')}
        name="purpose"
        testId="ask-purpose"
        value={purpose}
        onInput={setPurpose}
        maxLength={MAX_PURPOSE_CHARACTERS}
        error={isTried && !isPurpose ? ta('purpose-wrong') : undefined}
      />
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" testId="ask-trouble">
          {ta(`trouble.${trouble}`)}
          {code === undefined ? null : code === DIFFERS ? ta('differs') : reasonFor(code)}
        </Notice>
      )}
      <div class="actions">
        <Button type="submit" kind="primary" busy={busy === 'code'} testId="ask-show">
          {ta('show')}
        </Button>
        <Button
          busy={busy === 'online'}
          onPress={() => void submit(true)}
          describedBy="ask-online-hint"
          testId="ask-online"
        >
          {ta('show-online')}
        </Button>
      </div>
      <p class="hint" id="ask-online-hint">
        {ta('online.hint')}
      </p>
    </form>
  )
}

function purposeFor(matter: Matter, partCode: string | undefined): string {
  const part = matter.parts.find(({ code }) => code === partCode)
  return ta('purpose-first', { name: localised((part ?? matter).name) })
}

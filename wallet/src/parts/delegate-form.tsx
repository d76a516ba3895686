/** The form of a delegation; what is wrong is said at the field. */
import { Button, formatDay, localised, Notice, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { type CopyWindow, copyWindow, proposedDay } from '../copy-limits.ts'
import type { DelegationRecord } from '../delegates/delegation-record.ts'
import type { Lendable, LendableMatter } from '../delegates/lendable.ts'
import { makeOutDelegation } from '../delegates/make-out-delegation.ts'
import { codeOf, explain } from '../error-words.ts'
import { now } from '../wallet-state.ts'
import { wd } from '../words-delegates.ts'
import { ClaimChoices } from './claim-choices.tsx'

const MAX_NAME = 40

/** Properties of {@link DelegateForm}. */
export interface DelegateFormProps {
  /** `key:` and the thumbprint of the delegate's key. */
  readonly code: string
  readonly lendable: readonly Lendable[]
  readonly onMade: (record: DelegationRecord) => void
}

/** Asks for all of it; nothing is signed before the holder agrees. */
export function DelegateForm({ code, lendable, onMade }: DelegateFormProps): VNode {
  const [id, setId] = useState(lendable[0]?.licence.id ?? '')
  const lent = lendable.find(({ licence }) => licence.id === id) ?? lendable[0]
  if (lent === undefined) throw new TypeError('there is nothing to lend')
  return (
    <>
      <SelectField
        label={wd('delegate.licence')}
        name="licence"
        value={lent.licence.id}
        choices={lendable.map(({ licence: { id: value, summary } }) => ({
          value,
          text: `${localised(summary.typeName)} ${summary.number}`,
        }))}
        onChange={setId}
        testId="delegate-licence"
      />
      <LicenceForm key={lent.licence.id} code={code} lent={lent} onMade={onMade} />
    </>
  )
}

interface LicenceFormProps extends Pick<DelegateFormProps, 'code' | 'onMade'> {
  readonly lent: Lendable
}

function LicenceForm({ code, lent, onMade }: LicenceFormProps): VNode {
  const [first] = lent.matters
  const [matterCode, setMatter] = useState(first?.code ?? '')
  const matter = lent.matters.find((each) => each.code === matterCode) ?? first
  const window = windowOf(lent)
  const [name, setName] = useState('')
  const [endDay, setEndDay] = useState(() => proposedDay(window))
  const [kept, setKept] = useState<ReadonlySet<string> | undefined>(undefined)
  const chosen = kept ?? namesOf(matter)
  const [isTried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const isNamed = name.trim() !== ''
  const isInTime = endDay >= window.firstDay && endDay <= window.lastDay
  const agree = async (): Promise<void> => {
    setTried(true)
    if (!isNamed || !isInTime || matter === undefined) return
    setBusy(true)
    try {
      const { licence, content } = lent
      const about = { code: matter.code, name: matter.name }
      const whom = { delegate: code, name, matter: about, endDay }
      onMade(await makeOutDelegation({ licence, content, ...whom, disclose: chosen }))
    } catch (error) {
      setTrouble(explain(codeOf(error)))
      setBusy(false)
    }
  }
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void agree()
      }}
    >
      <SelectField
        label={wd('delegate.matter')}
        name="matter"
        value={matter?.code ?? ''}
        choices={lent.matters.map((each) => ({ value: each.code, text: localised(each.name) }))}
        onChange={(next) => {
          setMatter(next)
          setKept(undefined)
        }}
        testId="delegate-matter"
      />
      <TextField
        label={wd('delegate.name')}
        name="delegate-name"
        value={name}
        onInput={setName}
        hint={wd('delegate.name.hint')}
        error={isTried && !isNamed ? wd('delegate.name.missing') : undefined}
        maxLength={MAX_NAME}
        testId="delegate-name"
      />
      <TextField
        label={wd('delegate.end')}
        name="delegate-end"
        type="date"
        value={endDay}
        onInput={setEndDay}
        min={window.firstDay}
        max={window.lastDay}
        hint={wd('delegate.end.hint', { day: formatDay(window.lastDay) })}
        error={
          isTried && !isInTime
            ? wd('delegate.end.wrong', { day: formatDay(window.lastDay) })
            : undefined
        }
        testId="delegate-end"
      />
      {matter === undefined ? null : (
        <ClaimChoices
          choice={matter.choice}
          chosen={chosen}
          onChange={setKept}
          title={wd('delegate.claims')}
          hint={wd('delegate.claims.hint')}
        />
      )}
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wd('delegate.failed')} testId="delegate-trouble">
          {trouble}
        </Notice>
      )}
      <p class="hint">{wd('delegate.note')}</p>
      <div class="actions">
        <Button kind="primary" type="submit" busy={busy} testId="make-delegation">
          {wd('delegate.agree')}
        </Button>
      </div>
    </form>
  )
}

function namesOf(matter: LendableMatter | undefined): ReadonlySet<string> {
  return new Set(matter?.choice.selectable.map(({ name }) => name))
}

function windowOf({ licence: { summary } }: Lendable): CopyWindow {
  return copyWindow({
    now: now(),
    credentialExpiresAt: summary.expiresAt,
    licenceValidTo: summary.validTo,
  })
}

/** The form of a copy; what is wrong is said at the field and once at the top. */
import { Button, formatDay, localised, Notice, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import {
  type CopyProblem,
  type CopyRecipient,
  type CopyRequest,
  type CopyWindow,
  copyProblems,
  proposedDay,
} from '../copy-limits.ts'
import { codeOf, explain } from '../error-words.ts'
import type { HeldLicence } from '../held-licence.ts'
import type { LicenceContent } from '../licence-content.ts'
import { makeOutCopy } from '../make-out-copy.ts'
import { goTo, trust } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'
import { ClaimChoices } from './claim-choices.tsx'

const OTHER = 'other'

/** Properties of {@link CopyForm}. */
export interface CopyFormProps {
  readonly licence: HeldLicence
  readonly content: LicenceContent
  readonly window: CopyWindow
}

/** The form; on success it goes to the copy's sheet. */
export function CopyForm({ licence, content, window }: CopyFormProps): VNode {
  const [purpose, setPurpose] = useState('')
  const [office, setOffice] = useState('')
  const [name, setName] = useState('')
  const [endDay, setEndDay] = useState(() => proposedDay(window))
  const [chosen, setChosen] = useState(content.defaults)
  const [problems, setProblems] = useState<readonly CopyProblem[]>([])
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  const make = async (): Promise<void> => {
    const request: CopyRequest = { purpose, recipient: recipientOf(office, name), endDay }
    const found = copyProblems(request, window)
    setProblems(found)
    setTrouble(undefined)
    if (found.length > 0) {
      return
    }
    setBusy(true)
    try {
      const copy = await makeOutCopy({ licence, content, request, disclose: [...chosen] })
      goTo({ screen: 'sheet', id: licence.id, copyId: copy.id })
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }

  const errorOf = (field: CopyProblem['field']): string | undefined => {
    const problem = problems.find((one) => one.field === field)
    return problem && wl(`copy.problem.${problem.why}`, { day: formatDay(window.lastDay) })
  }
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      {problems.length === 0 && trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wl('copy.problems')} testId="copy-trouble">
          {trouble ?? problems.map(({ field }) => wl(`copy.${field}`)).join(' · ')}
        </Notice>
      )}
      <TextField
        label={wl('copy.purpose')}
        name="purpose"
        value={purpose}
        onInput={setPurpose}
        hint={wl('copy.purpose.hint')}
        error={errorOf('purpose')}
        maxLength={80}
        testId="copy-purpose"
      />
      <SelectField
        label={wl('copy.recipient')}
        name="recipient"
        value={office}
        choices={[
          { value: '', text: wl('copy.recipient.choose') },
          ...(trust.value?.offices ?? []).map(({ id, name: title }) => ({
            value: id,
            text: localised(title),
          })),
          { value: OTHER, text: wl('copy.recipient.other') },
        ]}
        onChange={setOffice}
        error={office === OTHER ? undefined : errorOf('recipient')}
        testId="copy-recipient"
      />
      {office === OTHER ? (
        <TextField
          label={wl('copy.recipient.name')}
          name="recipient-name"
          value={name}
          onInput={setName}
          error={errorOf('recipient')}
          maxLength={50}
          testId="copy-recipient-name"
        />
      ) : null}
      <TextField
        label={wl('copy.end')}
        name="end"
        type="date"
        value={endDay}
        onInput={setEndDay}
        min={window.firstDay}
        max={window.lastDay}
        hint={wl('copy.end.hint', { day: formatDay(window.lastDay) })}
        error={errorOf('end')}
        testId="copy-end"
      />
      <ClaimChoices
        choice={content.choice}
        chosen={chosen}
        onChange={setChosen}
        title={wl('copy.include')}
        hint={wl('copy.include.hint')}
      />
      <div class="actions">
        <Button kind="primary" type="submit" busy={busy} testId="make-copy">
          {wl('copy.make')}
        </Button>
      </div>
    </form>
  )
}

function recipientOf(office: string, name: string): CopyRecipient {
  if (office === OTHER || office === '') {
    return { kind: 'name', name: office === OTHER ? name : '' }
  }
  const found = trust.value?.office(office)
  return { kind: 'office', id: office, name: found === undefined ? office : localised(found.name) }
}

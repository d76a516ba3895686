/** What is still open of a case is filled in at the window: the one form, and each material in one of its ways. */

import { Button, Data, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { CHANGED } from '../case-data.ts'
import type { CaseField } from '../case-file.ts'
import { type FormDraft, useFormDraft } from '../form-draft.ts'
import { isMadeFromForm } from '../material-words.ts'
import { act } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { ti } from '../words-intake.ts'
import { AskLicences } from './ask-licences.tsx'
import type { CaseProps } from './case.tsx'
import { Evidence, MaterialState } from './case-materials.tsx'
import { MaterialWays } from './material-ways.tsx'

/** The form, which is filled in from what is shown; what a part was decided by stays. */
export function IntakeForm({ file, onDone }: CaseProps): VNode {
  const draft = useFormDraft(`case-form-${file.id}`, file.form)
  const saving = useAct(() => void onDone())
  const fixed = file.fields.filter(({ fixedBy }) => fixedBy.length > 0).map(({ name }) => name)
  const values = Object.fromEntries(
    Object.entries(draft.changed).filter(([name]) => !fixed.includes(name)),
  )
  return (
    <section class="panel stack" data-testid="intake-form">
      <h2>{ti('form')}</h2>
      <p class="hint">{ti('form.text')}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const body = { version: file.version, values }
          saving.run(
            () => act(`/api/cases/${file.id}/form`, { answer: CHANGED, body }),
            async () => {
              // The next step is taken under the version that this one led to.
              await onDone()
              draft.forget()
            },
          )
        }}
      >
        <div class="filters filters-wide">
          {file.fields.map((field) => (
            <Field key={field.name} field={field} file={file} draft={draft} />
          ))}
        </div>
        <Refusal of={saving} />
        <div class="actions">
          <Button
            type="submit"
            kind="primary"
            busy={saving.isBusy}
            disabled={Object.keys(values).length === 0}
            testId="form-save"
          >
            {ti('form.save')}
          </Button>
        </div>
      </form>
    </section>
  )
}

interface FieldProps extends Pick<CaseProps, 'file'> {
  readonly field: CaseField
  readonly draft: FormDraft
}

function Field({ field, file, draft }: FieldProps): VNode {
  const { name, label, kind, required, maxCharacters, options, fixedBy } = field
  const decided = file.parts.filter(({ code }) => fixedBy.includes(code))
  const isFixed = decided.length > 0
  const common = {
    label: localised(label),
    name,
    required,
    value: isFixed ? (file.form[name] ?? '') : draft.valueOf(name),
    testId: `field-${name}`,
    ...(isFixed
      ? {
          fixed: true,
          hint: ti('form.fixed', {
            parts: decided.map((part) => localised(part.name)).join(ti('form.join')),
          }),
        }
      : {}),
  }
  const set = (value: string): void => draft.set(name, value)
  if (options !== undefined) {
    const choices = options.map(({ code, text }) => ({ value: code, text: localised(text) }))
    return (
      <SelectField
        {...common}
        choices={[{ value: '', text: ti('choose') }, ...choices]}
        onChange={set}
      />
    )
  }
  return (
    <TextField
      {...common}
      maxLength={maxCharacters}
      type={kind === 'day' ? 'date' : 'text'}
      onInput={set}
    />
  )
}

/** The materials, each with the ways that the guide has for it. */
export function IntakeMaterials(props: CaseProps): VNode {
  const { file } = props
  const due = file.materials.filter((material) => !isMadeFromForm(material))
  const open = due.filter(({ way }) => way === null).length
  return (
    <section class="panel stack" data-testid="intake-materials">
      <div class="page-head">
        <h2>{ti('materials')}</h2>
        <span class="hint">{ti('materials.open', { count: open })}</span>
      </div>
      <AskLicences {...props} />
      <ul class="materials">
        {due.map((material) => (
          <li key={material.code} class="material" data-testid={`material-${material.code}`}>
            <p>
              <strong>
                <Data>{localised(material.name)}</Data>
              </strong>{' '}
              <MaterialState material={material} />
            </p>
            <Evidence caseId={file.id} material={material} />
            <MaterialWays {...props} material={material} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What is still open of a case is filled in at the window: the one form, and each material in one of its ways. */

import { Button, Data, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { CHANGED } from '../case-data.ts'
import { type FormDraft, useFormDraft } from '../form-draft.ts'
import { type GuideField, READ_GUIDE } from '../guide-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { act } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { ti } from '../words-intake.ts'
import { AskLicences } from './ask-licences.tsx'
import type { CaseProps } from './case.tsx'
import { Evidence, MaterialState } from './case-materials.tsx'
import { MaterialWays } from './material-ways.tsx'

/** The form, which is filled in from what is shown. */
export function IntakeForm({ file, onDone }: CaseProps): VNode {
  const guide = useLoaded(`/guides/${file.matter}`, READ_GUIDE)
  const draft = useFormDraft(`case-form-${file.id}`, file.form)
  const saving = useAct()
  return (
    <section class="panel stack" data-testid="intake-form">
      <h2>{ti('form')}</h2>
      <p class="hint">{ti('form.text')}</p>
      <Part of={guide}>
        {({ form }) => (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault()
              const body = { version: file.version, values: draft.changed }
              saving.run(
                () => act(`/api/cases/${file.id}/form`, { answer: CHANGED, body }),
                () => {
                  draft.forget()
                  onDone()
                },
              )
            }}
          >
            <div class="filters">
              {form.map((field) => (
                <Field key={field.name} field={field} draft={draft} />
              ))}
            </div>
            <Refusal of={saving} />
            <div class="actions">
              <Button
                type="submit"
                kind="primary"
                busy={saving.isBusy}
                disabled={Object.keys(draft.changed).length === 0}
                testId="form-save"
              >
                {ti('form.save')}
              </Button>
            </div>
          </form>
        )}
      </Part>
    </section>
  )
}

function Field({ field, draft }: { readonly field: GuideField; readonly draft: FormDraft }): VNode {
  const { name, label, kind, required, maxCharacters, options } = field
  const common = {
    label: localised(label),
    name,
    required,
    value: draft.valueOf(name),
    testId: `field-${name}`,
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
  const due = file.materials.filter(({ sources }) => sources[0] !== 'generated')
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

/** The one form of a case. */
import { Button, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { lockRecord } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'
import type { Texts } from './case-api.ts'
import type { Field, Part } from './case-data.ts'

/** Properties of {@link CaseForm}. */
export interface CaseFormProps {
  readonly fields: readonly Field[]
  readonly parts: readonly Part[]
  readonly values: Texts
  /** Whether there is something to save. */
  readonly isTyped: boolean
  /** How often it was to be handed in with something missing: what is empty is marked, and the first of it has the focus. */
  readonly attempts: number
  readonly busy: boolean
  readonly onInput: (name: string, value: string) => void
  readonly onSave: () => void
}

/** The form; a field that is left empty is marked once its owner was there, or wanted to hand it in. */
export function CaseForm(props: CaseFormProps): VNode {
  const { fields, parts, values, isTyped, attempts, busy, onInput, onSave } = props
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (attempts === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [attempts])
  const isLocked = lockRecord.value !== undefined
  return (
    <section class="no-print">
      <h2>{wc('form.title')}</h2>
      <p class="hint">{wc(isLocked ? 'form.hint-locked' : 'form.hint')}</p>
      <form
        ref={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onSave()
        }}
      >
        {fields.map((field) => (
          <div
            key={field.name}
            onFocusOut={() => setLeft((before) => new Set([...before, field.name]))}
          >
            <FormField
              field={field}
              value={values[field.name] ?? ''}
              decided={parts.filter(({ code }) => field.fixedBy.includes(code))}
              isLeft={attempts > 0 || left.has(field.name)}
              onInput={(value) => onInput(field.name, value)}
            />
          </div>
        ))}
        <div class="actions">
          <Button type="submit" busy={busy} disabled={!isTyped} testId="save-form">
            {wc('form.save')}
          </Button>
        </div>
      </form>
    </section>
  )
}

interface FormFieldProps {
  readonly field: Field
  readonly value: string
  /** Parts that were decided by it. */
  readonly decided: readonly Part[]
  readonly isLeft: boolean
  readonly onInput: (value: string) => void
}

function FormField({ field, value, decided, isLeft, onInput }: FormFieldProps): VNode {
  const { name, label, kind, required, maxCharacters, options } = field
  const isMissing = isLeft && required && value.trim() === ''
  const shared = {
    label: localised(label),
    name,
    required,
    testId: `field-${name}`,
    error: isMissing ? wc('form.empty') : undefined,
    ...(decided.length === 0
      ? {}
      : {
          fixed: true,
          hint: wc('form.fixed', {
            parts: decided.map((part) => localised(part.name)).join(wc('form.join')),
          }),
        }),
  }
  if (kind === 'choice') {
    const choices = options.map(({ code, text }) => ({ value: code, text: localised(text) }))
    return (
      <SelectField
        {...shared}
        value={value}
        choices={value === '' ? [{ value: '', text: wc('apply.choose') }, ...choices] : choices}
        onChange={onInput}
      />
    )
  }
  return (
    <TextField
      {...shared}
      value={value}
      maxLength={maxCharacters}
      type={kind === 'day' ? 'date' : 'text'}
      inputMode={kind === 'number' || kind === 'phone' ? 'numeric' : 'text'}
      onInput={onInput}
    />
  )
}

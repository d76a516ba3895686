/** Labelled form fields with hint and error (WCAG 2.2 §3.3.1, §3.3.2). */

import type { ComponentChildren, TargetedInputEvent, VNode } from 'preact'
import { useId } from 'preact/hooks'
import { t } from './messages.ts'

/** Properties every field has. */
export interface FieldProps {
  readonly label: string
  readonly name: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly required?: boolean
  /** It cannot be changed; the hint says why. */
  readonly fixed?: boolean
  readonly testId?: string
}

/** Properties of {@link TextField}. */
export interface TextFieldProps extends FieldProps {
  readonly value?: string
  readonly onInput?: (value: string) => void
  readonly type?: 'text' | 'date'
  readonly inputMode?: 'text' | 'numeric' | 'none'
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly min?: string
  readonly max?: string
}

/** A one-line field. */
export function TextField(props: TextFieldProps): VNode {
  const id = useId()
  const attributes = {
    id,
    class: 'control',
    name: props.name,
    value: props.value,
    required: props.required,
    readOnly: props.fixed,
    inputMode: props.inputMode,
    autoComplete: props.autoComplete ?? 'off',
    maxLength: props.maxLength,
    min: props.min,
    max: props.max,
    spellcheck: false,
    'aria-invalid': props.error === undefined ? undefined : true,
    'aria-describedby': describedBy(id, props),
    'data-testid': props.testId,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) =>
      props.onInput?.(event.currentTarget.value),
  }
  return (
    <FieldFrame id={id} {...props}>
      {props.type === 'date' ? (
        <input type="date" {...attributes} />
      ) : (
        <input type="text" {...attributes} />
      )}
    </FieldFrame>
  )
}

/** One choice of a {@link SelectField}. */
export interface Choice {
  readonly value: string
  readonly text: string
  /** Its language where that is not the page's. */
  readonly lang?: string
}

/** Properties of {@link SelectField}. */
export interface SelectFieldProps extends FieldProps {
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
}

/** A native choice list. */
export function SelectField(props: SelectFieldProps): VNode {
  const id = useId()
  return (
    <FieldFrame id={id} {...props}>
      <select
        id={id}
        class="control"
        name={props.name}
        value={props.value}
        disabled={props.fixed}
        aria-invalid={props.error === undefined ? undefined : true}
        aria-describedby={describedBy(id, props)}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.choices.map((choice) => (
          <option
            key={choice.value}
            value={choice.value}
            lang={choice.lang}
            selected={choice.value === props.value}
          >
            {choice.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

/** Properties of {@link CheckField}. */
export interface CheckFieldProps {
  readonly label: ComponentChildren
  readonly name: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly hint?: ComponentChildren
  /** Shown checked and not changeable: what is always part of the credential. */
  readonly fixed?: boolean
  readonly testId?: string
}

/** A check box whose whole row is the target. */
export function CheckField(props: CheckFieldProps): VNode {
  return (
    <label class={props.fixed ? 'check check-fixed' : 'check'}>
      <input
        type="checkbox"
        name={props.name}
        checked={props.checked}
        disabled={props.fixed}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="check-text">
        <span class="check-label">{props.label}</span>
        {props.hint === undefined ? null : <span class="hint">{props.hint}</span>}
      </span>
    </label>
  )
}

interface FieldFrameProps extends FieldProps {
  readonly id: string
  readonly children: ComponentChildren
}

function FieldFrame(props: FieldFrameProps): VNode {
  return (
    <div class="field">
      <label class="field-label" for={props.id}>
        {props.label}
        {props.required ? <span class="hint"> · {t('field.required')}</span> : null}
      </label>
      {props.children}
      {props.hint === undefined ? null : (
        <p class="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error === undefined ? null : (
        <p class="field-error" id={`${props.id}-error`}>
          {props.error}
        </p>
      )}
    </div>
  )
}

function describedBy(id: string, props: FieldProps): string | undefined {
  const ids = [
    ...(props.hint === undefined ? [] : [`${id}-hint`]),
    ...(props.error === undefined ? [] : [`${id}-error`]),
  ]
  return ids.length === 0 ? undefined : ids.join(' ')
}

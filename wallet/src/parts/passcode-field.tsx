/** A field for a passcode; it can be made readable, pasted into and filled by a password manager. */
import { CheckField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { wk } from '../words-lock.ts'

/** Properties of {@link PasscodeField}. */
export interface PasscodeFieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly kind: 'current' | 'new'
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Phones show their number pad. */
  readonly digits?: boolean
  /** Takes the focus when it appears. */
  readonly focused?: boolean
  readonly disabled?: boolean
  /** Offers to make what is typed readable. */
  readonly revealable?: boolean
  readonly testId: string
}

/** The field. */
export function PasscodeField(props: PasscodeFieldProps): VNode {
  const { hint, error } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [readable, setReadable] = useState(false)
  useEffect(() => {
    if (props.focused) {
      input.current?.focus()
    }
  }, [])
  // On the element itself: replacing it would lose the focus and what is selected.
  useEffect(() => {
    if (input.current !== null) {
      input.current.type = readable ? 'text' : 'password'
    }
  }, [readable])
  const described = [
    hint === undefined ? '' : `${id}-hint`,
    error === undefined ? '' : `${id}-error`,
  ]
    .filter((one) => one !== '')
    .join(' ')
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <input
        ref={input}
        id={id}
        class="control"
        type="password"
        name={`${props.kind}-passcode`}
        autoComplete={props.kind === 'new' ? 'new-password' : 'current-password'}
        autoCapitalize="off"
        spellcheck={false}
        inputMode={props.digits ? 'numeric' : 'text'}
        value={props.value}
        disabled={props.disabled}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={described === '' ? undefined : described}
        data-testid={props.testId}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {props.revealable ? (
        <CheckField
          label={wk('passcode.show')}
          name="readable"
          checked={readable}
          onChange={setReadable}
        />
      ) : null}
    </div>
  )
}

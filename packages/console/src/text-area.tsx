/** A field of several lines, with its label and hint. */

import type { VNode } from 'preact'
import { useId } from 'preact/hooks'

/** Properties of {@link TextArea}. */
export interface TextAreaProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly maxLength: number
  readonly onInput: (value: string) => void
  readonly testId: string
}

/** The field. */
export function TextArea(props: TextAreaProps): VNode {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        class="control text-area"
        value={props.value}
        maxLength={props.maxLength}
        rows={3}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        data-testid={props.testId}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

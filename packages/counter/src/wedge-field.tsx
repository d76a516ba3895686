/** The field under the camera: takes a hand scanner's keys, pasted text and typed codes. */

import { Button, Notice, normaliseWedge, t, trimLineEnds } from '@onetrip/ui'
import type { TargetedSubmitEvent, VNode } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { tc } from './messages.ts'

/** Properties of {@link WedgeField}. */
export interface WedgeFieldProps {
  readonly onCode: (text: string) => void
  /** An input method swallowed a scan. */
  readonly inputMethod: boolean
}

/** The scan field. */
export function WedgeField({ onCode, inputMethod }: WedgeFieldProps): VNode {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const text = normaliseWedge(trimLineEnds(field.current?.value ?? ''))
    if (field.current !== null) field.current.value = ''
    if (text !== '') onCode(text)
  }
  return (
    <form class="wedge" onSubmit={submit}>
      <label class="field-label" for={id}>
        {tc('ready.wedge')}
      </label>
      <div class="wedge-line">
        <input
          ref={field}
          id={id}
          class="control"
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          aria-describedby={`${id}-hint`}
          data-wedge=""
          data-testid="wedge-input"
        />
        <Button type="submit" testId="wedge-check">
          {tc('ready.check')}
        </Button>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {tc('ready.wedge-hint')}
      </p>
      {inputMethod ? (
        <Notice tone="caution" live="alert" testId="input-method">
          {t('wedge.input-method')}
        </Notice>
      ) : null}
    </form>
  )
}

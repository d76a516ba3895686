/** A button that asks before it acts, for what cannot be taken back. */

import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Button, type ButtonKind } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { t } from './messages.ts'

/** Properties of {@link ConfirmButton}. */
export interface ConfirmButtonProps {
  readonly children: ComponentChildren
  /** `danger` unless said. */
  readonly kind?: ButtonKind
  /** The question and what comes of a yes. */
  readonly title: string
  readonly text: string
  /** Words of the button that says yes. */
  readonly confirm: string
  readonly onConfirm: () => void
  /** Of the button; the yes is `${testId}-yes`. */
  readonly testId: string
}

/** The button and its question. */
export function ConfirmButton(props: ConfirmButtonProps): VNode {
  const { kind = 'danger', testId } = props
  const [asking, setAsking] = useState(false)
  const close = (): void => setAsking(false)
  return (
    <>
      <Button kind={kind} onPress={() => setAsking(true)} testId={testId}>
        {props.children}
      </Button>
      <Dialog
        open={asking}
        title={props.title}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t('dialog.cancel')}</Button>
            <Button
              kind="danger"
              onPress={() => {
                close()
                props.onConfirm()
              }}
              testId={`${testId}-yes`}
            >
              {props.confirm}
            </Button>
          </>
        }
      >
        <p>{props.text}</p>
      </Dialog>
    </>
  )
}

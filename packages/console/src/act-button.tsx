/** A button that asks before it acts, with the refusal in the same dialog: nothing is lost to a conflict. */

import { Button, type ButtonKind, Dialog, t } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Answer } from './request.ts'
import { Refusal, useAct } from './use-act.tsx'

/** Properties of {@link ActButton}. */
export interface ActButtonProps {
  readonly children: ComponentChildren
  /** Of the button that opens the question; `secondary` unless said. */
  readonly kind?: ButtonKind
  /** Accessible name where the words alone do not say of what. */
  readonly label?: string
  readonly title: ComponentChildren
  /** What comes of a yes, or the fields it takes. */
  readonly body: ComponentChildren
  /** Words of the yes. */
  readonly go: string
  readonly goKind?: 'primary' | 'danger'
  /** Whether what is needed was filled in. */
  readonly isReady?: boolean
  readonly act: () => Promise<Answer<unknown>>
  readonly onDone: () => void
  /** Reads again what the page shows: once the question is closed after a refusal, which often says that it changed. */
  readonly reload?: () => void
  readonly testId: string
}

/** The button and its dialog. */
export function ActButton(props: ActButtonProps): VNode {
  const { kind = 'secondary', goKind = 'primary', isReady = true, label, testId } = props
  const [isOpen, setOpen] = useState(false)
  const act = useAct()
  const close = (): void => {
    setOpen(false)
    if (act.refused === undefined) return
    act.clear()
    props.reload?.()
  }
  const go = (): void =>
    act.run(props.act, () => {
      setOpen(false)
      props.onDone()
    })
  return (
    <>
      <Button
        kind={kind}
        onPress={() => setOpen(true)}
        testId={testId}
        {...(label === undefined ? {} : { label })}
      >
        {props.children}
      </Button>
      <Dialog
        open={isOpen}
        title={props.title}
        onClose={close}
        testId={`${testId}-dialog`}
        actions={
          <>
            <Button onPress={close}>{t('dialog.cancel')}</Button>
            <Button
              kind={goKind}
              busy={act.isBusy}
              disabled={!isReady}
              onPress={go}
              testId={`${testId}-go`}
            >
              {props.go}
            </Button>
          </>
        }
      >
        <div class="stack">
          {isOpen ? props.body : null}
          <Refusal of={act} />
        </div>
      </Dialog>
    </>
  )
}

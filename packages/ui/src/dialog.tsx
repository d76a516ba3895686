/** The native dialog: focus trap, Escape and inertness come from the browser. */

import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { t } from './messages.ts'

/** Properties of {@link Dialog}. */
export interface DialogProps {
  readonly open: boolean
  /** Names in it stand in {@link Data}. */
  readonly title: ComponentChildren
  readonly onClose: () => void
  readonly children: ComponentChildren
  /** Buttons at the foot, the primary one last; a close button stands there when left out. */
  readonly actions?: ComponentChildren
  readonly testId?: string
}

/** A modal dialog. */
export function Dialog(props: DialogProps): VNode {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  /** The event of a close comes later than the close: by then the dialog may be wanted again. */
  const isOwnClose = useRef(false)
  useEffect(() => {
    const dialog = element.current
    if (dialog === null || dialog.open === props.open) return
    if (!props.open) {
      isOwnClose.current = true
      dialog.close()
      return
    }
    const opener = document.activeElement
    dialog.showModal()
    return () => giveBack(opener)
  }, [props.open])
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      data-testid={props.testId}
      onCancel={(event) => {
        // A file field's own cancel comes by here too.
        if (event.target !== event.currentTarget) return
        // Closed by its state: the browser would give the focus back before its owner hears, and lose what is pressed between.
        event.preventDefault()
        props.onClose()
      }}
      onClose={() => {
        if (isOwnClose.current) isOwnClose.current = false
        else if (props.open) props.onClose()
      }}
    >
      <h2 id={titleId}>{props.title}</h2>
      <div class="dialog-body">{props.children}</div>
      <div class="actions">
        {props.actions ?? <Button onPress={props.onClose}>{t('dialog.close')}</Button>}
      </div>
    </dialog>
  )
}

/** A dialog that leaves the page while it is open takes the focus with it (WCAG 2.2 §2.4.3). */
function giveBack(opener: Element | null): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return
    const back = opener?.isConnected ? opener : document.getElementById('main')
    if (back instanceof HTMLElement) back.focus({ preventScroll: true })
  })
}

/** Buttons: one primary action per screen; targets 44 px, 60 px in large type. */

import type { ComponentChildren, VNode } from 'preact'

/** How a button weighs: one `primary` per screen, `danger` for what cannot be taken back. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

/** Properties of {@link Button}. */
export interface ButtonProps {
  readonly children: ComponentChildren
  readonly onPress?: () => void
  /** `secondary` unless said. */
  readonly kind?: ButtonKind
  /** `submit` inside a form; `button` unless said. */
  readonly type?: 'button' | 'submit'
  readonly disabled?: boolean
  /** Shows that the work is going on; the button takes no press meanwhile. */
  readonly busy?: boolean
  /** Accessible name when the visible text is not enough; it must contain the visible text. */
  readonly label?: string
  /** `id` of the words that say more about what it does. */
  readonly describedBy?: string | undefined
  /** A toggle's state. */
  readonly pressed?: boolean
  /** Takes the whole width of its column. */
  readonly wide?: boolean
  readonly testId?: string
}

/** A button. */
export function Button(props: ButtonProps): VNode {
  const { kind = 'secondary', type = 'button', busy = false, disabled = false } = props
  return (
    <button
      type={type}
      class={`button button-${kind}${props.wide ? ' button-wide' : ''}`}
      onClick={() => {
        if (!busy) props.onPress?.()
      }}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-pressed={props.pressed}
      data-testid={props.testId}
    >
      {props.children}
    </button>
  )
}

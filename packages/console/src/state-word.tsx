/** A state as a word with a dot; the colour says nothing that the word does not. */

import type { ComponentChildren, VNode } from 'preact'

/** How a state weighs. */
export type StateTone = 'good' | 'waiting' | 'bad' | 'over'

/** Shows a state. */
export function StateWord(props: {
  readonly tone: StateTone
  readonly children: ComponentChildren
}): VNode {
  return (
    <span class={`state state-${props.tone}`}>
      <span class="state-dot" aria-hidden="true" />
      {props.children}
    </span>
  )
}

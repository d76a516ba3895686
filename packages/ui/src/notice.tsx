/** A note with a sign, a sentence and at most one next step. Never colour alone. */

import type { ComponentChildren, VNode } from 'preact'
import { type Sign, SignIcon } from './sign-icon.tsx'

/** What a notice is about. */
export type NoticeTone = 'plain' | 'good' | 'caution' | 'bad' | 'unknown'

/** Properties of {@link Notice}. */
export interface NoticeProps {
  readonly tone?: NoticeTone
  readonly title?: ComponentChildren
  readonly children?: ComponentChildren
  /** The one next step. */
  readonly action?: ComponentChildren
  /** Read out when it appears: `status` politely, `alert` at once. */
  readonly live?: 'status' | 'alert'
  readonly testId?: string
}

const SIGNS: Readonly<Record<NoticeTone, Sign>> = {
  plain: 'info',
  good: 'tick',
  caution: 'exclamation',
  bad: 'cross',
  unknown: 'question',
}

/** A notice in the flow of a page. */
export function Notice(props: NoticeProps): VNode {
  const tone = props.tone ?? 'plain'
  return (
    <div class={`notice notice-${tone}`} role={props.live} data-testid={props.testId}>
      <SignIcon sign={SIGNS[tone]} />
      <div class="notice-text">
        {props.title === undefined ? null : <p class="notice-title">{props.title}</p>}
        {props.children === undefined ? null : <div>{props.children}</div>}
        {props.action === undefined ? null : <div class="actions">{props.action}</div>}
      </div>
    </div>
  )
}

/** Properties of {@link EmptyScreen}. */
export interface EmptyScreenProps {
  readonly title: string
  readonly children?: ComponentChildren
  /** The one next step. */
  readonly action?: ComponentChildren
  readonly sign?: Sign
  readonly testId?: string
}

/** A whole screen that says what is missing and the one thing to do next. */
export function EmptyScreen(props: EmptyScreenProps): VNode {
  return (
    <div class="empty" data-testid={props.testId}>
      <SignIcon sign={props.sign ?? 'info'} />
      <h1>{props.title}</h1>
      {props.children === undefined ? null : <div class="empty-text">{props.children}</div>}
      {props.action === undefined ? null : <div class="actions">{props.action}</div>}
    </div>
  )
}

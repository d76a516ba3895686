/** Says how many records of the history cannot be opened. */
import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wr } from '../words-recover.ts'
import { EraseUnreadable } from './erase-unreadable.tsx'

/** Properties of {@link UnreadableNotice}. */
export interface UnreadableNoticeProps {
  readonly count: number
  readonly onErase: () => Promise<void>
}

/** The notice. */
export function UnreadableNotice({ count, onErase }: UnreadableNoticeProps): VNode {
  return (
    <Notice
      tone="caution"
      title={wr('entries.title', { count })}
      testId="history-unreadable"
      action={<EraseUnreadable onErase={onErase} />}
    >
      {wr('entries.text')}
    </Notice>
  )
}

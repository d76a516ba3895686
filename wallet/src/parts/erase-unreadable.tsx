/** Deleting records that cannot be opened: only by choice, behind a question. */
import { ConfirmButton } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wr } from '../words-recover.ts'

/** Properties of {@link EraseUnreadable}. */
export interface EraseUnreadableProps {
  readonly onErase: () => Promise<void>
}

/** The button and its question. */
export function EraseUnreadable({ onErase }: EraseUnreadableProps): VNode {
  return (
    <ConfirmButton
      title={wr('drop.title')}
      text={wr('drop.text')}
      confirm={wr('drop.confirm')}
      onConfirm={() => void onErase()}
      testId="drop-unreadable"
    >
      {wr('drop.button')}
    </ConfirmButton>
  )
}

/** Erasing the whole history, behind a question. */
import { ConfirmButton } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wh } from '../words-history.ts'

/** Properties of {@link EraseHistory}. */
export interface EraseHistoryProps {
  readonly onErase: () => void
}

/** The button and its question. */
export function EraseHistory({ onErase }: EraseHistoryProps): VNode {
  return (
    <div class="actions">
      <ConfirmButton
        title={wh('history.eraseAll.title')}
        text={wh('history.eraseAll.text')}
        confirm={wh('history.eraseAll.confirm')}
        onConfirm={onErase}
        testId="history-erase-all"
      >
        {wh('history.eraseAll')}
      </ConfirmButton>
    </div>
  )
}

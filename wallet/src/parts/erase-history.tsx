/** Erasing the whole history, behind a question. */
import { ConfirmButton } from '@onetrip/ui'
import type { VNode } from 'preact'
import { walletStore } from '../wallet-state.ts'
import { wh } from '../words-history.ts'

/** Properties of {@link EraseHistory}. */
export interface EraseHistoryProps {
  readonly onErased: () => void
}

/** The button and its question. */
export function EraseHistory({ onErased }: EraseHistoryProps): VNode {
  const erase = async (): Promise<void> => {
    await walletStore().clearHistory()
    onErased()
  }
  return (
    <div class="actions">
      <ConfirmButton
        title={wh('history.eraseAll.title')}
        text={wh('history.eraseAll.text')}
        confirm={wh('history.eraseAll.confirm')}
        onConfirm={() => void erase()}
        testId="history-erase-all"
      >
        {wh('history.eraseAll')}
      </ConfirmButton>
    </div>
  )
}

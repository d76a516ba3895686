/** Erasing the whole history, behind a question. */
import { Button, Dialog } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { walletStore } from '../wallet-state.ts'
import { wh } from '../words-history.ts'

/** Properties of {@link EraseHistory}. */
export interface EraseHistoryProps {
  readonly onErased: () => void
}

/** The button and its question. */
export function EraseHistory({ onErased }: EraseHistoryProps): VNode {
  const [asking, setAsking] = useState(false)
  const erase = async (): Promise<void> => {
    setAsking(false)
    await walletStore().clearHistory()
    onErased()
  }
  return (
    <div class="actions">
      <Button kind="danger" onPress={() => setAsking(true)} testId="history-erase-all">
        {wh('history.eraseAll')}
      </Button>
      <Dialog
        open={asking}
        title={wh('history.eraseAll.title')}
        onClose={() => setAsking(false)}
        testId="history-erase-dialog"
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{wh('history.cancel')}</Button>
            <Button kind="danger" onPress={() => void erase()} testId="history-erase-yes">
              {wh('history.eraseAll.confirm')}
            </Button>
          </>
        }
      >
        <p>{wh('history.eraseAll.text')}</p>
      </Dialog>
    </div>
  )
}

/** Deleting records that cannot be opened: only by choice, behind a question. */
import { Button, Dialog } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { wr } from '../words-recover.ts'

/** Properties of {@link EraseUnreadable}. */
export interface EraseUnreadableProps {
  readonly onErase: () => Promise<void>
}

/** The button and its question. */
export function EraseUnreadable({ onErase }: EraseUnreadableProps): VNode {
  const [asking, setAsking] = useState(false)
  const erase = async (): Promise<void> => {
    setAsking(false)
    await onErase()
  }
  return (
    <>
      <Button kind="danger" onPress={() => setAsking(true)} testId="drop-unreadable">
        {wr('drop.button')}
      </Button>
      <Dialog
        open={asking}
        title={wr('drop.title')}
        onClose={() => setAsking(false)}
        testId="drop-dialog"
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{wr('erase.cancel')}</Button>
            <Button kind="danger" onPress={() => void erase()} testId="drop-yes">
              {wr('drop.confirm')}
            </Button>
          </>
        }
      >
        <p>{wr('drop.text')}</p>
      </Dialog>
    </>
  )
}

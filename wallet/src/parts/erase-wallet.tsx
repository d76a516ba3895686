/** Erasing everything that the wallet keeps on this device, behind a question. */
import { Button, Dialog, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import { eraseByChoice } from '../start-over.ts'
import { goTo } from '../wallet-state.ts'
import { wr } from '../words-recover.ts'

/** The button and its question. */
export function EraseWallet(): VNode {
  const [asking, setAsking] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const erase = async (): Promise<void> => {
    setAsking(false)
    try {
      await eraseByChoice()
      goTo({ screen: 'home' })
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
  }
  return (
    <div class="actions">
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert">
          {trouble} {wr('erase.failed')}
        </Notice>
      )}
      <Button kind="danger" onPress={() => setAsking(true)} testId="erase-wallet">
        {wr('erase.button')}
      </Button>
      <Dialog
        open={asking}
        title={wr('erase.title')}
        onClose={() => setAsking(false)}
        testId="erase-dialog"
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{wr('erase.cancel')}</Button>
            <Button kind="danger" onPress={() => void erase()} testId="erase-yes">
              {wr('erase.confirm')}
            </Button>
          </>
        }
      >
        <p>{wr('erase.text')}</p>
      </Dialog>
    </div>
  )
}

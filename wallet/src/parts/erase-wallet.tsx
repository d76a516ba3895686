/** Erasing everything that the wallet keeps on this device, behind a question. */
import { ConfirmButton, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import { eraseByChoice } from '../start-over.ts'
import { goTo } from '../wallet-state.ts'
import { wr } from '../words-recover.ts'

/** The button and its question. */
export function EraseWallet(): VNode {
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const erase = async (): Promise<void> => {
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
      <ConfirmButton
        title={wr('erase.title')}
        text={wr('erase.text')}
        confirm={wr('erase.confirm')}
        onConfirm={() => void erase()}
        testId="erase-wallet"
      >
        {wr('erase.button')}
      </ConfirmButton>
    </div>
  )
}

/** The way back for who forgot the passcode: empty the wallet, receive again. */
import { Button, Dialog } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { eraseWallet } from '../lock-acts.ts'
import { goTo } from '../wallet-state.ts'
import { wk } from '../words-lock.ts'

/** The button and its question. */
export function ForgottenPasscode(): VNode {
  const [asking, setAsking] = useState(false)
  const erase = async (): Promise<void> => {
    setAsking(false)
    await eraseWallet()
    goTo({ screen: 'home' })
  }
  return (
    <>
      <Button kind="quiet" onPress={() => setAsking(true)} testId="lock-forgotten">
        {wk('lock.forgotten')}
      </Button>
      <Dialog
        open={asking}
        title={wk('lock.forgotten')}
        onClose={() => setAsking(false)}
        testId="forgotten-dialog"
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{wk('lock.cancel')}</Button>
            <Button kind="danger" onPress={() => void erase()} testId="forgotten-erase">
              {wk('lock.forgotten.erase')}
            </Button>
          </>
        }
      >
        <p>{wk('lock.forgotten.text')}</p>
      </Dialog>
    </>
  )
}

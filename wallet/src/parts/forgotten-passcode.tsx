/** The way back for who forgot the passcode: empty the wallet, receive again. */
import { ConfirmButton } from '@onetrip/ui'
import type { VNode } from 'preact'
import { eraseWallet } from '../lock-acts.ts'
import { goTo } from '../wallet-state.ts'
import { wk } from '../words-lock.ts'

/** The button and its question. */
export function ForgottenPasscode(): VNode {
  const erase = async (): Promise<void> => {
    await eraseWallet()
    goTo({ screen: 'home' })
  }
  return (
    <ConfirmButton
      kind="quiet"
      title={wk('lock.forgotten')}
      text={wk('lock.forgotten.text')}
      confirm={wk('lock.forgotten.erase')}
      onConfirm={() => void erase()}
      testId="lock-forgotten"
    >
      {wk('lock.forgotten')}
    </ConfirmButton>
  )
}

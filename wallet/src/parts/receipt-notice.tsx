/** That a licence has to be shown with a receipt of the log, which is not here yet. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wl } from '../words-licence.ts'

/** Says so and tries again on demand; it is tried again by itself too. */
export function ReceiptNotice(): VNode {
  const again = (): void => {
    void import('../receipts/keep-receipts.ts').then(({ keepReceiptsNow }) => keepReceiptsNow())
  }
  return (
    <Notice
      tone="caution"
      title={wl('receipt.missing')}
      live="status"
      testId="receipt-missing"
      action={<Button onPress={again}>{wl('common.retry')}</Button>}
    >
      {wl('receipt.missing.text')}
    </Notice>
  )
}

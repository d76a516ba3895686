/** The offer of a lock, above the cards, until the holder decides. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { goTo } from '../wallet-state.ts'
import { w } from '../words.ts'

/** Properties of {@link LockOfferNotice}. */
export interface LockOfferNoticeProps {
  /** It can still be put off. */
  readonly isFirst: boolean
}

/** The notice. */
export function LockOfferNotice({ isFirst }: LockOfferNoticeProps): VNode {
  return (
    <Notice
      title={w('lock-offer.title')}
      testId="lock-offer"
      action={
        <>
          <Button onPress={() => goTo({ screen: 'lock' })} testId="lock-offer-set">
            {w('lock-offer.set')}
          </Button>
          <Button
            kind="quiet"
            onPress={() => void answer(isFirst)}
            testId={isFirst ? 'lock-offer-later' : 'lock-offer-decline'}
          >
            {w(isFirst ? 'lock-offer.later' : 'lock-offer.decline')}
          </Button>
        </>
      }
    >
      {w('lock-offer.text')}
    </Notice>
  )
}

async function answer(isLater: boolean): Promise<void> {
  const { declineLock, postponeLock } = await import('../lock-acts.ts')
  await (isLater ? postponeLock() : declineLock())
}

/** Above the cards: a part of what was held is gone or cannot be opened, and the way back (WA03). */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { eraseUnreadable, forgetMissing, goTo, missing, unreadable } from '../wallet-state.ts'
import { wr } from '../words-recover.ts'
import { EraseUnreadable } from './erase-unreadable.tsx'

/** One notice; what cannot be opened goes before what is gone. */
export function RecoverNotice(): VNode {
  const isUnreadable = unreadable.value > 0
  const kind = isUnreadable ? 'unreadable' : 'missing'
  const count = isUnreadable ? unreadable.value : missing.value
  return (
    <Notice
      tone="caution"
      title={wr(`${kind}.title`, { count })}
      testId={`notice-${kind}`}
      action={
        <>
          <Button onPress={() => goTo({ screen: 'add' })}>{wr('recover.receive')}</Button>
          <PutAway isUnreadable={isUnreadable} />
        </>
      }
    >
      {wr(`${kind}.text`, { count })}
    </Notice>
  )
}

/** Properties of {@link PutAway}. */
export interface PutAwayProps {
  readonly isUnreadable: boolean
}

/** The other way out: delete what cannot be opened, or take it that the licences are gone. */
export function PutAway({ isUnreadable }: PutAwayProps): VNode {
  if (isUnreadable) {
    return <EraseUnreadable onErase={eraseUnreadable} />
  }
  return (
    <Button kind="quiet" onPress={() => void forgetMissing()} testId="missing-dismiss">
      {wr('recover.dismiss')}
    </Button>
  )
}

/** Whether the storage is persistent, in plain words, and what to do when it is not. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { askPersistence, persistence } from '../persistence.ts'
import { goTo } from '../wallet-state.ts'
import { wi } from '../words-install.ts'

/** Properties of {@link Keeping}. */
export interface KeepingProps {
  /** The guide stands on this page already. */
  readonly isGuide?: boolean
}

/** The state of the storage. */
export function Keeping({ isGuide = false }: KeepingProps): VNode {
  const standing = persistence.value
  const isSafe = standing === 'persistent'
  return (
    <Notice
      tone={isSafe ? 'good' : 'caution'}
      title={wi(`keep.${standing}`)}
      testId={`keep-${standing}`}
      action={
        isSafe ? undefined : (
          <>
            {isGuide ? null : (
              <Button onPress={() => goTo({ screen: 'install' })} testId="install-open">
                {wi('install.open')}
              </Button>
            )}
            <Button kind="quiet" onPress={() => void askPersistence()} testId="keep-ask">
              {wi('keep.ask')}
            </Button>
          </>
        )
      }
    >
      {isSafe ? null : <p>{wi('keep.do')}</p>}
      <p>{wi('keep.manual')}</p>
    </Notice>
  )
}

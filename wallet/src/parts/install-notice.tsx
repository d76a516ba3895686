/** The hint to install, above the cards, once there is something to lose and until it is put away. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { dismissInstalling } from '../install-state.ts'
import { goTo } from '../wallet-state.ts'
import { wi } from '../words-install.ts'
import type { StepWay } from './install-steps.tsx'

/** Properties of {@link InstallNotice}. */
export interface InstallNoticeProps {
  readonly way: StepWay
}

/** The hint. */
export function InstallNotice({ way }: InstallNoticeProps): VNode {
  const reason = way === 'ios' || way === 'in-app' ? way : 'other'
  return (
    <Notice
      title={wi('hint.title')}
      testId="install-hint"
      action={
        <>
          <Button onPress={() => goTo({ screen: 'install' })} testId="install-open">
            {wi('install.open')}
          </Button>
          <Button kind="quiet" onPress={dismissInstalling} testId="install-later">
            {wi('install.later')}
          </Button>
        </>
      }
    >
      {wi(`hint.${reason}`)}
    </Notice>
  )
}

/** Before what seals, revokes and gives rights: the identity provider asks anew who is there. Nothing typed is lost. */

import { Button, Dialog, t } from '@onetrip/ui'
import type { VNode } from 'preact'
import { tc } from './messages.ts'
import { leaveAnew, needsAnew } from './session.ts'
import { goToSignIn } from './sign-in.ts'

/** Stands while an act waits for it. */
export function AnewDialog(): VNode {
  return (
    <Dialog
      open={needsAnew.value}
      title={tc('anew.title')}
      onClose={leaveAnew}
      testId="anew"
      actions={
        <>
          <Button onPress={leaveAnew}>{t('dialog.cancel')}</Button>
          <Button kind="primary" onPress={() => goToSignIn(true)} testId="anew-go">
            {tc('anew.go')}
          </Button>
        </>
      }
    >
      <p>{tc('anew.text')}</p>
    </Dialog>
  )
}

/** Deleting a licence from this device, behind a question. */
import { Button, Dialog, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { HeldLicence } from '../held-licence.ts'
import { forgetLicence, goTo } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link DeleteLicence}. */
export interface DeleteLicenceProps {
  readonly licence: HeldLicence
}

/** The button and its question. */
export function DeleteLicence({ licence }: DeleteLicenceProps): VNode {
  const [asking, setAsking] = useState(false)
  const name = localised(licence.summary.typeName)
  const forget = async (): Promise<void> => {
    setAsking(false)
    await forgetLicence(licence.id)
    goTo({ screen: 'home' })
  }
  return (
    <div class="actions">
      <Button kind="quiet" onPress={() => setAsking(true)} testId="delete-licence">
        {wl('details.delete')}
      </Button>
      <Dialog
        open={asking}
        title={wl('delete.title', { name })}
        onClose={() => setAsking(false)}
        testId="delete-dialog"
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{wl('common.cancel')}</Button>
            <Button kind="danger" onPress={() => void forget()} testId="delete-confirm">
              {wl('delete.confirm')}
            </Button>
          </>
        }
      >
        <p>{wl('delete.text')}</p>
      </Dialog>
    </div>
  )
}

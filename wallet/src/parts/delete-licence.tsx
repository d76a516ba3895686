/** Deleting a licence from this device, behind a question. */
import { ConfirmButton, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { HeldLicence } from '../held-licence.ts'
import { forgetLicence, goTo } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link DeleteLicence}. */
export interface DeleteLicenceProps {
  readonly licence: HeldLicence
}

/** The button and its question. */
export function DeleteLicence({ licence }: DeleteLicenceProps): VNode {
  const forget = async (): Promise<void> => {
    await forgetLicence(licence.id)
    goTo({ screen: 'home' })
  }
  return (
    <div class="actions">
      <ConfirmButton
        kind="quiet"
        title={wl('delete.title', { name: localised(licence.summary.typeName) })}
        text={wl('delete.text')}
        confirm={wl('delete.confirm')}
        onConfirm={() => void forget()}
        testId="delete-licence"
      >
        {wl('details.delete')}
      </ConfirmButton>
    </div>
  )
}

/** What a restored licence still needs before it can be shown. */
import { Button, Data, localised, Notice, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { HeldLicence } from '../held-licence.ts'
import { goTo } from '../wallet-state.ts'
import { wb } from '../words-backup.ts'

/** Properties of {@link UnboundNotice}. */
export interface UnboundNoticeProps {
  readonly licence: HeldLicence
}

/** Says that the key is elsewhere, and the way to one of this device. */
export function UnboundNotice({ licence }: UnboundNoticeProps): VNode {
  const issuer = <Data>{localised(licence.summary.issuer)}</Data>
  return (
    <Notice
      tone="caution"
      title={wb('unbound.title')}
      testId="unbound"
      action={
        <Button kind="primary" onPress={() => goTo({ screen: 'agency' })} testId="move-here">
          {wb('unbound.move')}
        </Button>
      }
    >
      {withNodes(wb('unbound.text'), { issuer })}
    </Notice>
  )
}

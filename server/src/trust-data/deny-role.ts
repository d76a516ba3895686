/** The role that denies: one small list, signed anew when it changed or its half life is over. */
import { sha256, toHex } from '@onetrip/codec'
import { describeTarget, draftTargets, signTuf, TARGET } from '@onetrip/trust'
import { denyListContent } from '../enrolment/deny-list.ts'
import type { Services } from '../services.ts'
import { addTarget, type MetadataHead, metadataRow } from './repository-rows.ts'
import { nextHead, type RoleChange, timesOf } from './role-change.ts'
import { onlineSigner } from './trust-keys.ts'

const LIFE_SECONDS = 7 * 86_400
const ROLE = 'deny'

/** The deny role's next version, if there has to be one; nothing of it is kept yet. */
export async function currentDenyRole(
  services: Services,
  before: MetadataHead | undefined,
): Promise<readonly RoleChange[]> {
  const now = services.now()
  const bytes = await denyListContent(services.storage, now)
  const madeOf = toHex(sha256(bytes))
  const isInDate = before !== undefined && before.expires_at - now > LIFE_SECONDS / 2
  if (isInDate && before.made_of === madeOf) return []
  const head = nextHead({ role: ROLE, before, madeOf, now, life: LIFE_SECONDS })
  const targets = new Map([[TARGET.denyList, describeTarget(bytes)]])
  const signed = await signTuf(draftTargets({ ...timesOf(head), targets }), [
    await onlineSigner(services, ROLE),
  ])
  const row = metadataRow(head, signed)
  return [
    {
      row,
      save: async (transaction) => {
        await addTarget(transaction, { path: TARGET.denyList, bytes, addedAt: head.signed_at })
      },
    },
  ]
}

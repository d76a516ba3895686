/** The role of the log: the checkpoints that receipts are held against, written anew at most once an hour. */
import { encodeJson, sha256, toHex, utf8Decode, utf8Encode } from '@onetrip/codec'
import {
  CHECKPOINTS_KIND,
  describeTarget,
  draftTargets,
  LOG_ROLE,
  signTuf,
  TARGET,
} from '@onetrip/trust'
import { anchors } from '../record/anchors.ts'
import { cosignedNote } from '../record/cosigned-note.ts'
import { integrate } from '../record/integrate.ts'
import type { Services } from '../services.ts'
import { addTarget, type MetadataHead, metadataRow } from './repository-rows.ts'
import { nextHead, type RoleChange, timesOf } from './role-change.ts'
import { onlineSigner } from './trust-keys.ts'

const LIFE_SECONDS = 7 * 86_400
/** How often the newest checkpoint is published, however fast the log grows. */
const AGAIN_SECONDS = 3600

/** The log role's next version, if there has to be one; nothing of it is kept yet. Throws `record/damaged`. */
export async function currentLogRole(
  services: Services,
  before: MetadataHead | undefined,
): Promise<readonly RoleChange[]> {
  const now = services.now()
  if (before !== undefined && now - before.signed_at < AGAIN_SECONDS) return []
  await integrate(services)
  const bytes = await checkpointsContent(services)
  if (bytes === undefined) return []
  const madeOf = toHex(sha256(bytes))
  const isInDate = before !== undefined && before.expires_at - now > LIFE_SECONDS / 2
  if (isInDate && before.made_of === madeOf) return []
  const head = nextHead({ role: LOG_ROLE, before, madeOf, now, life: LIFE_SECONDS })
  const targets = new Map([[TARGET.checkpoints, describeTarget(bytes)]])
  const signed = await signTuf(draftTargets({ ...timesOf(head), targets }), [
    await onlineSigner(services, LOG_ROLE),
  ])
  return [
    {
      row: metadataRow(head, signed),
      save: async (transaction) => {
        await addTarget(transaction, {
          path: TARGET.checkpoints,
          bytes,
          addedAt: head.signed_at,
        })
      },
    },
  ]
}

/** The document; undefined while no checkpoint counts. */
async function checkpointsContent(services: Services): Promise<Uint8Array | undefined> {
  const rows = await anchors(services)
  if (rows.length === 0) return undefined
  const notes = await Promise.all(rows.map((row) => cosignedNote(services, row)))
  const checkpoints = notes.map(utf8Decode)
  return utf8Encode(encodeJson({ kind: CHECKPOINTS_KIND, format: 1, checkpoints }))
}

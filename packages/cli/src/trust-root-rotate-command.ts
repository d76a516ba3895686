/** `onetrip trust root rotate`: the next root, unsigned, from the one before and what changes. */
import { dirname, join } from 'node:path'
import type { PublicKey } from '@onetrip/codec'
import {
  type DraftRole,
  draftRoot,
  openRoot,
  signTuf,
  type TopRole,
  type TufRoot,
} from '@onetrip/trust'
import { readRootDraft } from './ceremony/ceremony-file.ts'
import { loadOnlineKeys } from './ceremony/online-keys-file.ts'
import { parseCount } from './ceremony/parse-number.ts'
import { recordAct } from './ceremony/transcript.ts'
import { createFile } from './ceremony/write-file.ts'
import { readArguments } from './command-spec.ts'
import { loadPublicJwk } from './load-public-jwk.ts'
import { trustRootRotateSpec } from './specs/trust-root-rotate.ts'
import { type CommandContext, EXIT } from './usage.ts'

const DAY_SECONDS = 86_400

/** Writes the draft; throws `trust/threshold` when FILE is not signed by enough, or keys cannot reach a threshold. */
export async function runTrustRootRotate(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustRootRotateSpec, context.args)
  const [last = ''] = operands
  const { signed: before } = await openRoot((await readRootDraft(last)).bytes)
  const online = values.online === undefined ? undefined : await loadOnlineKeys(values.online)
  const now = context.now()
  const changed = async (role: 'root' | 'targets'): Promise<DraftRole> => {
    const kept = roleOf(before, role)
    const threshold = values[`${role}-threshold`]
    const keys = await Promise.all(values[role].map(loadPublicJwk))
    return {
      keys: keys.length === 0 ? kept.keys : keys,
      threshold: threshold === undefined ? kept.threshold : parseCount(role, threshold),
    }
  }
  const single = (key: PublicKey): DraftRole => ({ keys: [key], threshold: 1 })
  const draft = draftRoot({
    version: before.version + 1,
    signedAt: Math.max(now, before.signedAt ?? 0),
    expiresAt: now + parseCount('days', values.days ?? '365') * DAY_SECONDS,
    roles: {
      root: await changed('root'),
      targets: await changed('targets'),
      snapshot: online === undefined ? roleOf(before, 'snapshot') : single(online.snapshot),
      timestamp: online === undefined ? roleOf(before, 'timestamp') : single(online.timestamp),
    },
  })
  const bytes = await signTuf(draft, [])
  const file = join(dirname(last), `${before.version + 1}.root.json`)
  await createFile(file, bytes)
  await recordAct({ act: 'rotate', file, bytes, actor: values.actor, now })
  context.print(file)
  return EXIT.valid
}

function roleOf({ roles, keys }: TufRoot, role: TopRole): DraftRole {
  const { keyids, threshold } = roles[role]
  return { keys: keyids.flatMap((keyid) => keys.get(keyid)?.publicKey() ?? []), threshold }
}

/** `onetrip trust root create`: the first root, unsigned. */

import { join } from 'node:path'
import { AS_USUAL, makeFolder } from '@onetrip/server/make-folder'
import { draftRoot, signTuf } from '@onetrip/trust'
import { loadOnlineKeys } from './ceremony/online-keys-file.ts'
import { parseCount } from './ceremony/parse-number.ts'
import { recordAct } from './ceremony/transcript.ts'
import { createFile } from './ceremony/write-file.ts'
import { readArguments } from './command-spec.ts'
import { loadPublicJwk } from './load-public-jwk.ts'
import { trustRootCreateSpec } from './specs/trust-root-create.ts'
import { type CommandContext, EXIT } from './usage.ts'

const DAY_SECONDS = 86_400

/** Writes the draft; throws `trust/threshold` for a threshold that the keys cannot reach. */
export async function runTrustRootCreate(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustRootCreateSpec, context.args)
  const [folder = ''] = operands
  const online = await loadOnlineKeys(values.online)
  const now = context.now()
  const draft = draftRoot({
    version: 1,
    signedAt: now,
    expiresAt: now + parseCount('days', values.days ?? '365') * DAY_SECONDS,
    roles: {
      root: {
        keys: await Promise.all(values.root.map(loadPublicJwk)),
        threshold: parseCount('root-threshold', values['root-threshold']),
      },
      targets: {
        keys: await Promise.all(values.targets.map(loadPublicJwk)),
        threshold: parseCount('targets-threshold', values['targets-threshold']),
      },
      snapshot: { keys: [online.snapshot], threshold: 1 },
      timestamp: { keys: [online.timestamp], threshold: 1 },
    },
  })
  const bytes = await signTuf(draft, [])
  makeFolder(folder, AS_USUAL)
  const file = join(folder, '1.root.json')
  await createFile(file, bytes)
  await recordAct({ act: 'create', file, bytes, actor: values.actor, now })
  context.print(file)
  return EXIT.valid
}

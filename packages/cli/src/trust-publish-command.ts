/** `onetrip trust publish`: signed roots and targets come into force at this installation. */
import { bringOffline, loadConfig, openServices, rolesWithOlderKeys } from '@onetrip/server'
import { readAnyDraft } from './ceremony/ceremony-file.ts'
import { readDocuments } from './ceremony/document-folder.ts'
import { recordAct } from './ceremony/transcript.ts'
import { readArguments } from './command-spec.ts'
import { trustPublishSpec } from './specs/trust-publish.ts'
import { type CommandContext, EXIT, SIGNS_ITSELF, UsageError } from './usage.ts'

/** Brings all files or none. */
export async function runTrustPublish(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustPublishSpec, context.args)
  const documents = new Map<string, Uint8Array>()
  const drafts = await Promise.all(
    operands.map(async (file) => ({ file, draft: await readAnyDraft(file) })),
  )
  for (const { file, draft } of drafts) {
    if (draft.role !== 'targets') continue
    for (const [path, bytes] of await readDocuments(file, draft.signed)) documents.set(path, bytes)
  }
  const config = loadConfig(context.environment)
  if (config.mode === 'demo') throw new UsageError(SIGNS_ITSELF)
  const services = await openServices({ config, now: context.now })
  try {
    const files = drafts.map(({ draft }) => draft.bytes)
    const kept = await bringOffline(services, { files, documents })
    for (const { role, version } of kept) context.print(`${role} ${version} is in force`)
    if (kept.length === 0) context.print('nothing new')
    const older = await rolesWithOlderKeys(services)
    // After a theft, whatever still signs with a key of before is still the thief's.
    if (older.length > 0) {
      context.print(
        `still signed with older online keys: ${older.join(', ')}; a root names snapshot`,
      )
      context.print('and timestamp, targets name status, deny and log (onetrip trust online-keys)')
    }
    for (const { file, draft } of drafts) {
      const { bytes, role, signed } = draft
      const isNew = kept.some((one) => one.role === role && one.version === signed.version)
      if (!isNew) continue
      await recordAct({ act: 'publish', file, bytes, actor: values.actor, now: context.now() })
    }
  } finally {
    await services.close()
  }
  return EXIT.valid
}

/** `onetrip trust targets draft`: the next targets of this installation, unsigned, with their documents. */

import { join } from 'node:path'
import { draftNextTargets, loadConfig, openServices } from '@onetrip/server'
import { AS_USUAL, makeFolder } from '@onetrip/server/make-folder'
import { writeDocuments } from './ceremony/document-folder.ts'
import { recordAct } from './ceremony/transcript.ts'
import { createFile } from './ceremony/write-file.ts'
import { readArguments } from './command-spec.ts'
import { trustTargetsDraftSpec } from './specs/trust-targets-draft.ts'
import { type CommandContext, EXIT, SIGNS_ITSELF, UsageError } from './usage.ts'

/** Writes file and documents; never replaces any. */
export async function runTrustTargetsDraft(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustTargetsDraftSpec, context.args)
  const [folder = ''] = operands
  const config = loadConfig(context.environment)
  if (config.mode === 'demo') throw new UsageError(SIGNS_ITSELF)
  const services = await openServices({ config, now: context.now })
  try {
    const { version, bytes, documents } = await draftNextTargets(services)
    makeFolder(folder, AS_USUAL)
    const file = join(folder, `${version}.targets.json`)
    await createFile(file, bytes)
    await writeDocuments(file, documents)
    await recordAct({ act: 'draft', file, bytes, actor: values.actor, now: context.now() })
    context.print(file)
  } finally {
    await services.close()
  }
  return EXIT.valid
}

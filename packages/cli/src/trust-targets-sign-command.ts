/** `onetrip trust targets sign`: one person's signature, for documents that lie beside. */
import { openRoot, topRoleKeys } from '@onetrip/trust'
import { readRootDraft, readTargetsDraft, signedShare } from './ceremony/ceremony-file.ts'
import { readDocuments } from './ceremony/document-folder.ts'
import { signFile } from './ceremony/sign-file.ts'
import { readArguments } from './command-spec.ts'
import { trustTargetsSignSpec } from './specs/trust-targets-sign.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Signs, and says how many signatures there are of how many wanted. Throws `trust/threshold` for an unsigned root. */
export async function runTrustTargetsSign(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustTargetsSignSpec, context.args)
  const [file = ''] = operands
  const { bytes, signed, fingerprint } = await readTargetsDraft(file)
  const root = await openRoot((await readRootDraft(values.root)).bytes)
  const keys = topRoleKeys(root.signed, 'targets')
  await readDocuments(file, signed)
  const after = await signFile(context, {
    file,
    bytes,
    keyFile: values.key,
    actor: values.actor,
    roles: [keys],
  })
  const share = await signedShare(after, keys)
  context.print(`targets ${signed.version}: ${share.signed} of ${share.threshold} signatures`)
  context.print(`fingerprint ${fingerprint}`)
  return EXIT.valid
}

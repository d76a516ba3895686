/** `onetrip trust root sign`: one keeper's signature. */
import { topRoleKeys } from '@onetrip/trust'
import { readRootDraft, rootBefore, signedShare } from './ceremony/ceremony-file.ts'
import { signFile } from './ceremony/sign-file.ts'
import { readArguments } from './command-spec.ts'
import { trustRootSignSpec } from './specs/trust-root-sign.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Signs, and says how many signatures there are of how many wanted. */
export async function runTrustRootSign(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustRootSignSpec, context.args)
  const [file = ''] = operands
  const { bytes, signed, fingerprint } = await readRootDraft(file)
  const before = await rootBefore(file, signed)
  const roots = before === undefined ? [signed] : [signed, before]
  const roles = roots.map((root) => topRoleKeys(root, 'root'))
  const after = await signFile(context, {
    file,
    bytes,
    keyFile: values.key,
    actor: values.actor,
    roles,
  })
  const shares = await Promise.all(roles.map((keys) => signedShare(after, keys)))
  const said = shares.map((share) => `${share.signed} of ${share.threshold} signatures`)
  context.print(`root ${signed.version}: ${said.join('; of the root before: ')}`)
  context.print(`fingerprint ${fingerprint}`)
  return EXIT.valid
}

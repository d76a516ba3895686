/** `onetrip log witness-key create`: a witness's key in an encrypted file. */
import { formatVerifierKey } from '@onetrip/log'
import { createKeyFile } from '@onetrip/server'
import { passphraseFor } from './ceremony/passphrase.ts'
import { readArguments } from './command-spec.ts'
import { assertName, witnessKey } from './log/witness-key.ts'
import { printable } from './printable.ts'
import { logWitnessKeyCreateSpec } from './specs/log.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Makes the key; never replaces a file. */
export async function runLogWitnessKeyCreate(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(logWitnessKeyCreateSpec, context.args)
  const [path = ''] = operands
  assertName(values.name)
  const passphrase = await passphraseFor(context, { isNew: true })
  const key = createKeyFile({ path, algorithm: 'Ed25519', passphrase })
  if (key === undefined) throw new UsageError(`${printable(path)} is there already`)
  context.print(formatVerifierKey(witnessKey(values.name, key)))
  return EXIT.valid
}

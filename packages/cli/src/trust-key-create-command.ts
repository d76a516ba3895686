/** `onetrip trust key create`: an offline key in an encrypted file. */
import { publicKeyToJwk } from '@onetrip/codec'
import { createKeyFile } from '@onetrip/server'
import { passphraseFor } from './ceremony/passphrase.ts'
import { readArguments } from './command-spec.ts'
import { printable } from './printable.ts'
import { trustKeyCreateSpec } from './specs/trust-key-create.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

const ALGORITHMS = ['Ed25519', 'ES256'] as const

/** Makes the key; never replaces a file. */
export async function runTrustKeyCreate(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustKeyCreateSpec, context.args)
  const [path = ''] = operands
  const wanted = values.algorithm ?? 'Ed25519'
  const algorithm = ALGORITHMS.find((name) => name === wanted)
  if (algorithm === undefined) throw new UsageError(`--algorithm wants ${ALGORITHMS.join(' or ')}`)
  const passphrase = await passphraseFor(context, { isNew: true })
  const key = createKeyFile({ path, algorithm, passphrase })
  if (key === undefined) throw new UsageError(`${printable(path)} is there already`)
  context.print(JSON.stringify(publicKeyToJwk(key)))
  return EXIT.valid
}

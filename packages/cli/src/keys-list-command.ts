/** `onetrip keys list`: the keys of agencies and offices. */
import { type LivingKey, listKeys, loadConfig, openServices } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { printableJson } from './printable.ts'
import { keysListSpec } from './specs/keys-list.ts'
import { type CommandContext, EXIT } from './usage.ts'
import { utc } from './utc.ts'

/** Prints one line for each key. */
export async function runKeysList(context: CommandContext): Promise<number> {
  const { values } = readArguments(keysListSpec, context.args)
  const config = loadConfig(context.environment)
  const services = await openServices({ config, now: context.now })
  try {
    const keys = await listKeys(services)
    context.print(values.json ? printableJson(keys) : keys.map(describe).join('\n'))
  } finally {
    await services.close()
  }
  return EXIT.valid
}

function describe({ id, state, listedAt, notBefore, notAfter, revokedFrom }: LivingKey): string {
  const listed = listedAt === null ? 'not listed yet' : `listed since ${utc(listedAt)}`
  const revoked = revokedFrom === null ? '' : `, revoked from ${utc(revokedFrom)}`
  return `${id}  ${state}, ${listed}, ${utc(notBefore)} to ${utc(notAfter)}${revoked}`
}

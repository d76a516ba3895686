/** `onetrip keys retire`: a key signs no more. */
import { loadConfig, openServices, retireKey } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { parseTime } from './parse-time.ts'
import { keysRetireSpec } from './specs/keys-retire.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Retires it; throws `key/unknown` when no other would sign. */
export async function runKeysRetire(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(keysRetireSpec, context.args)
  const [keyId = ''] = operands
  const at = values.at === undefined ? context.now() : parseTime(values.at)
  const config = loadConfig(context.environment)
  const services = await openServices({ config, now: context.now })
  try {
    await retireKey(services, { keyId, at })
  } finally {
    await services.close()
  }
  return EXIT.valid
}

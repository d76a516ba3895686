/** `onetrip keys revoke`: what a key signed from a time on counts for nothing. */
import { loadConfig, openServices, operatorNamed, revokeKey } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { parseTime } from './parse-time.ts'
import { keysRevokeSpec } from './specs/keys-revoke.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Revokes it; in an emergency the next refresh of any verifier knows. */
export async function runKeysRevoke(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(keysRevokeSpec, context.args)
  const [keyId = ''] = operands
  const from = parseTime(values.from, 'from')
  const config = loadConfig(context.environment)
  const services = await openServices({ config, now: context.now })
  try {
    const actor = await operatorNamed(services, values.person)
    await revokeKey(services, { keyId, from, actor, isEmergency: values.emergency })
  } finally {
    await services.close()
  }
  return EXIT.valid
}

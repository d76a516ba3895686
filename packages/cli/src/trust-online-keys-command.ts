/** `onetrip trust online-keys`: what a root and targets have to name of this server. */
import { loadConfig, onlineKeys, openServices, renewOnlineKeys } from '@onetrip/server'
import { onlineKeysJson } from './ceremony/online-keys-file.ts'
import { readArguments } from './command-spec.ts'
import { trustOnlineKeysSpec } from './specs/trust-online-keys.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Prints the newest keys; the server signs with those that root and targets in force name. */
export async function runTrustOnlineKeys(context: CommandContext): Promise<number> {
  const { values } = readArguments(trustOnlineKeysSpec, context.args)
  const config = loadConfig(context.environment)
  if (values.renew && config.mode === 'demo') {
    throw new UsageError('the demonstration keeps its keys')
  }
  const services = await openServices({ config, now: context.now })
  try {
    if (values.renew) await renewOnlineKeys(services)
    context.print(JSON.stringify(onlineKeysJson(await onlineKeys(services)), null, 2))
  } finally {
    await services.close()
  }
  return EXIT.valid
}

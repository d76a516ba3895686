/** `onetrip keys announce`: the next key of an agency or office. */
import { announceKey, LIVING_PURPOSES, loadConfig, openServices } from '@onetrip/server'
import { parseCount } from './ceremony/parse-number.ts'
import { readArguments } from './command-spec.ts'
import { keysAnnounceSpec } from './specs/keys-announce.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

const DAY_SECONDS = 86_400

/** Makes the key and prints its id. */
export async function runKeysAnnounce(context: CommandContext): Promise<number> {
  const { values } = readArguments(keysAnnounceSpec, context.args)
  const purpose = LIVING_PURPOSES.find((known) => known === values.purpose)
  if (purpose === undefined) {
    throw new UsageError(`--purpose wants one of ${LIVING_PURPOSES.join(', ')}`)
  }
  const days = values['lead-days'] ?? '35'
  // After a theft the next key signs at once.
  const lead = days === '0' ? 0 : parseCount('lead-days', days) * DAY_SECONDS
  const config = loadConfig(context.environment)
  const services = await openServices({ config, now: context.now })
  try {
    const notBefore = context.now() + lead
    context.print(await announceKey(services, { owner: values.owner, purpose, notBefore }))
  } finally {
    await services.close()
  }
  return EXIT.valid
}

/** `onetrip api-key`: makes a key for a named person or system and prints it once; only its hash is kept. */
import { createApiKey, loadConfig, openServices, ROLES, type Role } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { apiKeySpec } from './specs/api-key.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** What concerns other organisations is given by name. */
/** Given only by name: who sees everything, and who handles cases, where one person does not do all. */
const NAMED_ROLES: readonly Role[] = ['audit', 'accept-cases', 'review-cases', 'approve-cases']
const OWN_ROLES: readonly Role[] = ROLES.filter((role) => !NAMED_ROLES.includes(role))

/** Makes one key; throws `UsageError` when an option is missing. */
export async function runApiKey(context: CommandContext): Promise<number> {
  const { values } = readArguments(apiKeySpec, context.args)
  const { agency, person, system, types, roles, offices } = values
  const name = person ?? system
  if (name === undefined || (person !== undefined && system !== undefined)) {
    throw new UsageError('wanted: one of --person NAME and --system NAME')
  }
  const services = await openServices({ config: loadConfig(context.environment) })
  try {
    const key = await createApiKey(services, {
      agencyId: agency,
      holder: { name, kind: person === undefined ? 'system' : 'person' },
      types: types.split(','),
      roles: roles === undefined ? OWN_ROLES : roles.split(',').map(parseRole),
      offices: offices === undefined ? [] : offices.split(','),
      sealMakers: values['seal-makers']?.split(',') ?? [],
    })
    context.print(key)
  } finally {
    await services.close()
  }
  return EXIT.valid
}

function parseRole(word: string): Role {
  const role = ROLES.find((known) => known === word)
  if (role === undefined) throw new UsageError(`--roles wants some of ${ROLES.join(',')}`)
  return role
}

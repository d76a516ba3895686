/** `onetrip api-key`: makes a key for a named person or system and prints it once; only its hash is kept. */
import { parseArgs } from 'node:util'
import { createApiKey, loadConfig, openServices, ROLES, type Role } from '@onetrip/server'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Makes one key; throws `UsageError` when an option is missing. */
export async function runApiKey(context: CommandContext): Promise<number> {
  const { agency, person, system, types, roles } = readOptions(context.args)
  const name = person ?? system
  if (!agency || !name || !types || (person && system)) {
    throw new UsageError('wanted: --agency USCC, --types CODES, and one of --person, --system')
  }
  const services = await openServices({ config: loadConfig(context.environment) })
  try {
    const key = await createApiKey(services, {
      agencyId: agency,
      holder: { name, kind: person === undefined ? 'system' : 'person' },
      types: types.split(','),
      roles: roles === undefined ? ROLES : roles.split(',').map(parseRole),
    })
    context.print(key)
  } finally {
    await services.close()
  }
  return EXIT.valid
}

function readOptions(
  args: readonly string[],
): Partial<Record<'agency' | 'person' | 'system' | 'types' | 'roles', string>> {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: { agency: text, person: text, system: text, types: text, roles: text },
    }).values
  } catch {
    throw new UsageError('unknown option, or an option without its value')
  }
}

function parseRole(word: string): Role {
  const role = ROLES.find((known) => known === word)
  if (role === undefined) throw new UsageError(`--roles wants some of ${ROLES.join(',')}`)
  return role
}

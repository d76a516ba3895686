/** `onetrip staff`: registers a member of staff and gives them a role; repeating changes nothing. Prints the member's id. */
import {
  giveRole,
  loadConfig,
  openServices,
  operatorNamed,
  registerMember,
  STAFF_ROLES,
  type StaffRole,
} from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { staffSpec } from './specs/staff.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Registers one member; throws `UsageError` for a role that is none, and where staff do not sign in. */
export async function runStaff(context: CommandContext): Promise<number> {
  const { values } = readArguments(staffSpec, context.args)
  const { agency: agencyId, subject, name, by, matter } = values
  const role = parseRole(values.role)
  const services = await openServices({ config: loadConfig(context.environment) })
  try {
    const issuer = services.staffProvider?.issuer
    if (issuer === undefined) throw new UsageError('wanted: ONETRIP_STAFF_ISSUER')
    const actor = await operatorNamed(services, by)
    const request = { issuer, subject, name, agencyId }
    const memberId = await registerMember(services, { actor, request })
    await giveRole(services, { actor, request: { memberId, role, agencyId, matter } })
    context.print(memberId)
  } finally {
    await services.close()
  }
  return EXIT.valid
}

function parseRole(word: string): StaffRole {
  const role = STAFF_ROLES.find((known) => known === word)
  if (role === undefined) throw new UsageError(`--role wants one of ${STAFF_ROLES.join(', ')}`)
  return role
}

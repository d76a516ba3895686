/** Offline roles that end before long: nothing but people can renew them, so whoever runs the server has to hear of it. */
import type { Services } from '../services.ts'
import { newestOfEachRole } from './repository-rows.ts'
import type { OfflineRole } from './trust-keys.ts'

const DAY_SECONDS = 86_400
/** A ceremony needs people in one place: a third of a role's life, but for the root's two months. */
const SOON_SECONDS: Readonly<Record<OfflineRole, number>> = {
  root: 60 * DAY_SECONDS,
  targets: 30 * DAY_SECONDS,
}
const ROLES: readonly OfflineRole[] = ['root', 'targets']

/** A role and when verifiers stop to take it (Unix seconds), which may be past. */
export interface EndingRole {
  readonly role: OfflineRole
  readonly expiresAt: number
}

/** The roles that end soon or have ended; none in a demonstration, which renews them itself. */
export async function endingRoles({ storage, now }: Services): Promise<readonly EndingRole[]> {
  const heads = await newestOfEachRole(storage, ROLES)
  return ROLES.flatMap((role) => {
    const expiresAt = heads.get(role)?.expires_at
    if (expiresAt === undefined || expiresAt - now() > SOON_SECONDS[role]) return []
    return [{ role, expiresAt }]
  })
}

/** Root metadata: which keys stand for which top-level role (TUF §4.3). */
import type { JsonObject } from '@onetrip/codec'
import { flagMember, objectMember } from './json-members.ts'
import type { TufRoot } from './metadata.ts'
import { parseCommon, parseKeys, parseRole } from './parse-common.ts'

/** Reads the signed part of a root file. Throws `trust/format`, `format/unsupported`. */
export function parseRoot(signed: JsonObject): TufRoot {
  const common = parseCommon(signed, 'root')
  const roles = objectMember(signed, 'roles')
  return {
    ...common,
    consistentSnapshot: flagMember(signed, 'consistent_snapshot'),
    keys: parseKeys(signed),
    roles: {
      root: parseRole(objectMember(roles, 'root')),
      timestamp: parseRole(objectMember(roles, 'timestamp')),
      snapshot: parseRole(objectMember(roles, 'snapshot')),
      targets: parseRole(objectMember(roles, 'targets')),
    },
  }
}

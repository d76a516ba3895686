/** Trust data in a few lines. */
import type { JsonObject } from '@onetrip/codec'
import type { OpenedLog, Trust } from '@onetrip/trust'
import { utc } from '../utc.ts'

/** What verified trust data are, with the codes of what was refused in them. */
export function trustTree(trust: Trust): JsonObject {
  return {
    environment: trust.environment,
    version: trust.version,
    signedAt: utc(trust.signedAt),
    parts: trust.parts.map(({ name, version, signedAt }) => ({
      name,
      version,
      ...(signedAt === undefined ? {} : { signedAt: utc(signedAt) }),
    })),
    agencies: trust.agencies.length,
    offices: trust.offices.length,
    sealMakers: trust.sealMakers.length,
    timeStampers: trust.timeStampers.length,
    types: trust.types.length,
    logs: trust.logs.map(logTree),
    recognised: trust.recognised.map(({ recognition }) => recognition.id),
    faults: trust.faults.map(({ part, code }) => ({ part, code })),
  }
}

/** A log with how much of it the published checkpoints cover, whether or not they count. */
function logTree({ name, notBefore, notAfter, witnesses, quorum, sizes }: OpenedLog): JsonObject {
  return {
    name,
    notBefore: utc(notBefore),
    notAfter: utc(notAfter),
    witnesses: witnesses.map((witness) => witness.name),
    quorum,
    checkpoints: sizes.length,
    entries: sizes.at(-1) ?? 0,
  }
}

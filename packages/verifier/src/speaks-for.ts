/** For whom a verifier speaks: judged anew with each verdict, as a certificate ends and a device may be denied. */
import { standingFault } from './open-counter.ts'
import type { VerifyOptions } from './options.ts'
import type { SpeaksFor } from './verdict.ts'

/** The standing of the counter passed with the options; without one it speaks for no office. */
export function speaksFor(options: Pick<VerifyOptions, 'counter' | 'trust' | 'now'>): SpeaksFor {
  const { counter, trust, now } = options
  if (counter === undefined) return { kind: 'none' }
  const reason = standingFault({ counter, trust, now })
  if (reason !== undefined) return { kind: 'none', reason }
  const { office, device, expiresAt } = counter
  return {
    kind: 'office',
    office: { id: office.id, name: trust.office(office.id)?.name ?? office.name },
    device: { number: device.number, name: device.name },
    until: expiresAt,
  }
}

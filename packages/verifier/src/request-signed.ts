/** The rules by which it is proven who asks: of a counter's request those on its device, of one of OpenID4VP those on its client. */
import { DEVICE_SIGNED } from './device-subject.ts'
import type { RuleId } from './verdict.ts'
import { CLIENT_SIGNED } from './vp-request-subject.ts'

/** A plan holds either of the two; what it does not hold hinders nothing. */
export const ASKER_SIGNED: readonly RuleId[] = [...DEVICE_SIGNED, ...CLIENT_SIGNED]

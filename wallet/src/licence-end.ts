/**
 * How a licence ended. Status lists say only that it did; which act of law it was, the agency says to whoever signs in, and that a
 * next version took its place, the wallet sees by itself once it holds that one.
 */
import type { HeldLicence } from './held-licence.ts'
import type { HeldState } from './licence-state.ts'

/** Ways in which a licence ends (撤销, 吊销, 注销, 被替换, 转让), as the agency's server names them. */
export const LICENCE_ENDS = [
  'annulled',
  'penalty',
  'deregistered',
  'replaced',
  'transferred',
] as const
/** One of {@link LICENCE_ENDS}. */
export type LicenceEnd = (typeof LICENCE_ENDS)[number]

/** The newest held version of the same licence that follows this one. */
export function nextVersion(
  licence: HeldLicence,
  all: readonly HeldLicence[],
): HeldLicence | undefined {
  const { typeCode, number, issuer, version } = licence.summary
  return all
    .filter(
      ({ summary }) =>
        summary.typeCode === typeCode &&
        summary.number === number &&
        summary.issuer['zh-CN'] === issuer['zh-CN'] &&
        summary.version > version,
    )
    .toSorted((one, other) => other.summary.version - one.summary.version)[0]
}

/** A licence's state with what is known of its end: a version that another one followed is of no use, whatever its list says. */
export function withEnd(
  licence: HeldLicence,
  state: HeldState,
  all: readonly HeldLicence[],
): HeldState {
  const { endedAs } = licence
  const isEnded = state.state === 'revoked'
  if (nextVersion(licence, all) !== undefined || (isEnded && endedAs === 'replaced')) {
    return { ...state, state: 'superseded', sentence: 'replaced' }
  }
  return isEnded && endedAs !== undefined ? { ...state, sentence: endedAs } : state
}

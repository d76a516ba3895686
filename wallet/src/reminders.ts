/**
 * What a holder is told about a licence at the next start: one reminder for each event, until it is
 * dismissed. What was told lies in the licence's own record, under the same protection.
 */
import { dayEnd, today } from '@onetrip/credential'
import type { HeldLicence } from './held-licence.ts'
import type { HeldState } from './licence-state.ts'

/** Version of the stored record. */
export const REMINDED_FORMAT = 1
/** Renewing a licence takes an agency some weeks. */
const LICENCE_ENDS_SECONDS = 60 * 86_400
/** A credential is received again in minutes. */
const CREDENTIAL_ENDS_SECONDS = 30 * 86_400

/** What happened to a licence, the gravest first. */
export type ReminderKind =
  | 'revoked'
  | 'replaced'
  | 'suspended'
  | 'ended'
  | 'credential-ended'
  | 'lifted'
  | 'ending'
  | 'credential-ending'

/** One thing to tell. */
export interface Reminder {
  readonly kind: ReminderKind
  /** Says which event it is: kind, and the day where it has one. */
  readonly key: string
  /** The last day, `YYYY-MM-DD`. */
  readonly day?: string
}

/** What the wallet knows to have been told about a licence. */
export interface Reminded {
  readonly format: typeof REMINDED_FORMAT
  /** The last standing that was seen and is not in force; `lifted` until that was told too. */
  readonly standing?: 'suspended' | 'revoked' | 'replaced' | 'lifted'
  /** Keys of the dismissed reminders. */
  readonly dismissed: readonly string[]
}

const NOTHING: Reminded = { format: REMINDED_FORMAT, dismissed: [] }

/** What is to be told of a licence at `now` (Unix seconds), in the order of {@link ReminderKind}. */
export function remindersOf(
  licence: HeldLicence,
  state: HeldState,
  now: number,
): readonly Reminder[] {
  const { dismissed } = licence.reminded ?? NOTHING
  // By a clock that is known to be wrong nothing ends.
  const isClockWrong = state.sentence === 'clock' || state.sentence === 'clock-ahead'
  const isPast = isClockWrong || state.state === 'superseded'
  const ends = isPast ? [] : [licenceEnd(licence, now), credentialEnd(licence, now)]
  const found = [standingOf(licence, state), ...ends]
  return found.filter((one) => one !== undefined).filter(({ key }) => !dismissed.includes(key))
}

/** The record after a check; the same object when nothing has changed. */
export function remindedAfter(
  reminded: Reminded | undefined,
  state: HeldState,
): Reminded | undefined {
  const before = reminded?.standing
  const gone = goneStanding(state)
  if (gone !== undefined) {
    return before === gone ? reminded : standing(reminded, gone)
  }
  const isBack = state.state === 'in-force' && before !== undefined && before !== 'lifted'
  return isBack ? standing(reminded, 'lifted') : reminded
}

/** The record once a reminder was dismissed. */
export function remindedWithout(reminded: Reminded | undefined, { kind, key }: Reminder): Reminded {
  const { standing: before, dismissed } = reminded ?? NOTHING
  const rest = dismissed.filter((other) => other !== key)
  if (kind === 'lifted') {
    return { ...NOTHING, dismissed: rest }
  }
  const kept = before === undefined ? NOTHING : { ...NOTHING, standing: before }
  return { ...kept, dismissed: [...rest, key] }
}

/** Suspended a second time is a second event: what was dismissed of the first is told again. */
function standing(
  reminded: Reminded | undefined,
  seen: NonNullable<Reminded['standing']>,
): Reminded {
  const { dismissed } = reminded ?? NOTHING
  return { ...NOTHING, standing: seen, dismissed: dismissed.filter((key) => key !== seen) }
}

function goneStanding({ state }: HeldState): 'suspended' | 'revoked' | 'replaced' | undefined {
  if (state === 'superseded') {
    return 'replaced'
  }
  return state === 'revoked' || state === 'suspended' ? state : undefined
}

function standingOf({ reminded }: HeldLicence, state: HeldState): Reminder | undefined {
  const gone = goneStanding(state)
  if (gone !== undefined) {
    return { kind: gone, key: gone }
  }
  const isTold = state.state === 'in-force' && reminded?.standing === 'lifted'
  return isTold ? { kind: 'lifted', key: 'lifted' } : undefined
}

function licenceEnd({ summary }: HeldLicence, now: number): Reminder | undefined {
  const { validTo } = summary
  if (validTo === undefined) {
    return undefined
  }
  const kind = endKind(dayEnd(validTo), now, LICENCE_ENDS_SECONDS)
  return kind && { kind, key: `${kind} ${validTo}`, day: validTo }
}

function credentialEnd({ summary }: HeldLicence, now: number): Reminder | undefined {
  const { expiresAt, validTo } = summary
  // A credential that goes with its licence needs no word of its own.
  if (validTo !== undefined && dayEnd(validTo) <= expiresAt + 86_400) {
    return undefined
  }
  const end = endKind(expiresAt, now, CREDENTIAL_ENDS_SECONDS)
  const day = today(expiresAt)
  return end && { kind: `credential-${end}`, key: `credential-${end} ${day}`, day }
}

function endKind(endsAt: number, now: number, warnSeconds: number): 'ended' | 'ending' | undefined {
  if (now >= endsAt) {
    return 'ended'
  }
  return endsAt - now <= warnSeconds ? 'ending' : undefined
}

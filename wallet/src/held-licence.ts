/**
 * A licence as the wallet keeps it: its copies as received, each both credentials and their keys, and its history. Each
 * presentation uses the copy in front and puts it last, so that two offices see nothing by which to put them together
 * until all were used (case T12).
 */
import type { DisplayText, TypeDefinition } from '@onetrip/credential'
import type { CopyRecipient } from './copy-limits.ts'
import type { DelegationRecord, EntrustedRecord } from './delegates/delegation-record.ts'
import type { HolderKeys } from './holder-key.ts'
import type { LicenceEnd } from './licence-end.ts'
import type { Reminded } from './reminders.ts'

/** Version of the stored record; raised when a field changes its meaning. */
export const HELD_LICENCE_FORMAT = 1

/** What a card needs, taken from the verdict at receipt, so that it shows without trust data. */
export interface LicenceSummary {
  readonly typeCode: string
  /** Version of the type definition. */
  readonly typeVersion: number
  readonly typeName: DisplayText
  /** Degrees 0 to 359. */
  readonly hue: number
  readonly about: 'person' | 'organisation'
  /** The licence's number. */
  readonly number: string
  readonly version: number
  readonly holder: string
  /** Pictures of rare characters in the holder's name, in base64url. */
  readonly holderPictures?: string
  /** From the trust list at receipt. */
  readonly issuer: DisplayText
  /** Calendar days, Asia/Shanghai; no end is long-term. */
  readonly validFrom: string
  readonly validTo?: string
  /** 证照标识, where it can be composed. */
  readonly identifier?: string
  /** The credential's `exp`, Unix seconds. */
  readonly expiresAt: number
}

/** A copy made out for someone (加注件), kept whole so that it can be shown and printed again. */
export interface CopyRecord {
  readonly id: string
  /** Unix seconds. */
  readonly madeAt: number
  readonly purpose: string
  readonly recipient: CopyRecipient
  /** Last day, `YYYY-MM-DD`. */
  readonly endDay: string
  /** Names of the claims it states. */
  readonly disclosed: readonly string[]
  /** The code's text: `OT1:…`, or the frames of an animated code, one a line. */
  readonly text: string
}

/** One of the copies that an issuer gave of a licence: the same facts, other keys, salts and places in status lists. */
export interface HeldCopy {
  readonly sdCwt: Uint8Array
  readonly sdJwt: string
  readonly keys: HolderKeys
}

/** One licence in the wallet, with the copy that is shown next. */
export interface HeldLicence extends HeldCopy {
  readonly format: typeof HELD_LICENCE_FORMAT
  /** {@link licenceKey}; receiving the same licence again replaces it. */
  readonly id: string
  readonly summary: LicenceSummary
  /**
   * Its type definition, from the trust data at receipt: a published version never changes, so showing waits for no trust
   * data. Absent in records of earlier releases.
   */
  readonly type?: TypeDefinition
  /** The copies after it, in the order they are shown; absent where the issuer gave one, and in earlier records. */
  readonly spares?: readonly HeldCopy[]
  /** Unix seconds. */
  readonly receivedAt: number
  readonly shownCount: number
  /** Unix seconds. */
  readonly lastShownAt?: number
  /** Newest first. */
  readonly copies: readonly CopyRecord[]
  /** What its holder let others answer with, newest first; the keys of the copies that were lent stand in the same order. */
  readonly delegations?: readonly DelegationRecord[]
  readonly lentKeys?: readonly HolderKeys[]
  /** What others let its holder answer with, each naming a key of a copy; newest first. */
  readonly entrusted?: readonly EntrustedRecord[]
  /** How it ended, where the agency's server said so. */
  readonly endedAs?: LicenceEnd
  /** What its holder was told about it. */
  readonly reminded?: Reminded
}

/**
 * Whether its keys are on another device: it came out of a backup, so it is looked at and never shown, until it is received
 * again and bound to keys of this one.
 */
export function isUnbound({ keys }: Pick<HeldLicence, 'keys'>): boolean {
  return keys.cbor.secret.kind === 'elsewhere'
}

/** The most used first, then the last received; what cannot be shown comes after what can. */
export function byUse(licences: readonly HeldLicence[]): readonly HeldLicence[] {
  return licences.toSorted(
    (one, other) =>
      Number(isUnbound(one)) - Number(isUnbound(other)) ||
      other.shownCount - one.shownCount ||
      other.receivedAt - one.receivedAt,
  )
}

/** The licence with the copy in front put last: what {@link shownAt} and {@link withCopy} do, and every other showing must. */
export function nextCopy(licence: HeldLicence): HeldLicence {
  const [next, ...others] = licence.spares ?? []
  if (next === undefined) {
    return licence
  }
  const { sdCwt, sdJwt, keys } = licence
  return { ...licence, ...next, spares: [...others, { sdCwt, sdJwt, keys }] }
}

/** The licence with one more showing counted, and its next copy in front. */
export function shownAt(licence: HeldLicence, now: number): HeldLicence {
  return { ...nextCopy(licence), shownCount: licence.shownCount + 1, lastShownAt: now }
}

/** The licence with a copy that was made out added to its history, and its next copy in front. */
export function withCopy(licence: HeldLicence, copy: CopyRecord): HeldLicence {
  return { ...nextCopy(licence), copies: [copy, ...licence.copies] }
}

/** A licence received again: fresh credentials and keys, the history stays. */
export function renewed(kept: HeldLicence | undefined, received: HeldLicence): HeldLicence {
  if (kept === undefined) {
    return received
  }
  const { shownCount, lastShownAt, copies, reminded, delegations, lentKeys, entrusted } = kept
  return {
    ...received,
    shownCount,
    copies,
    ...(lastShownAt === undefined ? {} : { lastShownAt }),
    ...(delegations === undefined ? {} : { delegations }),
    ...(lentKeys === undefined ? {} : { lentKeys }),
    ...(entrusted === undefined ? {} : { entrusted }),
    ...(reminded === undefined ? {} : { reminded }),
  }
}

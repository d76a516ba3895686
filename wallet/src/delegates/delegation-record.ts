/**
 * What the wallet keeps of delegations (代办), with the licence that each is about: with the holder's what was let to whom, with
 * the delegate's own identity what was let to them. A copy that was lent is out of turn for good; of it only the keys stay, to take
 * the delegation back.
 */
import { equalBytes } from '@onetrip/codec'
import { type DisplayText, delegateCode } from '@onetrip/credential'
import type { Named } from '@onetrip/verifier'
import type { HeldCopy, HeldLicence } from '../held-licence.ts'
import { holderPublicKey } from '../holder-key.ts'

/** A delegation that the holder gave. */
export interface DelegationRecord {
  readonly id: string
  /** Unix seconds. */
  readonly madeAt: number
  /** Whom it is for, in the holder's words. */
  readonly name: string
  readonly matter: Named
  /** Last day, `YYYY-MM-DD`. */
  readonly endDay: string
  /** What it shows, in the order of the type definition. */
  readonly claims: readonly DisplayText[]
  /** The code's text: `OT1:…`, or the frames of an animated code, one a line. */
  readonly text: string
  /** Unix seconds. */
  readonly takenBackAt?: number
}

/** A delegation that this wallet's holder was given; it names a key of the licence that it is kept with. */
export interface EntrustedRecord {
  readonly id: string
  /** Unix seconds. */
  readonly keptAt: number
  readonly typeCode: string
  readonly typeName: DisplayText
  /** Of the principal's licence. */
  readonly number: string
  /** The principal by their licence, where it shows that. */
  readonly holder?: string
  readonly matter: Named
  /** Unix seconds, exclusive. */
  readonly endsAt: number
  readonly claims: readonly DisplayText[]
  readonly text: string
}

/** All copies of a licence, that in front first. */
export function copiesOf({ sdCwt, sdJwt, keys, spares = [] }: HeldLicence): readonly HeldCopy[] {
  return [{ sdCwt, sdJwt, keys }, ...spares]
}

/** The copy that can be lent: that in front, while there is another to show. */
export function copyToLend(licence: HeldLicence): HeldCopy | undefined {
  const [front, next] = copiesOf(licence)
  return next === undefined ? undefined : front
}

/**
 * The licence without the copy that was lent, and with the record; `TypeError` where that copy is the only one, or not there any
 * more: another window lent it, and one status entry serves one delegation (WA07).
 */
export function withLent(
  licence: HeldLicence,
  lent: { readonly copy: HeldCopy; readonly record: DelegationRecord },
): HeldLicence {
  const { publicRaw } = lent.copy.keys.cbor
  const held = copiesOf(licence)
  const [front, ...spares] = held.filter(({ keys }) => !equalBytes(keys.cbor.publicRaw, publicRaw))
  if (front === undefined) throw new TypeError('the only copy is not lent')
  if (spares.length + 1 === held.length) throw new TypeError('that copy is gone')
  return {
    ...licence,
    ...front,
    spares,
    delegations: [lent.record, ...(licence.delegations ?? [])],
    lentKeys: [lent.copy.keys, ...(licence.lentKeys ?? [])],
  }
}

/** The licence with a delegation taken back at a time, Unix seconds. */
export function withTakenBack(licence: HeldLicence, id: string, at: number): HeldLicence {
  const delegations = licence.delegations?.map((each) =>
    each.id === id ? { ...each, takenBackAt: at } : each,
  )
  return delegations === undefined ? licence : { ...licence, delegations }
}

/** The licence with one more delegation that was given to its holder; the same one again is the newer. */
export function withEntrusted(licence: HeldLicence, record: EntrustedRecord): HeldLicence {
  const others = (licence.entrusted ?? []).filter(({ text }) => text !== record.text)
  return { ...licence, entrusted: [record, ...others] }
}

/** The licence without a delegation that was given to its holder. */
export function withoutEntrusted(licence: HeldLicence, id: string): HeldLicence {
  return { ...licence, entrusted: (licence.entrusted ?? []).filter((each) => each.id !== id) }
}

/** The copy whose key a delegation names, with its licence. */
export function namedCopy(
  licences: readonly HeldLicence[],
  code: string,
): { readonly licence: HeldLicence; readonly copy: HeldCopy } | undefined {
  for (const licence of licences) {
    const copy = copiesOf(licence).find(
      ({ keys }) => delegateCode(holderPublicKey(keys.cbor)) === code,
    )
    if (copy !== undefined) return { licence, copy }
  }
  return undefined
}

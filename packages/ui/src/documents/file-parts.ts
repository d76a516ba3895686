/** The parts of a sealed PDF, one after the other, and which seals cover each. */

import type { Check, ImpressionVerdict, RuleId } from '@onetrip/verifier'

/** A run of bytes. */
export interface FilePart {
  /** The first revision; what a seal wrote; what something else wrote. */
  readonly kind: 'original' | 'seal' | 'other'
  /** Offset of the first byte; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** Of the seal that wrote it, from 1. */
  readonly number?: number
  /** Numbers of the seals that cover it with signatures that hold. */
  readonly coveredBy: readonly number[]
}

/** What has to have passed so that an impression covers the bytes before it. */
const COVERS_BEFORE: readonly RuleId[] = ['digest', 'impression-signature']
/** What has to have passed so that a seal's update is covered by its own signature. */
const COVERS_OWN: readonly RuleId[] = ['pades-seal', 'pades-issuer', 'pades-signature']

type Placed = Pick<ImpressionVerdict, 'checks' | 'place'>

/** Cuts a PDF of `size` bytes into its parts. */
export function fileParts(impressions: readonly Placed[], size: number): readonly FilePart[] {
  const parts: FilePart[] = []
  let from = 0
  const between = (until: number): void => {
    if (until <= from) return
    const kind = from === 0 ? 'original' : 'other'
    parts.push({ kind, start: from, end: until, coveredBy: coverers(impressions, until) })
  }
  for (const [index, { place, checks }] of impressions.entries()) {
    if (place === undefined) continue
    const { start, end } = place.updateBytes
    const number = index + 1
    between(start)
    const own = havePassed(checks, COVERS_OWN) ? [number] : []
    const coveredBy = [...own, ...coverers(impressions, end)]
    parts.push({ kind: 'seal', start, end, number, coveredBy })
    from = end
  }
  between(size)
  return parts
}

/** The seals that were put on the file when it had these bytes, and covered them. */
function coverers(impressions: readonly Placed[], end: number): readonly number[] {
  return impressions.flatMap(({ place, checks }, index) => {
    const isLater = place !== undefined && place.updateBytes.start >= end
    return isLater && havePassed(checks, COVERS_BEFORE) ? [index + 1] : []
  })
}

function havePassed(checks: readonly Check[], ids: readonly RuleId[]): boolean {
  return ids.every((id) => checks.some((check) => check.id === id && check.outcome === 'passed'))
}

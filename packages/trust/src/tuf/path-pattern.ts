/** Which paths a delegation covers: shell patterns and prefixes of hashes (PATHPATTERN in TUF §4.5; glob(7)). */
import { sha256, toHex, utf8Encode } from '@onetrip/codec'
import type { TufDelegation } from './metadata.ts'

/** Whether a delegated role may speak about a target. A role with neither patterns nor prefixes speaks about none. */
export function coversPath(delegation: TufDelegation, path: string): boolean {
  if (delegation.paths.some((pattern) => matchesPattern(pattern, path))) return true
  if (delegation.pathHashPrefixes.length === 0) return false
  const digest = toHex(sha256(utf8Encode(path)))
  return delegation.pathHashPrefixes.some((prefix) => digest.startsWith(prefix))
}

/**
 * Whether a path matches a shell pattern: `*` any run, `?` any sign, `[a-z]` and `[!a-z]` one sign of a set; none of
 * them a `/`. Case counts.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const patterns = pattern.split('/')
  const segments = path.split('/')
  if (patterns.length !== segments.length) return false
  return patterns.every((part, index) => matchesSegment(part, segments[index] ?? ''))
}

/** Without recursion: after a mismatch only the last `*` takes one sign more, so hostile patterns cost a product. */
function matchesSegment(pattern: string, text: string): boolean {
  const signs = Array.from(text)
  const parts = patternParts(pattern)
  let part = 0
  let starPart = -1
  let starSign = 0
  for (let sign = 0; sign < signs.length; ) {
    const current = parts[part]
    if (current === ANY_RUN) {
      starPart = part++
      starSign = sign
    } else if (current?.(signs[sign] ?? '') === true) {
      part++
      sign++
    } else if (starPart >= 0) {
      part = starPart + 1
      sign = ++starSign
    } else {
      return false
    }
  }
  while (parts[part] === ANY_RUN) part++
  return part === parts.length
}

type Part = (sign: string) => boolean

const ANY_RUN: Part = () => true
const ANY_SIGN: Part = () => true

function patternParts(pattern: string): readonly Part[] {
  const signs = Array.from(pattern)
  const parts: Part[] = []
  for (let index = 0; index < signs.length; index++) {
    const sign = signs[index] ?? ''
    const end = sign === '[' ? endOfSet(signs, index) : -1
    if (end > 0) parts.push(setPart(signs.slice(index + 1, end)))
    else parts.push(sign === '*' ? ANY_RUN : sign === '?' ? ANY_SIGN : (other) => other === sign)
    if (end > 0) index = end
  }
  return parts
}

/** Where the set closes; a `]` that comes first is a member. An open bracket that nothing closes is itself. */
function endOfSet(signs: readonly string[], start: number): number {
  const first = signs[start + 1] === '!' ? start + 2 : start + 1
  return signs.indexOf(']', first + 1)
}

function setPart(members: readonly string[]): Part {
  const isNegated = members[0] === '!'
  const listed = isNegated ? members.slice(1) : members
  return (sign) => isListed(listed, sign) !== isNegated
}

function isListed(members: readonly string[], sign: string): boolean {
  for (let index = 0; index < members.length; index++) {
    const from = members[index] ?? ''
    const to = members[index + 1] === '-' ? members[index + 2] : undefined
    if (to === undefined ? from === sign : from <= sign && sign <= to) return true
    if (to !== undefined) index += 2
  }
  return false
}

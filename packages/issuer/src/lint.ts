/**
 * The last look before a key is used: a draft has to be, byte for byte, what was ordered; its digests stand in
 * their own order, which says nothing of the claims, and no salt comes twice (RFC 9901 §4.2.4.1, §9.3; case
 * SD15). Both encodings have one form, so what is due is written from the order and compared, which costs less
 * than to parse what was drafted. Only salts and digests are taken as they are. A hash that goes wrong goes wrong
 * for all: one digest of each securing is computed again.
 */
import {
  compareBytes,
  encodeJson,
  equalBytes,
  fault,
  fromBase64url,
  isCborOf,
  textToBase64url,
  toBase64url,
  utf8Decode,
} from '@onetrip/codec'
import {
  assemblePaper,
  cborDisclosureDigest,
  encodeSaltedJson,
  jsonDisclosureDigest,
  paperText,
  type SdCwtDraft,
  type SdJwtDraft,
} from '@onetrip/credential'
import {
  cborValueOf,
  type OrderedClaims,
  type OrderedSecuring,
  orderedClaims,
  orderedCwt,
  orderedJwt,
  orderedPaper,
} from './ordered-claims.ts'
import type { PendingPaper } from './pending.ts'

/** What is looked at of an SD-CWT draft. */
export type LintedSdCwt = Pick<SdCwtDraft, 'payload' | 'disclosures' | 'digests'>

/** What is looked at of an SD-JWT VC draft. */
export type LintedSdJwt = Pick<SdJwtDraft, 'signingInput' | 'disclosures' | 'digests'>

/** Of a CBOR disclosure: after the heads of the array and of the byte string. */
const CBOR_SALT = { start: 2, end: 18 } as const
/** Of a JSON disclosure: after `["`; these 24 bytes are 32 whole characters of base64url. */
const JSON_SALT = { start: 2, end: 24, characters: 32 } as const
/** Stands where the signature will be, to measure the code; its value is never read. */
const NO_SIGNATURE: Uint8Array = new Uint8Array(64)

/**
 * Refuses an SD-CWT draft that is not exactly what was ordered; answers its salts in base64url.
 * Throws credential/lint.
 */
export function lintSdCwt(draft: LintedSdCwt, ordered: OrderedSecuring): readonly string[] {
  const { payload, disclosures, digests } = draft
  const hidden = orderedClaims(ordered, 'allowed')
  assertCounts(draft, hidden.length)
  const salts = disclosures.map((disclosure, at) => {
    const salt = disclosure.subarray(CBOR_SALT.start, CBOR_SALT.end)
    const one = hidden[at]
    if (!one || !isCborOf(disclosure, [salt, cborValueOf(one), one.claim.key])) {
      throw refused('another disclosure than ordered')
    }
    return toBase64url(salt)
  })
  assertDistinctSalts(salts)
  assertSorted(digests, compareBytes)
  const [sample] = disclosures
  const digest = sample && cborDisclosureDigest(sample)
  if (digest && !digests.some((one) => equalBytes(one, digest))) throw refused('another digest')
  if (!isCborOf(payload, orderedCwt(ordered, digests)))
    throw refused('another payload than ordered')
  return salts
}

/** Refuses an SD-JWT VC draft as {@link lintSdCwt} does; answers its salts in base64url. */
export function lintSdJwt(draft: LintedSdJwt, ordered: OrderedSecuring): readonly string[] {
  const { signingInput, disclosures, digests } = draft
  const hidden = orderedClaims(ordered, 'allowed')
  assertCounts(draft, hidden.length)
  const salts = jsonSalts(disclosures)
  for (const [at, { claim, value }] of hidden.entries()) {
    const due = encodeSaltedJson(salts[at] ?? '', value, claim.name)
    if (disclosures[at] !== due) throw refused('another disclosure than ordered')
  }
  assertDistinctSalts(salts)
  assertSorted(digests, compareTexts)
  const [sample] = disclosures
  if (sample !== undefined && !digests.includes(jsonDisclosureDigest(sample))) {
    throw refused('another digest')
  }
  const due = textToBase64url(encodeJson(orderedJwt(ordered, digests)))
  const payload = signingInput.slice(signingInput.indexOf('.') + 1)
  if (payload !== due) throw refused('another payload than ordered')
  return salts
}

/** Refuses a salt that comes twice, in one credential or in two of one licence. Throws credential/lint. */
export function assertDistinctSalts(salts: readonly string[]): void {
  // One by one: for a licence's few salts, a Set costs three times as much.
  if (salts.some((salt, at) => salts.indexOf(salt) !== at)) {
    throw refused('two disclosures share a salt')
  }
}

/**
 * Refuses a paper draft that does not state what was ordered or does not fit its code.
 * Throws credential/lint, qr/too-big.
 */
export function lintPaper(pending: PendingPaper, ordered: OrderedClaims): void {
  if (!isCborOf(pending.payload, orderedPaper(ordered))) {
    throw refused('another payload than ordered')
  }
  paperText(assemblePaper(pending, NO_SIGNATURE))
}

function assertCounts({ disclosures, digests }: LintedSdCwt | LintedSdJwt, count: number): void {
  if (disclosures.length !== count) throw refused('not one disclosure for each claim')
  if (digests.length !== count) throw refused('not one digest for each disclosure')
}

/** Sorted digests follow the hash alone; any other order could be the order of the claims. */
function assertSorted<T>(digests: readonly T[], compare: (a: T, b: T) => number): void {
  const isSorted = digests.every((digest, at) => {
    const before = digests[at - 1]
    return before === undefined || compare(before, digest) < 0
  })
  if (!isSorted) throw refused('the digests are not sorted')
}

/** The salts of JSON disclosures, whose beginnings are decoded all at once. */
function jsonSalts(disclosures: readonly string[]): readonly string[] {
  const beginnings = disclosures.map((text) => text.slice(0, JSON_SALT.characters)).join('')
  const text = utf8Decode(fromBase64url(beginnings))
  return disclosures.map((_, at) => {
    const start = at * JSON_SALT.end
    return text.slice(start + JSON_SALT.start, start + JSON_SALT.end)
  })
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function refused(why: string): Error {
  return fault('credential/lint', why)
}

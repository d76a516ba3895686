/**
 * The seal register (印章备案): what a seal maker's registry says of the seals that agencies issue licences under. One
 * COSE_Sign1 over a CWT (RFC 8392) of its own `typ` for all of them that share a status list, signed like the list with a
 * key of use `status`; it holds the seals themselves, in COSE form, so that a licence need only name one.
 */
import {
  type Algorithm,
  buildSign1,
  type CborKey,
  type CborMap,
  type CborValue,
  compareBytes,
  decodeCbor,
  encodeCbor,
  fault,
  isArray,
  isBytes,
  isCborOf,
  parseNumericDate,
  sha256,
} from '@onetrip/codec'
import { isUscc } from '@onetrip/credential'
import { isStatusUri } from '@onetrip/status'
import { CLAIM, HEADER, SEAL_STATES, TYP } from './labels.ts'
import { MAX_SEAL_BYTES } from './seal-statement.ts'
import { type CoseDraft, cborMapOf, type NamedSign1, parseSign1, textOf } from './signed-forms.ts'

/** Largest register in bytes. */
export const MAX_SEAL_REGISTER_BYTES = 4_194_304

/** Most seals in a register. */
export const MAX_REGISTERED_SEALS = 4_096

/** A registered seal, and what has become of it. */
export type RegisteredSeal = InUse | TakenBack

interface InUse {
  /** Its COSE_Sign1, at most {@link MAX_SEAL_BYTES}. */
  readonly seal: Uint8Array
  readonly state: 'in-use'
}

interface TakenBack {
  readonly seal: Uint8Array
  /** `ended`: cancelled, or changed for another. */
  readonly state: 'suspended' | 'ended'
  /** Unix seconds. */
  readonly since: number
}

/** What a register states. */
export interface SealRegisterFacts {
  /** Unified social credit code of the seal maker. */
  readonly maker: string
  /** Address of the status list in which these seals have their entries. */
  readonly statusUri: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Strictly ascending by the SHA-256 of the seals. */
  readonly seals: readonly RegisteredSeal[]
}

/** A parsed register; its signature is not verified by parsing, nor are those of the seals in it. */
export interface SealRegister extends NamedSign1 {
  readonly facts: SealRegisterFacts
}

/** What a register is made from; the seals may come in any order. */
export interface SealRegisterInput {
  readonly facts: SealRegisterFacts
  /** Names the maker's key, 8 bytes. */
  readonly kid: Uint8Array
  readonly algorithm: Algorithm
}

/** Bytes for what stands around a payload: tag, heads, protected header and signature. */
const ENVELOPE_BYTES = 128
const CLAIMS: readonly CborKey[] = [CLAIM.iss, CLAIM.sub, CLAIM.iat, CLAIM.register]
/** Each seal is an array of a byte string and up to two numbers; the rest has room in as many again. */
const LIMITS = {
  maxBytes: MAX_SEAL_REGISTER_BYTES,
  maxItems: 5 * MAX_REGISTERED_SEALS,
  floats: false,
} as const

/** Builds a register up to its signature; `assembleCose` joins them. `TypeError` for what no seal maker may state. */
export function buildSealRegister({ facts, kid, algorithm }: SealRegisterInput): CoseDraft {
  const ordered = { ...facts, seals: orderSeals(facts.seals) }
  const payload = encodeCbor(claimsOf(ordered))
  if (!areRegisterFacts(ordered) || payload.length > MAX_SEAL_REGISTER_BYTES - ENVELOPE_BYTES) {
    throw new TypeError('a register states what no seal maker may')
  }
  const protectedHeader = new Map<CborKey, CborValue>([
    [HEADER.kid, kid],
    [HEADER.typ, TYP.register],
  ])
  return { payload, ...buildSign1({ protectedHeader, payload, algorithm }) }
}

/**
 * Parses a register. Throws `seal/wrong-type` (another `typ`), `seal/format` (too large; a header or claim that is
 * missing, of a wrong form or not named here; seals twice or out of order), `time/format`, `cose/*`, `cbor/*`.
 */
export function parseSealRegister(bytes: Uint8Array): SealRegister {
  const named = parseSign1(bytes, { typ: TYP.register, maxBytes: MAX_SEAL_REGISTER_BYTES })
  const { payload } = named.sign1
  const claims = cborMapOf(decodeCbor(payload, LIMITS), CLAIMS)
  const facts: SealRegisterFacts = {
    maker: textOf(claims.get(CLAIM.iss)),
    statusUri: textOf(claims.get(CLAIM.sub)),
    issuedAt: parseNumericDate(claims.get(CLAIM.iat)),
    seals: sealsIn(claims.get(CLAIM.register)),
  }
  // One statement has one form: no further claim, no further member of an entry.
  if (!areRegisterFacts(facts) || !isCborOf(payload, claimsOf(facts))) throw fault('seal/format')
  return { ...named, facts }
}

function areRegisterFacts({ maker, statusUri, issuedAt, seals }: SealRegisterFacts): boolean {
  return (
    isUscc(maker) &&
    isStatusUri(statusUri) &&
    isTime(issuedAt) &&
    seals.length <= MAX_REGISTERED_SEALS &&
    seals.every(
      (one) =>
        one.seal.length > 0 &&
        one.seal.length <= MAX_SEAL_BYTES &&
        (one.state === 'in-use' || isTime(one.since)),
    ) &&
    isOrdered(seals)
  )
}

function isTime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 0
}

function isOrdered(seals: readonly RegisteredSeal[]): boolean {
  const digests = seals.map(({ seal }) => sha256(seal))
  return digests.every((digest, at) => {
    const before = digests[at - 1]
    return before === undefined || compareBytes(before, digest) < 0
  })
}

function orderSeals(seals: readonly RegisteredSeal[]): readonly RegisteredSeal[] {
  return seals
    .map((one) => ({ one, digest: sha256(one.seal) }))
    .sort((a, b) => compareBytes(a.digest, b.digest))
    .map(({ one }) => one)
}

function claimsOf({ maker, statusUri, issuedAt, seals }: SealRegisterFacts): CborMap {
  return new Map<CborKey, CborValue>([
    [CLAIM.iss, maker],
    [CLAIM.sub, statusUri],
    [CLAIM.iat, issuedAt],
    [CLAIM.register, seals.map(entryOf)],
  ])
}

function entryOf(one: RegisteredSeal): readonly CborValue[] {
  const number = SEAL_STATES.indexOf(one.state)
  return one.state === 'in-use' ? [one.seal, number] : [one.seal, number, one.since]
}

function sealsIn(value: CborValue | undefined): readonly RegisteredSeal[] {
  if (!isArray(value)) throw fault('seal/format')
  return value.map(sealIn)
}

/** What is left over in an entry shows when it is written again. */
function sealIn(entry: CborValue): RegisteredSeal {
  if (!isArray(entry)) throw fault('seal/format')
  const [seal, number, since] = entry
  const state = typeof number === 'number' ? SEAL_STATES[number] : undefined
  if (!isBytes(seal) || state === undefined) throw fault('seal/format')
  return state === 'in-use' ? { seal, state } : { seal, state, since: parseNumericDate(since) }
}

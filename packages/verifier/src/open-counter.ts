/**
 * Opens the certificate of a counter: for which office it speaks, as which device, until when. What is opened is kept
 * known by identity, so that nobody can pass `verify` an office and a device that no office has certified.
 */
import {
  type ErrorCode,
  fault,
  jwkThumbprint,
  type PublicKey,
  samePublicKey,
  verifySign1,
} from '@onetrip/codec'
import {
  type CounterCertificate,
  type CounterDevice,
  parseCounterCertificate,
} from '@onetrip/credential'
import { keysByKid, keyValidity, type Office, type OfficeKey, type Trust } from '@onetrip/trust'
import { settleAsync } from './settle.ts'

/** A certificate whose signature held. */
export interface OpenedCounter {
  readonly office: Pick<Office, 'id' | 'name'>
  readonly device: CounterDevice
  /** SHA-256 JWK thumbprint of the device's key, base64url: what the deny list names. */
  readonly thumbprint: string
  readonly matters: readonly string[]
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, inclusive. */
  readonly expiresAt: number
}

/** What a certificate is judged by. */
export interface CounterQuestion {
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
}

/** Clocks of office and counter may be this far apart when a certificate is fresh. */
const CLOCK_TOLERANCE_SECONDS = 600

/** Each opened counter with the office's key that certified it. */
const certifiedBy = new WeakMap<OpenedCounter, PublicKey>()

/**
 * Opens a certificate (COSE_Sign1). Throws what parsing throws; `counter/office-unknown` (the trust list has no such
 * office), `key/unknown` (the named key is none of its keys of use `enrol`), `signature/invalid`, `signature/format`,
 * `algorithm/not-allowed`, `key/revoked` and `key/outside-validity` (at the time of issue), `counter/not-yet-valid`
 * (more than 10 min ahead), `counter/expired`, `counter/denied`.
 */
export async function openCounterCertificate(
  options: CounterQuestion & { readonly certificate: Uint8Array },
): Promise<OpenedCounter> {
  const { trust } = options
  const counter = await proveCounter(parseCounterCertificate(options.certificate), trust)
  const code = standingFault({ ...options, counter })
  if (code !== undefined) throw fault(code)
  return counter
}

/**
 * Proves that an office certified a device; whether that is in force {@link standingFault} says. Throws
 * `counter/office-unknown`, `key/unknown`, `signature/invalid`, `signature/format`, `algorithm/not-allowed`.
 */
export async function proveCounter(
  parsed: CounterCertificate,
  trust: Trust,
): Promise<OpenedCounter> {
  const office = trust.office(parsed.office)
  if (office === undefined) throw fault('counter/office-unknown')
  const certifier = await certifierOf(parsed, office)
  const { device, matters, issuedAt, expiresAt } = parsed
  const counter: OpenedCounter = {
    office: { id: office.id, name: office.name },
    device,
    thumbprint: jwkThumbprint(device.key),
    matters,
    issuedAt,
    expiresAt,
  }
  certifiedBy.set(counter, certifier)
  return counter
}

/** Why an opened counter speaks for no office by these trust data at this time; nothing when it still does. */
export function standingFault(
  question: CounterQuestion & { readonly counter: OpenedCounter },
): ErrorCode | undefined {
  const certifier = certifiedBy.get(question.counter)
  return certifier === undefined ? 'counter/format' : counterFault({ ...question, certifier })
}

/** Two keys can share an 8-byte kid: each is tried (ARCHITECTURE §10 TR09). */
async function certifierOf({ sign1, kid }: CounterCertificate, office: Office): Promise<PublicKey> {
  let code: ErrorCode = 'key/unknown'
  for (const { key } of enrolKeys(office, kid)) {
    const tried = await settleAsync(() => verifySign1(sign1, key))
    if (tried.code === undefined) return key
    code = tried.code
  }
  throw fault(code)
}

function counterFault(
  question: CounterQuestion & { readonly counter: OpenedCounter; readonly certifier: PublicKey },
): ErrorCode | undefined {
  const { trust, now, counter, certifier } = question
  const { thumbprint, issuedAt, expiresAt } = counter
  const office = trust.office(counter.office.id)
  if (office === undefined) return 'counter/office-unknown'
  const listed = enrolKeys(office, certifier.kid).find(({ key }) => samePublicKey(key, certifier))
  if (listed === undefined) return 'key/unknown'
  const ofKey = keyValidity(listed, issuedAt)
  if (ofKey !== undefined) return ofKey
  if (trust.isDeniedDevice(thumbprint)) return 'counter/denied'
  if (issuedAt > now + CLOCK_TOLERANCE_SECONDS) return 'counter/not-yet-valid'
  return now > expiresAt ? 'counter/expired' : undefined
}

function enrolKeys(office: Office, kid: Uint8Array): readonly OfficeKey[] {
  return keysByKid(office, kid).filter(({ use }) => use === 'enrol')
}

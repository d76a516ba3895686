/**
 * What an issuer handed out becomes a held licence only when both credentials pass the receiving
 * check against the trust data and state the same licence (case WA06).
 */
import { type ErrorCode, fault, sha256, toHex, utf8Encode } from '@onetrip/codec'
import { parseSdCwt, receiveSdCwt, receiveSdJwt, type TypeDefinition } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { picturesOf } from '@onetrip/ui'
import { type LicenceVerdict, severityOf, type Verdict, verifyReceived } from '@onetrip/verifier'
import {
  HELD_LICENCE_FORMAT,
  type HeldCopy,
  type HeldLicence,
  type LicenceSummary,
} from './held-licence.ts'
import { holderPublicKey } from './holder-key.ts'
import type { RequestedLicence } from './request-licence.ts'

/** What does not keep a genuine licence out of the wallet: it may be received before it begins. */
const ACCEPTED_CODES: ReadonlySet<ErrorCode> = new Set(['licence/not-yet-valid'])
const ID_HEX_CHARS = 32

/**
 * Checks both credentials of every copy and makes the record to store. Throws the code of the first failed check,
 * `offer/different-licences`, or `credential/wrong-type` when the offer named another type; then
 * nothing may be stored.
 */
export async function checkReceived(options: {
  readonly requested: RequestedLicence
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
}): Promise<HeldLicence> {
  const { requested, trust, now } = options
  const { spares, offeredVct } = requested
  const judged = { trust, now, judge: acceptedLicence }
  const licence = await heldLicence({ credentials: requested, ...judged })
  for (const copy of spares ?? []) {
    const { id } = await heldLicence({ credentials: copy, ...judged })
    if (id !== licence.id) throw fault('offer/different-licences')
  }
  const { typeCode } = licence.summary
  if (offeredVct !== undefined && trust.typeByVct(offeredVct)?.typeCode !== typeCode) {
    throw fault('credential/wrong-type')
  }
  return { ...licence, ...(spares === undefined ? {} : { spares }) }
}

/**
 * The record of two credentials that state the same licence, as of now. Throws what `judge` throws of a verdict that does
 * not do, `offer/different-licences`, `type/unknown`, and what reading the credentials throws.
 */
export async function heldLicence(options: {
  readonly credentials: HeldCopy
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly judge: (verdict: Verdict) => LicenceVerdict
}): Promise<HeldLicence> {
  const { credentials, trust, now, judge } = options
  const { keys, sdCwt, sdJwt } = credentials
  const [cbor, jws] = [holderPublicKey(keys.cbor), holderPublicKey(keys.jws)]
  const licence = judge(await verifyReceived({ credential: sdCwt, holderKey: cbor, trust, now }))
  const twin = judge(await verifyReceived({ credential: sdJwt, holderKey: jws, trust, now }))
  if (licenceKey(licence) !== licenceKey(twin)) {
    throw fault('offer/different-licences')
  }
  const type = typeOf(sdCwt, licence, trust)
  const { claims } = receiveSdCwt({ credential: sdCwt, holderKey: cbor, type })
  receiveSdJwt({ credential: sdJwt, holderKey: jws, type })
  return {
    format: HELD_LICENCE_FORMAT,
    id: licenceKey(licence),
    summary: summaryOf({ licence, type, expiresAt: claims.expiresAt }),
    type,
    sdCwt,
    sdJwt,
    keys,
    receivedAt: now,
    shownCount: 0,
    copies: [],
  }
}

/** A licence's own key in this wallet: 32 hex digits over issuer, type, serial and version. */
export function licenceKey(
  licence: Pick<LicenceVerdict, 'issuer' | 'typeCode' | 'serial' | 'version'>,
): string {
  const { issuer, typeCode, serial, version } = licence
  const text = [issuer.id, typeCode, serial, String(version)].join(' ')
  return toHex(sha256(utf8Encode(text))).slice(0, ID_HEX_CHARS)
}

function acceptedLicence(verdict: Verdict): LicenceVerdict {
  const refused = verdict.outcome === 'invalid' || verdict.outcome === 'unverifiable'
  const codes = verdict.checks.flatMap(({ code }) => code ?? [])
  const serious = codes.filter(isSerious)
  if (refused && serious.length > 0) {
    throw fault(isSerious(verdict.reason) ? verdict.reason : (serious[0] ?? 'credential/format'))
  }
  const [licence] = verdict.licences
  if (licence === undefined || verdict.licences.length !== 1) {
    throw fault('credential/format')
  }
  return licence
}

/** Amber keeps nothing out. */
function isSerious(code: ErrorCode | undefined): code is ErrorCode {
  return code !== undefined && severityOf(code) !== 'caution' && !ACCEPTED_CODES.has(code)
}

function typeOf(sdCwt: Uint8Array, licence: LicenceVerdict, trust: Trust): TypeDefinition {
  const type = trust.type(licence.typeCode, parseSdCwt(sdCwt).claims.typeVersion ?? 1)
  if (type === undefined) {
    throw fault('type/unknown')
  }
  return type
}

function summaryOf(options: {
  readonly licence: LicenceVerdict
  readonly type: TypeDefinition
  readonly expiresAt: number
}): LicenceSummary {
  const { licence, type, expiresAt } = options
  const holder = licence.claims.find(({ name }) => name === type.holder.name)
  const holderPictures = picturesOf(licence.claims).get(type.holder.name)
  return {
    typeCode: licence.typeCode,
    typeVersion: type.version,
    typeName: licence.typeName,
    hue: type.hue,
    about: licence.about,
    number: licence.serial,
    version: licence.version,
    holder: holder === undefined ? '' : String(holder.value),
    ...(holderPictures === undefined ? {} : { holderPictures }),
    issuer: licence.issuer.name,
    validFrom: licence.validFrom,
    ...(licence.validTo === undefined ? {} : { validTo: licence.validTo }),
    ...(licence.identifier === undefined ? {} : { identifier: licence.identifier }),
    expiresAt,
  }
}

/**
 * The names in our certificates (RFC 5280 §4.1.2.4, appendix A.1): countryName where one is stated, organizationName, commonName
 * and serialNumber, which holds the unified social credit code, each once and in this order.
 */
import {
  DER_TAG,
  type DerNode,
  derChildren,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derText,
  derUtf8,
  fault,
} from '@onetrip/codec'
import { isPlainText, isUscc } from '@onetrip/credential'
import { OID } from './oids.ts'

/** ub-organization-name and ub-common-name: characters. */
const MAX_NAME_CHARACTERS = 64
const COUNTRY = 'CN'

/** Who a certificate speaks for. */
export interface DistinguishedName {
  /** ISO 3166-1; an mdoc's issuer has to state it (ISO/IEC 18013-5:2021 §B.1.4). */
  readonly country?: 'CN'
  /** 1 to 64 characters of plain text. */
  readonly organization: string
  /** 1 to 64 characters of plain text. */
  readonly commonName: string
  /** Unified social credit code of the organisation. */
  readonly uscc: string
}

/** The DER form of a name. `TypeError` for a text that no certificate may hold. */
export function buildName(name: DistinguishedName): Uint8Array {
  if (!isName(name)) throw new TypeError('a certificate names what it may not')
  return derSequence(
    ...(name.country === undefined ? [] : [attribute(OID.countryName, derPrintable(name.country))]),
    attribute(OID.organizationName, derUtf8(name.organization)),
    attribute(OID.commonName, derUtf8(name.commonName)),
    attribute(OID.serialNumber, derPrintable(name.uscc)),
  )
}

/** Reads a name of exactly this form. Throws `certificate/format`, `der/malformed`. */
export function parseName(node: DerNode | undefined): DistinguishedName {
  const texts = derChildren(node, DER_TAG.sequence).map((part) => {
    const [pair] = derChildren(part, DER_TAG.set)
    return derText(derChildren(pair, DER_TAG.sequence)[1])
  })
  const hasCountry = texts[0] === COUNTRY && texts.length > 3
  const [organization, commonName, uscc] = hasCountry ? texts.slice(1) : texts
  const stated = {
    organization: organization ?? '',
    commonName: commonName ?? '',
    uscc: uscc ?? '',
  }
  if (!isName(stated)) throw fault('certificate/format')
  return hasCountry ? { country: COUNTRY, ...stated } : stated
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSetOf(derSequence(derOid(oid), value))
}

function isName({ organization, commonName, uscc }: DistinguishedName): boolean {
  return isNameText(organization) && isNameText(commonName) && isUscc(uscc)
}

function isNameText(text: string): boolean {
  const length = Array.from(text).length
  return length > 0 && length <= MAX_NAME_CHARACTERS && isPlainText(text) && text.trim() === text
}

/**
 * The licence identifier (证照标识) of GB/T 36904-2018: OID root, type code, issuer, serial, version and
 * an ISO 7064 MOD 37,36 check character, joined by dots. Made strictly, read loosely: other systems
 * carry area codes as issuers and odd serials, which are worth a warning only.
 */
import { fault } from '@onetrip/codec'
import { isUscc } from './id-numbers.ts'

const ROOT = '1.2.156.3005.2'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The parts an identifier is made of. */
export interface LicenceIdentifierParts {
  /** 21 characters: the defining body's USCC and a 3-digit serial. */
  readonly typeCode: string
  /** Unified social credit code of the issuer. */
  readonly issuer: string
  /** `[0-9A-Z]{1,32}`. */
  readonly serial: string
  /** 1 to 999. */
  readonly version: number
}

/** What a received identifier turned out to be. */
export interface LicenceIdentifierCheck {
  /** Whether the form is recognised and the check character is right. */
  readonly ok: boolean
  /** How it departs from GB/T 36904, in fixed words. */
  readonly warnings: readonly string[]
}

/** Makes the identifier; parts outside GB/T 36904 are `licence/identifier`. */
export function licenceIdentifier(parts: LicenceIdentifierParts): string {
  const { typeCode, issuer, serial, version } = parts
  if (!isTypeCode(typeCode) || !isUscc(issuer) || !isSerial(serial) || !isVersion(version)) {
    throw fault('licence/identifier')
  }
  const versionText = String(version).padStart(3, '0')
  const check = checkCharacter(`${typeCode}${issuer}${serial}${versionText}`)
  return `${ROOT}.${typeCode}.${issuer}.${serial}.${versionText}.${check}`
}

/** Reads a received identifier (证照标识), with or without its OID root; never throws. */
export function checkLicenceIdentifier(text: string): LicenceIdentifierCheck {
  const warnings: string[] = []
  let body = text
  if (text.startsWith(`${ROOT}.`)) body = text.slice(ROOT.length + 1)
  else warnings.push('no GB/T 36904 root')
  const parts = body.split('.')
  const [typeCode = '', issuer = '', serial = '', version = '', check = ''] = parts
  if (parts.length !== 5 || body.length > 128) return { ok: false, warnings }
  if (!isTypeCode(typeCode)) warnings.push('type code is not a USCC and three digits')
  if (!isUscc(issuer)) warnings.push('issuer is not a USCC')
  if (!isSerial(serial)) warnings.push('serial is not 1 to 32 of 0-9A-Z')
  if (!/^\d{3}$/.test(version)) warnings.push('version is not three digits')
  const characters = `${typeCode}${issuer}${serial}${version}`.replaceAll(/[_-]/g, '')
  if (!/^[0-9A-Z]+$/.test(characters)) return { ok: false, warnings }
  return { ok: checkCharacter(characters) === check, warnings }
}

/** Whether `text` is a licence type code (证照类型代码): 18 characters USCC and 3 digits. */
export function isTypeCode(text: string): boolean {
  return /^[0-9A-Z]{18}\d{3}$/.test(text) && isUscc(text.slice(0, 18))
}

/** Whether `text` may stand as serial (流水号): 1 to 32 of 0-9A-Z. */
export function isSerial(text: string): boolean {
  if (text.length < 1 || text.length > 32) return false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (!((unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a))) return false
  }
  return true
}

/** Whether a licence may carry this version number (版本号): 1 to 999. */
export function isVersion(version: number): boolean {
  return Number.isInteger(version) && version >= 1 && version <= 999
}

/** ISO 7064 MOD 37,36, the hybrid system. */
function checkCharacter(characters: string): string {
  let product = 36
  for (const character of characters) {
    const sum = (product + ALPHABET.indexOf(character)) % 36 || 36
    product = (sum * 2) % 37
  }
  return ALPHABET.charAt((37 - product) % 36)
}

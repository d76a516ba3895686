/**
 * The matter catalogue: matters (一件事) with their parts, the offices that handle them, their materials, and
 * for each material the licence types that serve as it and the most claims that may be asked of each.
 */
import { fault, type JsonValue } from '@onetrip/codec'
import { isClaimName, isTypeCode, isUscc } from '@onetrip/credential'
import type { DisplayName } from './trust-list.ts'
import {
  arrayOf,
  assertMembers,
  assertUnique,
  objectOf,
  parseName,
  textOf,
} from './trust-list-members.ts'

/** Every one is a code that a certificate and a request can name. */
const CODE = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** A licence type that serves as a material. */
export interface AcceptedLicence {
  /** 21-character type code. */
  readonly type: string
  /** The most claims that may be asked, by name. */
  readonly claims: readonly string[]
}

/** What a person brings, once for all parts of a matter. */
export interface Material {
  readonly code: string
  readonly name: DisplayName
  /** Any one of these serves; none where the material is no licence. */
  readonly accepts: readonly AcceptedLicence[]
}

/** One department's part of a matter. */
export interface MatterPart {
  readonly code: string
  readonly name: DisplayName
  /** USCC of the office that decides it. */
  readonly office: string
  /** Codes of the materials it needs. */
  readonly materials: readonly string[]
}

/** A matter as a citizen knows it. */
export interface Matter {
  readonly code: string
  readonly name: DisplayName
  /** USCC of the offices where it may be brought. */
  readonly offices: readonly string[]
  readonly parts: readonly MatterPart[]
  readonly materials: readonly Material[]
}

/** Reads `{format: 1, matters: […]}`; a part may only need materials that its matter has. Throws trust/format. */
export function parseMatterCatalogue(json: JsonValue): readonly Matter[] {
  const catalogue = objectOf(json)
  assertMembers(catalogue, { required: ['format', 'matters'] })
  if (catalogue['format'] !== 1) throw fault('trust/format')
  const matters = arrayOf(catalogue['matters']).map(parseMatter)
  assertUnique(matters.map(({ code }) => code))
  return matters
}

function parseMatter(json: JsonValue): Matter {
  const entry = objectOf(json)
  assertMembers(entry, { required: ['code', 'name', 'offices', 'parts', 'materials'] })
  const materials = arrayOf(entry['materials']).map(parseMaterial)
  const parts = arrayOf(entry['parts']).map(parsePart)
  const known = new Set(materials.map(({ code }) => code))
  assertUnique(materials.map(({ code }) => code))
  assertUnique(parts.map(({ code }) => code))
  if (!parts.every((part) => part.materials.every((code) => known.has(code)))) {
    throw fault('trust/format')
  }
  const offices = arrayOf(entry['offices']).map(parseOfficeId)
  return { code: codeOf(entry['code']), name: parseName(entry['name']), offices, parts, materials }
}

function parsePart(json: JsonValue): MatterPart {
  const entry = objectOf(json)
  assertMembers(entry, { required: ['code', 'name', 'office', 'materials'] })
  return {
    code: codeOf(entry['code']),
    name: parseName(entry['name']),
    office: parseOfficeId(entry['office']),
    materials: arrayOf(entry['materials']).map((code) => codeOf(code)),
  }
}

function parseMaterial(json: JsonValue): Material {
  const entry = objectOf(json)
  assertMembers(entry, { required: ['code', 'name', 'accepts'] })
  return {
    code: codeOf(entry['code']),
    name: parseName(entry['name']),
    accepts: arrayOf(entry['accepts']).map(parseAccepted),
  }
}

function parseAccepted(json: JsonValue): AcceptedLicence {
  const entry = objectOf(json)
  assertMembers(entry, { required: ['type', 'claims'] })
  const type = textOf(entry['type'])
  const claims = arrayOf(entry['claims']).map(textOf)
  if (!isTypeCode(type) || !claims.every(isClaimName)) throw fault('trust/format')
  assertUnique(claims)
  return { type, claims }
}

function parseOfficeId(json: JsonValue | undefined): string {
  const id = textOf(json)
  if (!isUscc(id)) throw fault('trust/format')
  return id
}

function codeOf(json: JsonValue | undefined): string {
  const code = textOf(json)
  if (!CODE.test(code)) throw fault('trust/format')
  return code
}

/**
 * A licence type's definition: SD-JWT VC type metadata (draft-ietf-oauth-sd-jwt-vc §4) with an extension
 * member `onetrip`, one document per type and version, published with the trust data. The names of
 * elements are those of GB/T 36903-2018; extension fields begin with `KZ_`.
 */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import type { FreshnessPolicy } from '@onetrip/status'
import { FIRST_OWN_KEY, RESERVED_NAMES } from './labels.ts'
import { isTypeCode, isVersion } from './licence-identifier.ts'

const FORMATS = ['text', 'date', 'integer', 'uscc', 'id-number', 'code', 'glyphs'] as const
const CLAIM_NAME = /^[a-z][A-Za-z0-9]{0,39}$/
const MAX_OWN_KEY = 255
const MAX_CLAIMS = 64
const MAX_CLAIM_BYTES = 4096
const DEFAULT_CLAIM_BYTES = 300

/** Two days, then amber; thirty, then grey: a counter in a village may be weeks without a network. */
export const DEFAULT_TRUST_FRESHNESS: FreshnessPolicy = {
  staleAfterSeconds: 172_800,
  unusableAfterSeconds: 2_592_000,
}

/** What a claim's value is; `date` is a calendar day, `code` one of a closed list, `glyphs` pictures of characters. */
export type ClaimFormat = (typeof FORMATS)[number]

/** A text in the languages the faces speak. */
export interface DisplayText {
  readonly 'zh-CN': string
  readonly en: string
}

/** One claim of a licence type. */
export interface ClaimDefinition {
  /** JSON claim name, English camelCase. */
  readonly name: string
  /** CBOR key inside the licence map, 6 to 255. */
  readonly key: number
  /** Short name of GB/T 36903, `KZ_…` for an extension field. */
  readonly element: string
  readonly display: DisplayText
  /** `never`: public by law, always shown. `allowed`: the holder chooses. */
  readonly sd: 'never' | 'allowed'
  /** Whether every licence of the type states it. */
  readonly mandatory: boolean
  readonly format: ClaimFormat
  /** Display texts of a `code` claim's values. */
  readonly codes?: Readonly<Record<string, DisplayText>>
  /** Of `glyphs`: the text claim whose characters they are, and with which alone they are disclosed. */
  readonly of?: string
  /** Longest value in UTF-8 bytes. */
  readonly maxBytes: number
  /** Names of the groups a matter may ask for. */
  readonly groups: readonly string[]
  /** Whether showing the licence discloses it unless the holder says otherwise. */
  readonly default: boolean
  /** Whether the office's paper code states it. */
  readonly paper: boolean
}

/** One version of a licence type. */
export interface TypeDefinition {
  /** `https://…/<type code>/<version>`. */
  readonly vct: string
  /** 21 characters. */
  readonly typeCode: string
  readonly version: number
  readonly name: DisplayText
  readonly description?: string
  readonly about: 'person' | 'organisation'
  /** Names of the claims that say who the holder is. */
  readonly holder: { readonly name: string; readonly code?: string }
  /** Hue of the card, degrees 0 to 359. */
  readonly hue: number
  /** How old status data may be, in seconds. */
  readonly freshness: FreshnessPolicy
  /** How old the trust data may be, in seconds; {@link DEFAULT_TRUST_FRESHNESS} where the document does not say. */
  readonly trustFreshness: FreshnessPolicy
  /** Whether an office may print a paper code of it. */
  readonly paper: boolean
  /** Whether each credential of it has to be shown with a receipt of the log; paper and copies never are. */
  readonly receiptRequired: boolean
  readonly claims: readonly ClaimDefinition[]
}

/**
 * Reads a type definition; unknown members are left alone, as type metadata asks. A definition that
 * is not whole, or that gives a name or key twice, is `type/format`.
 */
export function parseTypeDefinition(json: JsonValue): TypeDefinition {
  const document = objectIn(json)
  const extension = objectIn(document['onetrip'])
  const claims = arrayIn(document['claims']).map(parseClaim)
  const typeCode = textIn(extension['typeCode'])
  const version = integerIn(extension['version'], 1, 999)
  const vct = textIn(document['vct'])
  const isWhole = isTypeCode(typeCode) && isVersion(version) && claims.length > 0
  if (!isWhole || claims.length > MAX_CLAIMS) throw fault('type/format')
  if (!vct.endsWith(`/${typeCode}/${version}`)) throw fault('type/format')
  assertDistinct(claims.map((claim) => claim.name))
  assertDistinct(claims.map((claim) => claim.key))
  for (const claim of claims) assertPictures(claim, claims)
  const description = document['description']
  return {
    vct,
    typeCode,
    version,
    name: displayIn(document['display'], 'name'),
    ...(description === undefined ? {} : { description: textIn(description) }),
    about: oneOf(['person', 'organisation'], extension['about']),
    holder: parseHolder(objectIn(extension['holder']), claims),
    hue: integerIn(extension['hue'], 0, 359),
    freshness: parseFreshness(extension['freshness']),
    trustFreshness:
      extension['trustFreshness'] === undefined
        ? DEFAULT_TRUST_FRESHNESS
        : parseFreshness(extension['trustFreshness']),
    paper: flagIn(extension['paper']),
    receiptRequired: isReceiptRequired(extension['receipt']),
    claims,
  }
}

/** Whether a text may name a claim: 1 to 40 letters and digits, the first a small letter. */
export function isClaimName(text: string): boolean {
  return CLAIM_NAME.test(text)
}

function parseClaim(json: JsonValue): ClaimDefinition {
  const claim = objectIn(json)
  const extension = objectIn(claim['onetrip'])
  const path = arrayIn(claim['path'])
  const name = textIn(path[0])
  if (path.length !== 1 || !isClaimName(name)) throw fault('type/format')
  if (RESERVED_NAMES.has(name)) throw fault('type/format')
  const element = textIn(extension['element'])
  if (!/^(?:KZ_)?[A-Z][A-Z0-9]{1,29}$/.test(element)) throw fault('type/format')
  const format = oneOf(FORMATS, extension['format'])
  const codes = format === 'code' ? parseCodes(objectIn(extension['codes'])) : undefined
  const of = extension['of']
  const maxBytes = extension['maxBytes'] ?? DEFAULT_CLAIM_BYTES
  return {
    name,
    key: integerIn(extension['key'], FIRST_OWN_KEY, MAX_OWN_KEY),
    element,
    display: displayIn(claim['display'], 'label'),
    sd: oneOf(['never', 'allowed'], claim['sd']),
    mandatory: flagIn(claim['mandatory']),
    format,
    ...(codes === undefined ? {} : { codes }),
    ...(of === undefined ? {} : { of: textIn(of) }),
    maxBytes: integerIn(maxBytes, 1, MAX_CLAIM_BYTES),
    groups: arrayIn(extension['groups'] ?? []).map(textIn),
    default: flagIn(extension['default'] ?? false),
    paper: flagIn(extension['paper'] ?? false),
  }
}

/** Pictures belong to one text claim of the same standing, and are neither mandatory nor chosen by themselves. */
function assertPictures(picture: ClaimDefinition, claims: readonly ClaimDefinition[]): void {
  if ((picture.format === 'glyphs') !== (picture.of !== undefined)) throw fault('type/format')
  if (picture.of === undefined) return
  const text = claims.find((claim) => claim.name === picture.of)
  if (text?.format !== 'text' || text.sd !== picture.sd) throw fault('type/format')
  if (picture.mandatory || picture.default || picture.paper) throw fault('type/format')
  if (claims.filter((claim) => claim.of === picture.of).length > 1) throw fault('type/format')
}

function parseCodes(codes: JsonObject): Readonly<Record<string, DisplayText>> {
  const texts: Record<string, DisplayText> = Object.create(null)
  for (const [code, text] of Object.entries(codes)) {
    const display = objectIn(text)
    if (!/^[0-9A-Za-z]{1,16}$/.test(code)) throw fault('type/format')
    texts[code] = { 'zh-CN': textIn(display['zh-CN']), en: textIn(display['en']) }
  }
  return texts
}

function parseHolder(
  holder: JsonObject,
  claims: readonly ClaimDefinition[],
): TypeDefinition['holder'] {
  const names = new Set(claims.map((claim) => claim.name))
  const name = textIn(holder['name'])
  const code = holder['code'] === undefined ? undefined : textIn(holder['code'])
  if (!names.has(name) || (code !== undefined && !names.has(code))) throw fault('type/format')
  return code === undefined ? { name } : { name, code }
}

function parseFreshness(json: JsonValue | undefined): FreshnessPolicy {
  const policy = objectIn(json)
  const staleAfterSeconds = integerIn(policy['staleAfterSeconds'], 0, 31_622_400)
  const least = staleAfterSeconds
  const unusableAfterSeconds = integerIn(policy['unusableAfterSeconds'], least, 31_622_400)
  return { staleAfterSeconds, unusableAfterSeconds }
}

/** Without the member a receipt may be there or not. */
function isReceiptRequired(json: JsonValue | undefined): boolean {
  if (json !== undefined) oneOf(['required'], json)
  return json !== undefined
}

function displayIn(json: JsonValue | undefined, member: 'name' | 'label'): DisplayText {
  const entries = arrayIn(json).map(objectIn)
  const find = (locale: string): string =>
    textIn(entries.find((entry) => entry['locale'] === locale)?.[member])
  return { 'zh-CN': find('zh-CN'), en: find('en') }
}

function assertDistinct(values: readonly (string | number)[]): void {
  if (new Set(values).size !== values.length) throw fault('type/format')
}

function objectIn(json: JsonValue | undefined): JsonObject {
  if (!isObject(json)) throw fault('type/format')
  return json
}

function arrayIn(json: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(json)) throw fault('type/format')
  return json
}

function textIn(json: JsonValue | undefined): string {
  if (typeof json !== 'string' || json === '' || json.length > 500) throw fault('type/format')
  return json
}

function flagIn(json: JsonValue | undefined): boolean {
  if (typeof json !== 'boolean') throw fault('type/format')
  return json
}

function integerIn(json: JsonValue | undefined, least: number, most: number): number {
  if (typeof json !== 'number' || !Number.isInteger(json)) throw fault('type/format')
  if (json < least || json > most) throw fault('type/format')
  return json
}

function oneOf<Value extends string>(values: readonly Value[], json: JsonValue | undefined): Value {
  const found = values.find((value) => value === json)
  if (found === undefined) throw fault('type/format')
  return found
}

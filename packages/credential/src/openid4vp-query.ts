/**
 * DCQL, the Digital Credentials Query Language (OpenID4VP 1.0 §6): what is asked of which credentials. Members that are not
 * named here are ignored, as §6 has it; those that are have limits. A query of ours names its credentials after the materials
 * of the matter: `identity`, and `identity_2` for a second licence type that serves as it; of mdocs, whose query names one
 * document type, `identity_1_1` for version 1 where there are later ones.
 */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import { LICENCE_ELEMENT, RESERVED_NAMES } from './labels.ts'
import { isTypeCode } from './licence-identifier.ts'
import type { Want, WantOption } from './request-wants.ts'
import type { TypeDefinition } from './type-definition.ts'

/** `format` of an SD-JWT VC. */
export const SD_JWT_FORMAT = 'dc+sd-jwt'

/** `format` of an mdoc. */
export const MDOC_FORMAT = 'mso_mdoc'

/** A format in which licences are asked for. */
export type QueryFormat = typeof SD_JWT_FORMAT | typeof MDOC_FORMAT

/** All of them. */
export const QUERY_FORMATS: readonly QueryFormat[] = [SD_JWT_FORMAT, MDOC_FORMAT]

/** Most of what a query may hold, eight materials of four types among it; §6 names no limits. */
export const QUERY_LIMITS = {
  credentials: 32,
  vctValues: 32,
  claims: 64,
  pathSteps: 8,
  values: 32,
  claimSets: 16,
  sets: 8,
  setOptions: 8,
} as const

const MAX_TEXT = 512
/** §6.1: alphanumeric characters, `_` and `-`. */
const ID = /^[A-Za-z0-9_-]{1,64}$/
const NEXT_OPTION = '_'

/** One step of a claims path pointer (§7): a member, an element, or all elements. */
export type PathStep = string | number | null

/** A claim that is asked (§6.3). */
export interface QueryClaim {
  readonly id?: string
  /** At least one step. */
  readonly path: readonly PathStep[]
  /** One of these; left out, any. */
  readonly values?: readonly (string | number | boolean)[]
}

/** A credential that is asked (§6.1). */
export interface CredentialQuery {
  readonly id: string
  readonly format: string
  /** Types that serve as it, of an mdoc its document type; empty for another format. */
  readonly vctValues: readonly string[]
  /** Left out: nothing that can be left hidden. */
  readonly claims?: readonly QueryClaim[]
  /** Ids of claims, the dearest set first; left out, all claims. */
  readonly claimSets?: readonly (readonly string[])[]
  /** Whether only issuers of named authorities are taken; none of ours is under such a one. */
  readonly namesAuthorities: boolean
}

/** Credentials that serve together (§6.2). */
export interface CredentialSetQuery {
  /** Ids of credentials, the dearest option first. */
  readonly options: readonly (readonly string[])[]
  readonly required: boolean
}

/** A parsed query. */
export interface DcqlQuery {
  readonly credentials: readonly CredentialQuery[]
  /** Where the query names none, each credential is required by itself. */
  readonly sets: readonly CredentialSetQuery[]
}

/** Parses a query. Throws `request/format`. */
export function parseDcqlQuery(json: JsonValue | undefined): DcqlQuery {
  const query = objectOf(json)
  const credentials = listOf(query['credentials'], QUERY_LIMITS.credentials).map(parseCredential)
  assertEachOnce(credentials.map(({ id }) => id))
  const { credential_sets: sets } = query
  if (sets === undefined) {
    return {
      credentials,
      sets: credentials.map(({ id }) => ({ options: [[id]], required: true })),
    }
  }
  const known = new Set(credentials.map(({ id }) => id))
  const parsed = listOf(sets, QUERY_LIMITS.sets).map(parseSet)
  const ids = parsed.flatMap(({ options }) => options.flat())
  if (!ids.every((id) => known.has(id))) throw fault('request/format')
  return { credentials, sets: parsed }
}

/**
 * The query for an office's wants; `types` are all versions of all definitions. Where a licence need not state a claim that is
 * asked, it serves without that claim too. Of mdocs each version of a type is a credential by itself, as a query names one document
 * type: as many as {@link QUERY_LIMITS} let be, the newest always.
 */
export function queryOfWants(
  wants: readonly Want[],
  types: readonly TypeDefinition[],
  format: QueryFormat = SD_JWT_FORMAT,
): JsonObject {
  const most = Math.min(
    QUERY_LIMITS.setOptions,
    Math.floor(QUERY_LIMITS.credentials / Math.max(wants.length, 1)),
  )
  const asked = wants.map(({ material, required, options }) => ({
    required,
    credentials: options.flatMap((option, at) => {
      const id = queryId(material, at)
      if (format !== MDOC_FORMAT) return [credentialOf(id, option, types)]
      return mdocsOf(id, option, { types, most: Math.floor(most / options.length) })
    }),
  }))
  return {
    credentials: asked.flatMap(({ credentials }) => credentials),
    credential_sets: asked.map(({ required, credentials }) => ({
      options: credentials.map(({ id }) => [id]),
      required,
    })),
  }
}

/** Ids of the credentials in the query for an office's wants, as SD-JWT VCs. */
export function queryIdsOf(wants: readonly Want[]): readonly string[] {
  return wants.flatMap(({ material, options }) => options.map((_, at) => queryId(material, at)))
}

/** The material that a credential of a query of ours is asked as. */
export function materialOfQuery(id: string): string {
  return id.split(NEXT_OPTION, 1)[0] ?? id
}

/**
 * Everything that a query asks, as wants: what one credential of several serves as is one want. A type that `types` do not
 * know, and another format, stand by their own names.
 */
export function wantsOfQuery(query: DcqlQuery, types: readonly TypeDefinition[]): readonly Want[] {
  return query.sets.flatMap(({ options, required }) => {
    const isAlternative = options.every((ids) => ids.length === 1)
    const groups = isAlternative ? [options.flat()] : [...new Set(options.flat())].map((id) => [id])
    return groups.map((ids) => wantOf({ ids, required, query, types }))
  })
}

/** One want for credentials of which any one serves. */
export function wantOf(options: {
  readonly ids: readonly string[]
  readonly required: boolean
  readonly query: DcqlQuery
  readonly types: readonly TypeDefinition[]
}): Want {
  const { ids, required, query, types } = options
  const credentials = query.credentials.filter(({ id }) => ids.includes(id))
  return {
    material: materialOfQuery(ids[0] ?? ''),
    required,
    options: eachTypeOnce(credentials.flatMap((credential) => optionsOf(credential, types))),
  }
}

/** Names of the licence's own claims that claims of a query reach into, ascending. */
export function namesAsked(claims: readonly QueryClaim[]): readonly string[] {
  const names = claims.flatMap(({ path: [first] }) => (typeof first === 'string' ? [first] : []))
  return [...new Set(names)].filter((name) => !RESERVED_NAMES.has(name)).sort()
}

/** Two credentials of one type, of versions of it among others, ask what either asks. */
function eachTypeOnce(options: readonly WantOption[]): readonly WantOption[] {
  return [...new Set(options.map(({ type }) => type))].map((type) => {
    const claims = options.filter((option) => option.type === type).flatMap((each) => each.claims)
    return { type, claims: [...new Set(claims)].sort() }
  })
}

function optionsOf(
  { format, vctValues, claims = [] }: CredentialQuery,
  types: readonly TypeDefinition[],
): readonly WantOption[] {
  if (format === MDOC_FORMAT) return mdocOptionsOf(vctValues, claims, types)
  if (format !== SD_JWT_FORMAT) return [{ type: format, claims: namesAsked(claims) }]
  const codes = vctValues.map((vct) => types.find((type) => type.vct === vct)?.typeCode ?? vct)
  return [...new Set(codes)].map((type) => ({ type, claims: namesAsked(claims) }))
}

/** What is public by law has to be asked for in an mdoc, where it could be hidden: it asks for no more than the type shows anyway. */
function mdocOptionsOf(
  docTypes: readonly string[],
  claims: readonly QueryClaim[],
  types: readonly TypeDefinition[],
): readonly WantOption[] {
  const elements = claims.map((claim) => ({ ...claim, path: claim.path.slice(1) }))
  return docTypes.map((docType) => {
    const type = types.find(({ vct }) => vct === docType)
    const shown = type?.claims.filter(({ sd }) => sd === 'never').map(({ name }) => name) ?? []
    const names = namesAsked(elements).filter((name) => !shown.includes(name))
    return { type: type?.typeCode ?? docType, claims: names }
  })
}

function queryId(material: string, at: number): string {
  return at === 0 ? material : `${material}${NEXT_OPTION}${at + 1}`
}

interface AskedCredential extends JsonObject {
  readonly id: string
}

function credentialOf(
  id: string,
  { type, claims }: WantOption,
  types: readonly TypeDefinition[],
): AskedCredential {
  const versions = versionsOf(type, types)
  const always = claims.filter((asked) =>
    versions.every((version) =>
      version.claims.some(({ name, mandatory }) => name === asked && mandatory),
    ),
  )
  const hasSets = always.length > 0 && always.length < claims.length
  return {
    id,
    format: SD_JWT_FORMAT,
    meta: { vct_values: versions.map(({ vct }) => vct) },
    ...(claims.length === 0 ? {} : { claims: claims.map((name) => ({ id: name, path: [name] })) }),
    ...(hasSets ? { claim_sets: [claims, always] } : {}),
  }
}

function mdocsOf(
  id: string,
  { type, claims }: WantOption,
  of: { readonly types: readonly TypeDefinition[]; readonly most: number },
): readonly AskedCredential[] {
  return [...versionsOf(type, of.types)]
    .sort((one, other) => other.version - one.version)
    .slice(0, of.most)
    .map((version, at) => {
      const versionId = id.includes(NEXT_OPTION) ? id : `${id}${NEXT_OPTION}1`
      return mdocOf(at === 0 ? id : `${versionId}${NEXT_OPTION}${version.version}`, claims, version)
    })
}

/** What a version does not have cannot be asked of it. */
function mdocOf(id: string, asked: readonly string[], version: TypeDefinition): AskedCredential {
  const { vct } = version
  const shown = version.claims.filter(({ sd, mandatory }) => sd === 'never' && mandatory)
  const optional = version.claims.filter(({ mandatory }) => !mandatory).map(({ name }) => name)
  const claims = asked.filter((claim) => version.claims.some(({ name }) => name === claim))
  const names = [...new Set([LICENCE_ELEMENT, ...shown.map(({ name }) => name), ...claims])]
  const always = names.filter((name) => !optional.includes(name))
  return {
    id,
    format: MDOC_FORMAT,
    meta: { doctype_value: vct },
    claims: names.map((name) => ({ id: name, path: [vct, name] })),
    ...(always.length < names.length ? { claim_sets: [names, always] } : {}),
  }
}

function versionsOf(
  type: string,
  types: readonly TypeDefinition[],
): readonly [TypeDefinition, ...TypeDefinition[]] {
  const [first, ...others] = types.filter(({ typeCode }) => typeCode === type)
  if (!isTypeCode(type) || first === undefined) {
    throw new TypeError('a query asks for a known type')
  }
  return [first, ...others]
}

function typesIn(format: string, meta: JsonObject): readonly string[] {
  if (format === MDOC_FORMAT) return [textOf(meta['doctype_value'])]
  if (format !== SD_JWT_FORMAT) return []
  return listOf(meta['vct_values'], QUERY_LIMITS.vctValues).map(textOf)
}

function parseCredential(json: JsonValue): CredentialQuery {
  const credential = objectOf(json)
  const meta = objectOf(credential['meta'])
  const format = textOf(credential['format'])
  const { claims, claim_sets: claimSets } = credential
  const parsed =
    claims === undefined ? undefined : listOf(claims, QUERY_LIMITS.claims).map(parseClaim)
  const ids = parsed?.flatMap(({ id }) => id ?? []) ?? []
  assertEachOnce(ids)
  const sets =
    claimSets === undefined
      ? undefined
      : listOf(claimSets, QUERY_LIMITS.claimSets).map((set) => idsOf(set, QUERY_LIMITS.claims))
  // §6.3: with claim sets every claim has an id; a set names claims of this credential.
  const isWhole = sets === undefined || ids.length === parsed?.length
  if (!isWhole || sets?.flat().every((id) => ids.includes(id)) === false) {
    throw fault('request/format')
  }
  return {
    id: idOf(credential['id']),
    format,
    vctValues: typesIn(format, meta),
    ...(parsed === undefined ? {} : { claims: parsed }),
    ...(sets === undefined ? {} : { claimSets: sets }),
    namesAuthorities: credential['trusted_authorities'] !== undefined,
  }
}

function parseClaim(json: JsonValue): QueryClaim {
  const { id, path, values } = objectOf(json)
  return {
    ...(id === undefined ? {} : { id: idOf(id) }),
    path: listOf(path, QUERY_LIMITS.pathSteps).map(stepOf),
    ...(values === undefined
      ? {}
      : { values: listOf(values, QUERY_LIMITS.values).map(plainValueOf) }),
  }
}

function parseSet(json: JsonValue): CredentialSetQuery {
  const { options, required = true } = objectOf(json)
  if (typeof required !== 'boolean') throw fault('request/format')
  const parsed = listOf(options, QUERY_LIMITS.setOptions).map((ids) =>
    idsOf(ids, QUERY_LIMITS.credentials),
  )
  return { options: parsed, required }
}

function idsOf(json: JsonValue, most: number): readonly string[] {
  const ids = listOf(json, most).map(idOf)
  assertEachOnce(ids)
  return ids
}

function idOf(json: JsonValue | undefined): string {
  if (typeof json !== 'string' || !ID.test(json)) throw fault('request/format')
  return json
}

function stepOf(json: JsonValue): PathStep {
  if (json === null) return null
  if (typeof json === 'number' && Number.isInteger(json) && json >= 0) return json
  return textOf(json)
}

function plainValueOf(json: JsonValue): string | number | boolean {
  const isPlain = typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean'
  if (!isPlain) throw fault('request/format')
  return json
}

function textOf(json: JsonValue | undefined): string {
  const isText = typeof json === 'string' && json !== '' && json.length <= MAX_TEXT
  if (!isText) throw fault('request/format')
  return json
}

function listOf(json: JsonValue | undefined, most: number): readonly JsonValue[] {
  if (!Array.isArray(json) || json.length === 0 || json.length > most) throw fault('request/format')
  return json
}

function objectOf(json: JsonValue | undefined): JsonObject {
  if (!isObject(json)) throw fault('request/format')
  return json
}

function assertEachOnce(texts: readonly string[]): void {
  if (new Set(texts).size !== texts.length) throw fault('request/format')
}

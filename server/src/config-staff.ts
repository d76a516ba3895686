/** Variables of the identity provider with which members of staff sign in. */
import { isObject, parseJson } from '@onetrip/codec'
import * as v from 'valibot'
import { ISSUER, isConfidential, SCOPE, TEXT } from './config-values.ts'
import type { ProviderConfig } from './openid-connect/provider-client.ts'

/** A private key of P-256 as JWK text. */
const CLIENT_KEY: v.GenericSchema<string, JsonWebKey> = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): JsonWebKey => {
    const key = privateKeyIn(dataset.value)
    if (key !== undefined) return key
    addIssue({ message: 'must be a private JWK of P-256' })
    return NEVER
  }),
)

/** The variables, each by itself. */
export const STAFF_VARIABLES: {
  readonly ONETRIP_STAFF_ISSUER: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
  readonly ONETRIP_STAFF_CLIENT_ID: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
  readonly ONETRIP_STAFF_CLIENT_SECRET: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
  readonly ONETRIP_STAFF_CLIENT_KEY: v.OptionalSchema<
    v.GenericSchema<string, JsonWebKey>,
    undefined
  >
  readonly ONETRIP_STAFF_SCOPE: v.OptionalSchema<v.GenericSchema<string, string>, 'openid'>
  readonly ONETRIP_STAFF_PERSON_CLAIM: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
} = {
  ONETRIP_STAFF_ISSUER: v.optional(ISSUER),
  ONETRIP_STAFF_CLIENT_ID: v.optional(TEXT),
  ONETRIP_STAFF_CLIENT_SECRET: v.optional(TEXT),
  ONETRIP_STAFF_CLIENT_KEY: v.optional(CLIENT_KEY),
  ONETRIP_STAFF_SCOPE: v.optional(SCOPE, 'openid'),
  ONETRIP_STAFF_PERSON_CLAIM: v.optional(TEXT),
}

/** Those that are secrets, and may stand in a file. */
export const STAFF_SECRETS = ['ONETRIP_STAFF_CLIENT_SECRET', 'ONETRIP_STAFF_CLIENT_KEY'] as const

/** The provider of staff. */
export interface StaffProviderConfig extends ProviderConfig {
  /** Claim that says of a member what the provider of citizens says of holders. */
  readonly personClaim?: string
}

interface StaffVariables {
  readonly ONETRIP_MODE: 'demo' | 'production'
  readonly ONETRIP_STAFF_ISSUER?: string | undefined
  readonly ONETRIP_STAFF_CLIENT_ID?: string | undefined
  readonly ONETRIP_STAFF_CLIENT_SECRET?: string | undefined
  readonly ONETRIP_STAFF_CLIENT_KEY?: JsonWebKey | undefined
  readonly ONETRIP_STAFF_SCOPE: string
  readonly ONETRIP_STAFF_PERSON_CLAIM?: string | undefined
}

/** What is wrong with them together. */
export function staffFaults(variables: StaffVariables): readonly string[] {
  const issuer = variables.ONETRIP_STAFF_ISSUER
  const { ONETRIP_STAFF_CLIENT_ID: id, ONETRIP_STAFF_CLIENT_SECRET: secret } = variables
  const key = variables.ONETRIP_STAFF_CLIENT_KEY
  const isAny = [issuer, id, secret, key, variables.ONETRIP_STAFF_PERSON_CLAIM].some(
    (value) => value !== undefined,
  )
  return [
    ...(isAny && issuer === undefined ? ['ONETRIP_STAFF_ISSUER is required for staff'] : []),
    ...(isAny && id === undefined ? ['ONETRIP_STAFF_CLIENT_ID is required for staff'] : []),
    ...(secret !== undefined && key !== undefined
      ? ['ONETRIP_STAFF_CLIENT_SECRET and ONETRIP_STAFF_CLIENT_KEY are both set']
      : []),
    ...(issuer !== undefined && !isConfidential(new URL(issuer), variables.ONETRIP_MODE)
      ? ['ONETRIP_STAFF_ISSUER must be an https address']
      : []),
  ]
}

/** The provider; undefined where none is named. */
export function staffProviderOf(variables: StaffVariables): StaffProviderConfig | undefined {
  const { ONETRIP_STAFF_ISSUER: issuer, ONETRIP_STAFF_CLIENT_ID: clientId } = variables
  if (issuer === undefined || clientId === undefined) return undefined
  const { ONETRIP_STAFF_PERSON_CLAIM: personClaim } = variables
  const { ONETRIP_STAFF_CLIENT_SECRET: clientSecret, ONETRIP_STAFF_CLIENT_KEY: clientKey } =
    variables
  return {
    issuer,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(clientKey === undefined ? {} : { clientKey }),
    scope: variables.ONETRIP_STAFF_SCOPE,
    ...(personClaim === undefined ? {} : { personClaim }),
  }
}

function privateKeyIn(text: string): JsonWebKey | undefined {
  try {
    const jwk = parseJson(text)
    if (!isObject(jwk)) return undefined
    const { kty, crv, x, y, d } = jwk
    if (kty !== 'EC' || crv !== 'P-256') return undefined
    if (typeof x !== 'string' || typeof y !== 'string' || typeof d !== 'string') return undefined
    return { kty, crv, x, y, d }
  } catch {
    return undefined
  }
}

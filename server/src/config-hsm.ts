/** Variables of an HSM that holds keys (PKCS#11). */
import { isAbsolute } from 'node:path'
import * as v from 'valibot'
import { TEXT } from './config-values.ts'
import type { HsmPlace } from './hsm/hsm-messages.ts'

/** Which keys may be in an HSM: those that sign licences, seals, status lists, or for offices. */
export const HSM_KEY_KINDS = ['licence', 'seal', 'status', 'office'] as const

/** One of {@link HSM_KEY_KINDS}. */
export type HsmKeyKind = (typeof HSM_KEY_KINDS)[number]

/** Where an HSM is, and which new keys are made in it. */
export interface HsmConfig extends HsmPlace {
  readonly kinds: readonly HsmKeyKind[]
}

const KINDS: v.GenericSchema<string, readonly HsmKeyKind[]> = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((kind) => kind.trim())),
  v.array(v.picklist(HSM_KEY_KINDS, `must be some of ${HSM_KEY_KINDS.join(', ')}`)),
)

const MODULE: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.check(isAbsolute, 'must be an absolute path'),
)

/** The variables, each by itself. */
export const HSM_VARIABLES: {
  readonly ONETRIP_PKCS11_MODULE: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
  readonly ONETRIP_PKCS11_TOKEN: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
  readonly ONETRIP_PKCS11_PIN: v.OptionalSchema<v.GenericSchema<string, string>, undefined>
  readonly ONETRIP_PKCS11_KEYS: v.OptionalSchema<
    v.GenericSchema<string, readonly HsmKeyKind[]>,
    'licence,seal'
  >
} = {
  ONETRIP_PKCS11_MODULE: v.optional(MODULE),
  ONETRIP_PKCS11_TOKEN: v.optional(TEXT),
  ONETRIP_PKCS11_PIN: v.optional(TEXT),
  ONETRIP_PKCS11_KEYS: v.optional(KINDS, 'licence,seal'),
}

interface HsmVariables {
  readonly ONETRIP_PKCS11_MODULE?: string | undefined
  readonly ONETRIP_PKCS11_TOKEN?: string | undefined
  readonly ONETRIP_PKCS11_PIN?: string | undefined
  readonly ONETRIP_PKCS11_KEYS: readonly HsmKeyKind[]
}

const NEEDED = ['ONETRIP_PKCS11_MODULE', 'ONETRIP_PKCS11_TOKEN', 'ONETRIP_PKCS11_PIN'] as const

/** What is wrong with them together: all of them are there, or none. */
export function hsmFaults(variables: HsmVariables): readonly string[] {
  const missing = NEEDED.filter((name) => variables[name] === undefined)
  if (missing.length === NEEDED.length) return []
  return missing.map((name) => `${name} is required for an HSM`)
}

/** The HSM; undefined where none is named. */
export function hsmOf(variables: HsmVariables): HsmConfig | undefined {
  const { ONETRIP_PKCS11_MODULE: module, ONETRIP_PKCS11_TOKEN: tokenLabel } = variables
  const { ONETRIP_PKCS11_PIN: pin, ONETRIP_PKCS11_KEYS: kinds } = variables
  if (module === undefined || tokenLabel === undefined || pin === undefined) return undefined
  return { module, tokenLabel, pin, kinds }
}

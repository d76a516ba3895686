/** What was shown, as the opener reads it: each material with the facts of the licence, by names of claims. */
import { fault, type JsonObject } from '@onetrip/codec'
import type { AnswerVerdict, LicenceVerdict, MaterialVerdict } from '@onetrip/verifier'
import { hashSecret } from '../actors/api-keys.ts'
import type { Actor } from '../rights/actor.ts'
import { assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { VerificationTable } from '../storage/verification-schema.ts'
import { openContent, openResult } from './verification-content.ts'
import { ownRow } from './verification-rows.ts'

/** The verdict as it is kept and told; what nobody asked is counted only. */
export function resultOf({ outcome, reason, materials, unasked }: AnswerVerdict): JsonObject {
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    materials: materials.map(materialOf),
    unasked: unasked.length,
  }
}

/**
 * A verification for its opener. What came back to the person's own browser is told with {@link readResult} alone. Throws
 * `auth/forbidden`, `request/not-found`.
 */
export async function readVerification(
  services: Services,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<JsonObject> {
  assertAllowed(actor, 'ask')
  const row = await ownRow(services, actor, id)
  const { redirectUri } = openContent(services, row)
  return describe(services, row, redirectUri === undefined)
}

/** A verification with what was shown, for whoever has the response code. Throws also `request/response-code`. */
export async function readResult(
  services: Services,
  of: { readonly actor: Actor; readonly id: string; readonly responseCode: string },
): Promise<JsonObject> {
  assertAllowed(of.actor, 'ask')
  const row = await ownRow(services, of.actor, of.id)
  if (row.response_code_hash !== hashSecret(of.responseCode)) throw fault('request/response-code')
  return describe(services, row, true)
}

/** How a verification stands. */
export function stateOf(
  { now }: Pick<Services, 'now'>,
  { state, expires_at: expiresAt }: Pick<VerificationTable, 'state' | 'expires_at'>,
): VerificationTable['state'] | 'expired' {
  return state === 'open' && expiresAt <= now() ? 'expired' : state
}

function describe(services: Services, row: VerificationTable, tellsResult: boolean): JsonObject {
  const { id, result } = row
  return {
    id,
    office: row.office_id,
    matter: row.matter,
    purpose: openContent(services, row).purpose,
    state: stateOf(services, row),
    expiresAt: row.expires_at,
    forgetAt: row.forget_at,
    ...(result === null || !tellsResult ? {} : { result: openResult(services, { id, result }) }),
  }
}

function materialOf(verdict: MaterialVerdict): JsonObject {
  const { material, required, outcome, reason, missing, licence } = verdict
  return {
    material: material.code,
    required,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    missing,
    ...(licence === undefined ? {} : { licence: licenceOf(licence) }),
  }
}

function licenceOf(licence: LicenceVerdict): JsonObject {
  const { validTo } = licence
  return {
    type: licence.typeCode,
    typeVersion: licence.typeVersion,
    issuer: licence.issuer.id,
    serial: licence.serial,
    version: licence.version,
    validFrom: licence.validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    claims: Object.fromEntries(licence.claims.map(({ name, value }) => [name, value])),
  }
}

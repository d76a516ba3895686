/** Metadata of the one credential issuer, the API origin (OpenID4VCI 1.0 §12.2; RFC 8414). */
import { type JsonObject, parseJson, publicKeyToJwk, signJws } from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import type { Config } from '../config.ts'
import { DPOP_ALGORITHMS } from '../oauth/dpop.ts'
import { AUTHORIZATION_CODE_GRANT } from '../oauth/redeem-authorization.ts'
import { configurationId, PRE_AUTHORIZED_GRANT } from '../offers/make-offer.ts'
import type { Services } from '../services.ts'
import { MAX_COPIES } from './bind-copies.ts'
import { encryptionMetadata } from './encryption.ts'

const PROOF_ALGORITHMS = ['Ed25519', 'ES256'] as const
/** COSE -19, Ed25519 (RFC 9864). */
const COSE_ED25519 = -19
/** COSE -7, ES256: the number in mdocs. */
const COSE_ES256 = -7

/** `/.well-known/openid-credential-issuer`. */
export async function credentialIssuerMetadata(services: Services): Promise<JsonObject> {
  const { apiOrigin } = services.config
  const rows = await services.storage
    .selectFrom('licence_type')
    .select('document')
    .orderBy('type_code')
    .orderBy('version')
    .execute()
  const configurations: Record<string, JsonObject> = {}
  for (const row of rows) {
    // Later versions replace earlier ones: what is issued is the newest.
    const type = parseTypeDefinition(parseJson(row.document))
    const shared = sharedMembers(services.config, type)
    configurations[configurationId(type.typeCode, 'sd-jwt')] = {
      ...jwtConfiguration(type),
      ...shared,
    }
    configurations[configurationId(type.typeCode, 'sd-cwt')] = {
      ...cwtConfiguration(type),
      ...shared,
    }
    configurations[configurationId(type.typeCode, 'mdoc')] = {
      ...mdocConfiguration(type),
      ...shared,
      ...mdocMembers(type),
    }
  }
  return {
    credential_issuer: apiOrigin,
    credential_endpoint: `${apiOrigin}/openid/credential`,
    nonce_endpoint: `${apiOrigin}/openid/nonce`,
    deferred_credential_endpoint: `${apiOrigin}/openid/deferred`,
    notification_endpoint: `${apiOrigin}/openid/notification`,
    batch_credential_issuance: { batch_size: MAX_COPIES },
    ...encryptionMetadata(services),
    display: [
      { name: '一次办', locale: 'zh-CN' },
      { name: 'OneTrip', locale: 'en' },
    ],
    credential_configurations_supported: configurations,
  }
}

/**
 * The same, signed (§12.2.3): by a key of this server's that stands in the header, so it says that the metadata are whole, and no
 * more of whose they are than the address does.
 */
export async function signedIssuerMetadata(services: Services): Promise<string> {
  const signer = services.keys.ensureSigner('openid-metadata', 'ES256')
  const { apiOrigin } = services.config
  return signJws({
    header: { typ: 'openidvci-issuer-metadata+jwt', jwk: publicKeyToJwk(signer.publicKey) },
    payload: {
      ...(await credentialIssuerMetadata(services)),
      iss: apiOrigin,
      sub: apiOrigin,
      iat: services.now(),
    },
    signer,
  })
}

/** `/.well-known/oauth-authorization-server`. */
export function authorizationServerMetadata(config: Config): JsonObject {
  return {
    issuer: config.apiOrigin,
    token_endpoint: `${config.apiOrigin}/openid/token`,
    token_endpoint_auth_methods_supported: ['none'],
    authorization_endpoint: `${config.apiOrigin}/openid/authorize`,
    pushed_authorization_request_endpoint: `${config.apiOrigin}/openid/par`,
    require_pushed_authorization_requests: true,
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    grant_types_supported: [AUTHORIZATION_CODE_GRANT, PRE_AUTHORIZED_GRANT],
    response_types_supported: ['code'],
    'pre-authorized_grant_anonymous_access_supported': true,
  }
}

function jwtConfiguration(type: TypeDefinition): JsonObject {
  return {
    format: 'dc+sd-jwt',
    vct: type.vct,
    credential_signing_alg_values_supported: ['ES256'],
  }
}

function cwtConfiguration(type: TypeDefinition): JsonObject {
  return {
    format: 'dc+sd-cwt',
    vct: type.typeCode,
    credential_signing_alg_values_supported: [COSE_ED25519],
  }
}

/** §A.2.2; document type and namespace are alike. */
function mdocConfiguration(type: TypeDefinition): JsonObject {
  return {
    format: 'mso_mdoc',
    doctype: type.vct,
    credential_signing_alg_values_supported: [COSE_ES256],
  }
}

/** What an mdoc says otherwise: how keys are named, and paths with the namespace (§C.2). */
function mdocMembers(type: TypeDefinition): JsonObject {
  return {
    cryptographic_binding_methods_supported: ['cose_key'],
    credential_metadata: {
      display: localised(type.name),
      claims: claimsUnder([type.vct], type),
    },
  }
}

function claimsUnder(path: readonly string[], type: TypeDefinition): JsonObject[] {
  return type.claims.map((claim) => ({
    path: [...path, claim.name],
    mandatory: claim.mandatory,
    display: localised(claim.display),
  }))
}

function sharedMembers({ keyAttesters }: Config, type: TypeDefinition): JsonObject {
  const algorithms = { proof_signing_alg_values_supported: PROOF_ALGORITHMS }
  return {
    scope: type.typeCode,
    cryptographic_binding_methods_supported: ['jwk'],
    proof_types_supported: {
      jwt: algorithms,
      ...(keyAttesters.length === 0 ? {} : { attestation: algorithms }),
    },
    credential_metadata: {
      display: localised(type.name),
      claims: claimsUnder([], type),
    },
  }
}

function localised(text: { readonly 'zh-CN': string; readonly en: string }): JsonObject[] {
  return [
    { name: text['zh-CN'], locale: 'zh-CN' },
    { name: text.en, locale: 'en' },
  ]
}

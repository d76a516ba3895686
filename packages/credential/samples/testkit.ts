/** Sample keys and credentials for the tests of this package, made by the code under test. */
import { generateKeyPairSync, hash } from 'node:crypto'
import {
  type Algorithm,
  Fault,
  type JsonObject,
  parseJson,
  type Random,
  type Signer,
  signerFromPrivateJwk,
  utf8Encode,
} from '@onetrip/codec'
import { type Json, licenceTypes, type SampleLicence } from '@onetrip/fixtures'
import type { LicenceFacts } from '../src/licence-claims.ts'
import { assembleSdCwt, buildSdCwt, type SdCwtInput } from '../src/sd-cwt-issue.ts'
import { assembleSdJwt, buildSdJwt, type SdJwtInput } from '../src/sd-jwt-issue.ts'
import { parseTypeDefinition, type TypeDefinition } from '../src/type-definition.ts'

/** 2026-11-23 09:10 in Shanghai. */
export const NOW: number = Date.parse('2026-11-23T09:10:00+08:00') / 1000

/** A fresh key of the algorithm. */
export function newSigner(algorithm: Algorithm): Signer {
  return signerFromPrivateJwk(newPrivateJwk(algorithm))
}

/** A fresh private JWK. */
export function newPrivateJwk(algorithm: Algorithm): JsonObject {
  const pair =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = parseJson(JSON.stringify(pair.privateKey.export({ format: 'jwk' })))
  if (jwk === null || typeof jwk !== 'object' || Array.isArray(jwk)) throw new TypeError('no JWK')
  return jwk as JsonObject
}

/** Bytes that look random and are the same in every run. */
export function seededRandom(seed: string): Random {
  let calls = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let start = 0; start < length; start += 32) {
      const block = hash('sha256', `${seed}/${calls}/${start}`, 'buffer')
      bytes.set(block.subarray(0, Math.min(32, length - start)), start)
    }
    calls++
    return bytes
  }
}

/** The definition of a sample licence's type. */
export function typeOf(sample: Pick<SampleLicence, 'typeCode'>): TypeDefinition {
  const types = licenceTypes.map((json: Json) => parseTypeDefinition(json))
  const type = types.find(({ typeCode }) => typeCode === sample.typeCode)
  if (type === undefined) throw new TypeError('no such sample type')
  return type
}

/** Issuer's and holder's keys, one pair per securing. */
export interface TestKeys {
  readonly issuer: Signer
  readonly holder: Signer
}

/** Fresh keys: an issuer's of the algorithm, a holder's of the same or another. */
export function newKeys(algorithm: Algorithm, holder: Algorithm = algorithm): TestKeys {
  return { issuer: newSigner(algorithm), holder: newSigner(holder) }
}

/** What both builders take, for a sample licence. */
export function issueInput(sample: SampleLicence, keys: TestKeys): SdCwtInput & SdJwtInput {
  const facts: LicenceFacts = sample.facts
  return {
    type: typeOf(sample),
    facts,
    issuer: sample.agencyId,
    issuerUrl: 'https://api.onetrip.example/agencies/market',
    holderKey: keys.holder.publicKey,
    status: { uri: 'https://s.onetrip.example/s/1', index: 4711 },
    issuedAt: NOW,
    expiresAt: NOW + 300 * 86_400,
    random: seededRandom(sample.facts.serial),
    kid: keys.issuer.publicKey.kid,
    algorithm: keys.issuer.publicKey.algorithm,
  }
}

/** An issued SD-CWT. */
export async function issueSdCwt(input: SdCwtInput, issuer: Signer): Promise<Uint8Array> {
  const draft = buildSdCwt(input)
  return assembleSdCwt(draft, await issuer.sign(draft.toBeSigned))
}

/** An issued SD-JWT VC. */
export async function issueSdJwt(input: SdJwtInput, issuer: Signer): Promise<string> {
  const draft = buildSdJwt(input)
  return assembleSdJwt(draft, await issuer.sign(utf8Encode(draft.signingInput)))
}

/** The code of what a function throws; `none` when it does not throw. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'none'
}

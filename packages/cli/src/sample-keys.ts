/** Public keys among the artefacts, as JWK files. */
import { type PublicKey, publicKeyToJwk, toBase64url } from '@onetrip/codec'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import type { Trust } from '@onetrip/trust'
import type { SampleCounter } from './sample-counter.ts'
import type { SampleHolding } from './sample-wallet.ts'

type KeyFiles = Readonly<Record<string, string>>

/** The issuer's and the holder's public keys, for libraries that know nothing of our trust data. */
export function publicKeys(trust: Trust, holding: SampleHolding): KeyFiles {
  const keys: Record<string, string> = {
    'holder-sdcwt.jwk': jwkFile(holding.sdCwt.signer.publicKey),
    'holder-sdjwt.jwk': jwkFile(holding.sdJwt.signer.publicKey),
  }
  for (const { key, use } of trust.agencyById(foodLicenceOfSample.agencyId)?.keys ?? []) {
    const securing = key.algorithm === 'Ed25519' ? 'cbor' : 'jws'
    keys[`${use === 'issue' ? 'issuer' : 'status'}-${securing}.jwk`] = jwkFile(key)
  }
  return keys
}

/** Public keys of who delegates, and of the delegate. */
export function delegateKeys(lent: SampleHolding, delegate: SampleHolding): KeyFiles {
  return {
    'principal.jwk': jwkFile(lent.sdCwt.signer.publicKey),
    'delegate.jwk': jwkFile(delegate.sdCwt.signer.publicKey),
  }
}

/** Public keys of the counter, and of the office that certified it. */
export function askingKeys(trust: Trust, office: string, { signer }: SampleCounter): KeyFiles {
  const enrol = trust.office(office)?.keys.find(({ use }) => use === 'enrol')
  if (enrol === undefined) throw new TypeError('the office certifies nobody')
  return { 'counter.jwk': jwkFile(signer.publicKey), 'office.jwk': jwkFile(enrol.key) }
}

function jwkFile(key: PublicKey): string {
  return `${JSON.stringify({ ...publicKeyToJwk(key), kid: toBase64url(key.kid) }, null, 2)}\n`
}

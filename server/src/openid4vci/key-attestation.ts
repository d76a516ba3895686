/**
 * Key attestations (OpenID4VCI 1.0, appendix D): a wallet's maker says of keys where they are kept. They count under a key that
 * the configuration names; where it names none their form is checked and nothing follows from them.
 */
import {
  decodeJws,
  fault,
  isObject,
  type JsonValue,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  samePublicKey,
  verifyJws,
} from '@onetrip/codec'
import { MAX_COPIES } from './bind-copies.ts'

/** Its `typ`; the second stood in drafts, and libraries still write it. */
const TYPES: readonly unknown[] = ['key-attestation+jwt', 'keyattestation+jwt']
const MAX_CHARACTERS = 16_384
const CLOCK_TOLERANCE_SECONDS = 3600

/** What an attestation says. */
export interface KeyAttestation {
  readonly keys: readonly PublicKey[]
  /** Of this server's, where one is in it. */
  readonly nonce?: string
  /** Whether an attester of the configuration signed it. */
  readonly isVouched: boolean
}

/** Reads an attestation at `now`; throws `openid/proof` (its form, its time, or an attester that is not one of `attesters`) and codes of parsing. */
export async function verifyKeyAttestation(options: {
  readonly attestation: string
  /** None: nothing is verified but the form. */
  readonly attesters: readonly PublicKey[]
  readonly now: number
}): Promise<KeyAttestation> {
  const { attestation, attesters, now } = options
  const jws = decodeJws(attestation, { maxCharacters: MAX_CHARACTERS })
  if (!TYPES.includes(jws.header['typ'])) throw fault('openid/proof')
  const claims = parseJson(jws.payload)
  if (!isObject(claims)) throw fault('openid/proof')
  const { iat, exp, nonce } = claims
  const isIssued = typeof iat === 'number' && iat <= now + CLOCK_TOLERANCE_SECONDS
  if (!isIssued || !(exp === undefined || (typeof exp === 'number' && exp > now))) {
    throw fault('openid/proof')
  }
  const keys = attestedKeys(claims['attested_keys'])
  const isVouched = attesters.length > 0
  if (isVouched) await assertSignedByOne(jws, attesters)
  return { keys, isVouched, ...(typeof nonce === 'string' ? { nonce } : {}) }
}

async function assertSignedByOne(
  jws: ReturnType<typeof decodeJws>,
  attesters: readonly PublicKey[],
): Promise<void> {
  for (const key of attesters) {
    const isSigner = await verifyJws(jws, key).then(
      () => true,
      () => false,
    )
    if (isSigner) return
  }
  throw fault('openid/proof')
}

function attestedKeys(value: JsonValue | undefined): readonly PublicKey[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : []
  if (list.length === 0 || list.length > MAX_COPIES) throw fault('openid/proof')
  const keys = list.map((jwk) => {
    if (!isObject(jwk)) throw fault('openid/proof')
    return publicKeyFromJwk(jwk)
  })
  const isTwice = keys.some((key, at) => keys.findIndex((one) => samePublicKey(one, key)) !== at)
  if (isTwice) throw fault('openid/proof')
  return keys
}

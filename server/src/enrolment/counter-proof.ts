/**
 * A counter proves that it holds its key: a JWS with the key in its header (`typ` of its own), over a nonce of this
 * server and what the counter wants. Nothing is looked up by what it says before its signature holds.
 */
import {
  decodeJws,
  Fault,
  fault,
  isObject,
  type JsonObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  verifyJws,
} from '@onetrip/codec'
import { isDeviceName, isUscc, JOSE_TYP } from '@onetrip/credential'

/** Longest proof in characters: a P-256 key, an office and a name need about 900. */
export const MAX_PROOF_CHARACTERS = 2048

/**
 * What a counter wants: to be enrolled at an office under a name, its certificate, to ask holders over the network, their answer, or that
 * it is asked no more.
 */
export type CounterWish =
  | { readonly act: 'enrol'; readonly office: string; readonly deviceName: string }
  | { readonly act: 'collect' }
  | { readonly act: 'ask'; readonly request: JsonObject }
  | { readonly act: 'answer' | 'close'; readonly id: string }

/** A verified proof; the nonce in it still has to be used up. */
export interface CounterProof {
  readonly key: PublicKey
  readonly nonce: string
  readonly wish: CounterWish
}

/** Longest proof that holds what a counter asks (`act` is `ask`). */
export const MAX_ASKING_CHARACTERS = 16_384

/** A proof as it came, and what it has to be for. */
export interface GivenProof {
  readonly proof: string
  readonly audience: string
  readonly act: CounterWish['act']
}

/** Verifies a proof for `audience`, this server's origin. Every fault is `enrolment/proof`. */
export async function verifyCounterProof(options: GivenProof): Promise<CounterProof> {
  try {
    return await verifyStrictly(options)
  } catch (error) {
    if (error instanceof Fault) throw fault('enrolment/proof')
    throw error
  }
}

async function verifyStrictly(options: GivenProof): Promise<CounterProof> {
  const maxCharacters = options.act === 'ask' ? MAX_ASKING_CHARACTERS : MAX_PROOF_CHARACTERS
  const jws = decodeJws(options.proof, { maxCharacters })
  const { typ, jwk, kid, x5c } = jws.header
  const isTyped = typ === JOSE_TYP.counterProof && kid === undefined && x5c === undefined
  if (!isTyped || !isObject(jwk)) throw fault('enrolment/proof')
  const key = publicKeyFromJwk(jwk)
  if (key.algorithm === 'ES384') throw fault('enrolment/proof')
  await verifyJws(jws, key)
  const claims = parseJson(jws.payload)
  if (!isObject(claims) || claims['aud'] !== options.audience || claims['act'] !== options.act) {
    throw fault('enrolment/proof')
  }
  const { nonce } = claims
  if (typeof nonce !== 'string' || nonce === '') throw fault('enrolment/proof')
  return { key, nonce, wish: wishIn(claims, options.act) }
}

function wishIn(claims: JsonObject, act: CounterWish['act']): CounterWish {
  if (act === 'collect') return { act }
  const { office, name, request, id } = claims
  if (act === 'ask') {
    if (request === undefined || !isObject(request)) throw fault('enrolment/proof')
    return { act, request }
  }
  if (act === 'answer' || act === 'close') {
    if (typeof id !== 'string') throw fault('enrolment/proof')
    return { act, id }
  }
  if (typeof office !== 'string' || !isUscc(office)) throw fault('enrolment/proof')
  if (typeof name !== 'string' || !isDeviceName(name)) throw fault('enrolment/proof')
  return { act, office, deviceName: name }
}

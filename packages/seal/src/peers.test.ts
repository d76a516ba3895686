/**
 * Independent libraries verify what we sign: cose-kit 1.7 (its own Sig_structure) and jose 6. cose-kit knows the algorithms
 * of RFC 8152 only, -8 and -7; where it asks for the key it is told that -19 and -9 (RFC 9864) name the same ones.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import {
  type CborKey,
  type CborValue,
  encodeCbor,
  type PublicKey,
  publicKeyToJwk,
} from '@onetrip/codec'
import { coseVerify } from 'cose-kit'
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  impressionBytes,
  impressionFacts,
  KEEPER,
  LETTER_FACTS,
  MAKER,
  MAKER_ID,
  registerBytes,
  SEALED_AT,
  STRANGER,
  sealBytes,
  sealFacts,
} from '../samples/sample-seals.ts'

const NAMES: Readonly<Record<number, string>> = { [-19]: 'EdDSA', [-9]: 'ES256' }
const turned = (signers: typeof MAKER) => ({ cose: signers.jws, jws: signers.cose })

describe.each([
  ['Ed25519 in COSE, P-256 in JWS', MAKER, KEEPER],
  ['P-256 in COSE, Ed25519 in JWS', turned(MAKER), turned(KEEPER)],
])('%s', async (_name, maker, keeper) => {
  const seal = await sealBytes(sealFacts(), { signers: maker })
  const impression = await impressionBytes(impressionFacts(seal), { signers: keeper })

  const register = await registerBytes(
    { seals: [{ seal: seal.cose, state: 'suspended', since: SEALED_AT }] },
    maker.cose,
  )

  test.each([
    ['seal', seal.cose, maker.cose.publicKey],
    ['impression', impression.cose, keeper.cose.publicKey],
    ['register', register, maker.cose.publicKey],
  ])('cose-kit: %s', async (_form, bytes, key) => {
    const { isValid } = await verifyByPeer(bytes, key)
    expect(isValid).toBe(true)
    const altered = bytes.slice()
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    expect((await verifyByPeer(altered, key)).isValid).toBe(false)
  })

  test('cose-kit: the payload of an impression is the digest', async () => {
    const { decoded } = await verifyByPeer(impression.cose, keeper.cose.publicKey)
    expect(Uint8Array.from(decoded.payload)).toEqual(LETTER_FACTS.sha256)
    expect(decoded.protectedHeaders.get(258)).toBe(-16)
    expect(decoded.protectedHeaders.get(259)).toBe('text/plain')
    expect(decoded.protectedHeaders.get(16)).toBe(65004)
  })

  test('cose-kit: a register is a CWT that holds the seals as they are', async () => {
    const { decoded } = await verifyByPeer(register, maker.cose.publicKey)
    expect(decoded.protectedHeaders.get(16)).toBe(65005)
    const claims = new Map<CborKey, CborValue>([
      [1, MAKER_ID],
      [2, sealFacts().status.uri],
      [6, SEALED_AT],
      [-65552, [[seal.cose, 1, SEALED_AT]]],
    ])
    expect(Uint8Array.from(decoded.payload)).toEqual(encodeCbor(claims))
  })

  test.each([
    ['seal', seal.jws, maker.jws.publicKey, 'onetrip-seal+jwt'],
    ['impression', impression.jws, keeper.jws.publicKey, 'onetrip-impression+jwt'],
  ])('jose: %s', async (_form, text, key, typ) => {
    const { protectedHeader } = await compactVerify(text, await importKey(key))
    expect(protectedHeader.typ).toBe(typ)
    const stranger = await importKey(
      key.algorithm === 'ES256' ? STRANGER.jws.publicKey : STRANGER.cose.publicKey,
    )
    await expect(compactVerify(text, stranger)).rejects.toThrow()
  })

  test('jose: the JWS of an impression states the same raw digest', async () => {
    const { payload } = await compactVerify(impression.jws, await importKey(keeper.jws.publicKey))
    const { file } = JSON.parse(new TextDecoder().decode(payload))
    expect(Uint8Array.from(Buffer.from(file.sha256, 'base64url'))).toEqual(LETTER_FACTS.sha256)
  })
})

function keyObject(key: PublicKey): KeyObject {
  return createPublicKey({ key: { ...publicKeyToJwk(key) }, format: 'jwk' })
}

function importKey(key: PublicKey) {
  return importJWK({ ...publicKeyToJwk(key), alg: key.algorithm === 'ES256' ? 'ES256' : 'EdDSA' })
}

async function verifyByPeer(bytes: Uint8Array, key: PublicKey) {
  const find: Extract<Parameters<typeof coseVerify>[1], CallableFunction> = async (message) => {
    const name = NAMES[message.alg ?? 0]
    if (name !== undefined) Object.defineProperty(message, 'algName', { value: name })
    return keyObject(key)
  }
  return coseVerify(bytes, find)
}

/**
 * Independent readers of COSE and of status lists verify what we issue, present and publish, and we verify what
 * they sign: cose-kit 1.7 (its own Sig_structure, jose 4, cbor-x), cbor-x for payloads, node:zlib, and
 * @sd-jwt/jwt-status-list 0.19. cose-kit knows the labels of RFC 8152 only, -8 and -7; where it asks for the key
 * it is told that -19 and -9 (RFC 9864) name the same algorithms.
 */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  verify as verifyBytes,
} from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import {
  decodeCodeText,
  decodeSign1,
  isObject,
  parseJson,
  publicKeyFromJwk,
  type Signer,
  signerFromPrivateJwk,
  signSign1,
  verifySign1,
} from '@onetrip/codec'
import {
  newStatusBits,
  type StatusSize,
  setStatus,
  signStatusListCwt,
  signStatusListJwt,
} from '@onetrip/status'
import { getListFromStatusListJWT } from '@sd-jwt/jwt-status-list'
import { Decoder } from 'cbor-x'
import { coseSign, coseVerify, Sign1 } from 'cose-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runArtefacts } from '../../packages/cli/src/artefacts-command.ts'
import { quietContext } from '../../packages/cli/src/quiet-context.ts'

const NOW = 1_796_087_400
const LIST_URI = 'https://s.onetrip.example/1'
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
/** Names for cose-kit, by COSE label (RFC 9053 §2, RFC 9864 §2). */
const NAMES: Readonly<Record<number, string>> = { [-19]: 'EdDSA', [-9]: 'ES256' }
const LABEL = { kid: 4, kcwt: 13, typ: 16, sdClaims: 17 } as const

const decoder = new Decoder({ mapsAsObjects: false, useRecords: false })
const folder = mkdtempSync(join(tmpdir(), 'onetrip-peers-'))

beforeAll(async () => {
  const context = quietContext({ args: [folder], now: () => NOW })
  expect(await runArtefacts(context)).toBe(0)
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('cose-kit verifies what we make', () => {
  test('an SD-CWT as issued', async () => {
    const { isValid, decoded } = await verifyByPeer(artefact('credential.sdcwt'), 'issuer-cbor')
    expect(isValid).toBe(true)
    expect(decoded.protectedHeaders.get(LABEL.typ)).toBe(293)
    const disclosures = arrayOf(decoded.unprotectedHeaders.get(LABEL.sdClaims)).map(bytesOf)
    expect(disclosures.length).toBeGreaterThan(2)
    for (const disclosure of disclosures) {
      expect(Buffer.from(decoded.payload).includes(digestOf(disclosure))).toBe(true)
    }
  })

  test('a live presentation: the key binding and the SD-CWT inside', async () => {
    const outer = await verifyByPeer(fromQr(artefact('live.txt')), 'holder-sdcwt')
    expect(outer.isValid).toBe(true)
    expect(outer.decoded.protectedHeaders.get(LABEL.typ)).toBe(294)
    const claims = mapOf(decoder.decode(outer.decoded.payload))
    expect([claims.get(3), claims.get(6), claims.get(-65538)]).toEqual(['onetrip:live', NOW, 2])
    const inner = outer.decoded.protectedHeaders.get(LABEL.kcwt)
    if (!(inner instanceof Sign1)) throw new TypeError('no SD-CWT in the key binding')
    expect(await inner.verify(keyFor('issuer-cbor'))).toBe(true)
    expect(arrayOf(inner.unprotectedHeaders.get(LABEL.sdClaims))).toHaveLength(2)
    const issued = await verifyByPeer(artefact('credential.sdcwt'), 'issuer-cbor')
    expect(hex(inner.payload)).toBe(hex(issued.decoded.payload))
  })

  test('a copy and a paper code', async () => {
    const copy = await verifyByPeer(fromQr(artefact('copy.txt')), 'holder-sdcwt')
    expect(copy.isValid).toBe(true)
    expect(mapOf(decoder.decode(copy.decoded.payload)).get(-65538)).toBe(3)
    const paper = await verifyByPeer(fromQr(artefact('paper.txt')), 'issuer-cbor')
    expect(paper.isValid).toBe(true)
    const claims = mapOf(decoder.decode(paper.decoded.payload))
    expect(claims.has(8)).toBe(false)
    expect(mapOf(claims.get(-65537)).get(1)).toBe('JY23399010000028')
  })

  test('a delegation under the holder’s key, the delegate’s answer around it under the delegate’s', async () => {
    const given = await verifyByPeer(fromQr(artefact('delegation.txt')), 'principal')
    expect(given.isValid).toBe(true)
    const claims = mapOf(decoder.decode(given.decoded.payload))
    expect([claims.get(-65538), claims.get(-65560)]).toEqual([4, 'open-restaurant'])
    const { crv, kty, x } = jwkFile('delegate')
    const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x }))
    expect(claims.get(3)).toBe(`key:${thumbprint.digest('base64url')}`)
    const delegated = decodeCodeText(
      Buffer.from(artefact('delegated-answer.txt')).toString().trimEnd(),
    )
    const answer = await verifyByPeer(delegated, 'delegate')
    expect(answer.isValid).toBe(true)
    expect(answer.decoded.protectedHeaders.get(LABEL.typ)).toBe(65008)
    const [[material, inside] = []] = arrayOf(
      mapOf(decoder.decode(answer.decoded.payload)).get(-65564),
    ).map(arrayOf)
    expect([material, hex(bytesOf(inside))]).toEqual([
      'business-licence',
      hex(fromQr(artefact('delegation.txt'))),
    ])
  })

  test('a request and a receipt of a counter, and the certificate in them', async () => {
    for (const [file, typ] of [
      ['request.txt', 65006],
      ['receipt.txt', 65007],
    ] as const) {
      const outer = await verifyByPeer(fromQr(artefact(file)), 'counter')
      expect([file, outer.isValid]).toEqual([file, true])
      expect(outer.decoded.protectedHeaders.get(LABEL.typ)).toBe(typ)
      const certificate = outer.decoded.protectedHeaders.get(LABEL.kcwt)
      if (!(certificate instanceof Sign1)) throw new TypeError('no certificate in the header')
      expect(await certificate.verify(keyFor('office'))).toBe(true)
      const claims = mapOf(decoder.decode(outer.decoded.payload))
      expect(claims.get(1)).toBe(mapOf(decoder.decode(certificate.payload)).get(1))
    }
  })

  test('a receipt names the answer, and the digests that stand in the credential', async () => {
    const answer = fromQr(artefact('answer.txt'))
    const receipt = (await verifyByPeer(fromQr(artefact('receipt.txt')), 'counter')).decoded
    const claims = mapOf(decoder.decode(receipt.payload))
    expect(hex(bytesOf(claims.get(-65562)))).toBe(createHash('sha256').update(answer).digest('hex'))
    const credential = (await coseVerify(answer, named(newPair('Ed25519').publicKey))).decoded
    const inner = credential.protectedHeaders.get(LABEL.kcwt)
    if (!(inner instanceof Sign1)) throw new TypeError('no SD-CWT in the answer')
    const disclosures = arrayOf(inner.unprotectedHeaders.get(LABEL.sdClaims)).map(bytesOf)
    const [[, , , stated] = []] = arrayOf(claims.get(-65563)).map(arrayOf)
    const digests = arrayOf(stated).map((each) => hex(bytesOf(arrayOf(each)[1])))
    expect(digests.toSorted()).toEqual(disclosures.map((each) => hex(digestOf(each))).toSorted())
    for (const digest of digests) expect(hex(inner.payload)).toContain(digest)
  })

  test('but not under another key, nor with a bit turned', async () => {
    expect((await verifyByPeer(artefact('credential.sdcwt'), 'status-cbor')).isValid).toBe(false)
    const altered = artefact('credential.sdcwt')
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    expect((await verifyByPeer(altered, 'issuer-cbor')).isValid).toBe(false)
  })

  test('ESP256 (-9)', async () => {
    const { signer, publicKey } = newPair('ES256')
    const payload = Uint8Array.of(0xa0)
    const bytes = await signSign1({ protectedHeader: new Map(), payload, signer })
    const { isValid } = await coseVerify(bytes, named(publicKey))
    expect(isValid).toBe(true)
  })
})

describe('we verify what cose-kit signs', () => {
  test.each([
    ['EdDSA', 'Ed25519'],
    ['ES256', 'ES256'],
  ] as const)('%s', async (alg, algorithm) => {
    const { publicKey, privateKey } = newPair(algorithm)
    const kid = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
    const signed = await coseSign({ alg }, { kid }, Buffer.from('一次办'), privateKey)
    const sign1 = decodeSign1(signed)
    expect(sign1).toMatchObject({ algorithm, kid: Uint8Array.from(kid) })
    const key = publicKeyFromJwk(jwkOf(publicKey))
    await expect(verifySign1(sign1, key)).resolves.toBeUndefined()
    const altered = { ...sign1, payload: Buffer.from('二次办') }
    await expect(verifySign1(altered, key)).rejects.toMatchObject({ code: 'signature/invalid' })
  })
})

describe('status lists', () => {
  test('the published list: signed by the status key, each credential valid', async () => {
    const lists = statusListsOf(artefact('province.otpack'))
    const kid = Buffer.from(jwkFile('status-cbor')['kid'], 'base64url')
    const token = lists.find((bytes) => Buffer.from(bytes).includes(kid)) ?? new Uint8Array()
    const { isValid, decoded } = await verifyByPeer(token, 'status-cbor')
    expect(isValid).toBe(true)
    expect(decoded.protectedHeaders.get(LABEL.typ)).toBe('application/statuslist+cwt')
    const claims = mapOf(decoder.decode(decoded.payload))
    const paper = (await verifyByPeer(fromQr(artefact('paper.txt')), 'issuer-cbor')).decoded
    const status = mapOf(mapOf(decoder.decode(paper.payload)).get(65535))
    const place = mapOf(status.get('status_list'))
    expect(place.get('uri')).toBe(claims.get(2))
    expect(statusAt(claims, Number(place.get('idx')))).toBe(0)
  })

  test.each<StatusSize>([1, 2, 4, 8])('%i bits, in both forms', async (bits) => {
    const { signer, publicKey } = newPair('ES256')
    const statuses = newStatusBits(64, bits)
    const values = Array.from({ length: 64 }, (_, index) => (index * 7) % 2 ** bits)
    values.forEach((value, index) => {
      setStatus({ statuses, bits, index }, value)
    })
    const times = { issuedAt: NOW, expiresAt: NOW + 60, ttlSeconds: 60 }
    const content = { uri: LIST_URI, bits, statuses, ...times }
    const cwt = await signStatusListCwt(content, signer)
    const { isValid, decoded } = await coseVerify(cwt, named(publicKey))
    expect(isValid).toBe(true)
    const claims = mapOf(decoder.decode(decoded.payload))
    expect(values.map((_, index) => statusAt(claims, index))).toEqual(values)

    const jwt = await signStatusListJwt(content, signer)
    const [header = '', payload = '', signature = ''] = jwt.split('.')
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
    const bytes = Buffer.from(signature, 'base64url')
    expect(verifyBytes('sha256', Buffer.from(`${header}.${payload}`), key, bytes)).toBe(true)
    const list = getListFromStatusListJWT(jwt)
    expect(values.map((_, index) => list.getStatus(index))).toEqual(values)
  })
})

/** One status, from the least significant bit on (Token Status List §4.1). */
function statusAt(claims: ReadonlyMap<unknown, unknown>, index: number): number {
  const list = mapOf(claims.get(65533))
  const bits = Number(list.get('bits'))
  const packed = inflateSync(bytesOf(list.get('lst')))
  const text = [...packed].map((byte) => byte.toString(2).padStart(8, '0')).reverse()
  const end = text.length * 8 - index * bits
  return Number.parseInt(text.join('').slice(end - bits, end), 2)
}

function verifyByPeer(bytes: Uint8Array, key: string): ReturnType<typeof coseVerify> {
  return coseVerify(bytes, keyFor(key))
}

function keyFor(name: string): ReturnType<typeof named> {
  return named(createPublicKey({ key: jwkFile(name), format: 'jwk' }))
}

/** Gives cose-kit the key, and the name of a label that is newer than it. */
function named(key: KeyObject): Extract<Parameters<typeof coseVerify>[1], CallableFunction> {
  return async (message) => {
    const name = NAMES[message.alg ?? 0]
    if (name !== undefined) Object.defineProperty(message, 'algName', { value: name })
    return key
  }
}

function newPair(algorithm: 'Ed25519' | 'ES256'): {
  readonly signer: Signer
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
} {
  const pair =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...pair, signer: signerFromPrivateJwk(jwkOf(pair.privateKey)) }
}

function jwkOf(key: KeyObject): Parameters<typeof signerFromPrivateJwk>[0] {
  const jwk = parseJson(JSON.stringify(key.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('not a JWK')
  return jwk
}

function artefact(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(folder, name)))
}

function jwkFile(name: string): Readonly<Record<'kid' | 'crv' | 'kty' | 'x', string>> {
  return JSON.parse(readFileSync(join(folder, `${name}.jwk`), 'utf8'))
}

/** The bytes in a QR text, by big numbers (RFC 9285 §4). */
function fromQr(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file).toString().trimEnd().slice('OT1:'.length)
  const groups = text.match(/.{1,3}/gs) ?? []
  return Buffer.from(
    groups
      .map((group) => {
        const number = [...group].reduceRight((sum, sign) => sum * 45 + BASE45.indexOf(sign), 0)
        return number.toString(16).padStart(group.length === 3 ? 4 : 2, '0')
      })
      .join(''),
    'hex',
  )
}

/** SHA-256 over the disclosure as a byte string of at most 255 bytes (draft-ietf-spice-sd-cwt §5.1). */
function digestOf(disclosure: Uint8Array): Buffer {
  const { length } = disclosure
  expect(length).toBeLessThan(256)
  const head = length < 24 ? [0x40 | length] : [0x58, length]
  return createHash('sha256').update(Uint8Array.from(head)).update(disclosure).digest()
}

function mapOf(value: unknown): ReadonlyMap<unknown, unknown> {
  if (!(value instanceof Map)) throw new TypeError('not a map')
  return value
}

/** The lists in a pack, read as its layout is written down: head, index, then the members, deflated or not. */
function statusListsOf(pack: Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(pack)
  const indexEnd = 11 + bytes.readUInt32BE(7)
  let start = indexEnd
  const lists: Uint8Array[] = []
  for (const entry of arrayOf(mapOf(decoder.decode(bytes.subarray(11, indexEnd))).get(2))) {
    const [path, rawBytes, storedBytes] = arrayOf(entry)
    const stored = bytes.subarray(start, start + Number(storedBytes))
    start += Number(storedBytes)
    if (!String(path).endsWith('.cwt')) continue
    lists.push(rawBytes === storedBytes ? stored : inflateSync(stored))
  }
  return lists
}

function arrayOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not an array')
  return value
}

function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('not bytes')
  return value
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

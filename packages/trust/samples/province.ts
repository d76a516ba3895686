/**
 * A repository as large as a province: 1,000 agencies with three keys and a seal each, status lists of 10 M entries, 1 %
 * revoked. Seals stand above this package: their register is of the same parts, sizes and entropy, and signed by nobody.
 */
import { createECDH, createHash, createPrivateKey } from 'node:crypto'
import {
  type CborValue,
  encodeCbor,
  encodeSign1,
  isObject,
  type JsonObject,
  parseJson,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
} from '@onetrip/codec'
import { isUscc } from '@onetrip/credential'
import {
  LARGE_LIST_SIZE,
  LIST_BITS,
  newStatusBits,
  setStatus,
  signStatusListCwt,
} from '@onetrip/status'
import type { RepositoryFiles } from '../src/index.ts'
import { SIGNERS } from './followed-repository.ts'
import { sampleRepository } from './sample-repository.ts'
import { SAMPLE_NOW, sampleDocuments, sampleTypes } from './sample-trust.ts'

const AGENCIES = 1000
const LISTS = 10
/** The status list of the seal maker. */
const SEAL_LIST = LISTS + 1
const SEAL_MAKER = '91339901MAXYN0775D'
const REVOKED = LARGE_LIST_SIZE / 100
const YEAR = 365 * 86_400
/** RFC 8410 §7: what stands before the 32 bytes of an Ed25519 key. */
const ED25519_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const USCC_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Builds it; the same each time for the same `signedAt`, Unix seconds. */
export async function provinceRepository(signedAt: number = SAMPLE_NOW): Promise<RepositoryFiles> {
  const agencies = Array.from({ length: AGENCIES }, (_, at) => agency(at))
  const statusLists: Record<number, Uint8Array> = {}
  for (let list = 1; list <= LISTS; list += 1) statusLists[list] = await statusList(list, signedAt)
  return sampleRepository({
    signers: SIGNERS,
    signedAt,
    documents: { ...sampleDocuments({ agencies, offices: [] }) },
    statusLists,
    sealRegisters: { [SEAL_LIST]: sealRegister(signedAt) },
  })
}

function agency(at: number): JsonObject {
  const types = [...new Set(sampleTypes().map(({ typeCode }) => typeCode))]
  const life = { notBefore: SAMPLE_NOW - YEAR, notAfter: SAMPLE_NOW + YEAR }
  const [cbor, jws, status] = [signer(at), p256(at), signer(at + AGENCIES)]
  return {
    id: uscc(at),
    name: { 'zh-CN': `虚构市第${at}样例局`, en: `Sample bureau ${at} of Xugou` },
    issuerUrl: `https://api.onetrip.example/agencies/${at}`,
    keys: [
      { jwk: publicKeyToJwk(cbor.publicKey), use: 'issue', types, ...life },
      { jwk: jws, use: 'issue', types, ...life },
      { jwk: publicKeyToJwk(status.publicKey), use: 'status', ...life },
    ],
  }
}

/** 1,000 seals with one key of P-256 each, as they are made here, in use. */
function sealRegister(signedAt: number): Uint8Array {
  const seals = Array.from({ length: AGENCIES }, (_, at) => [seal(at, signedAt), 0])
  return sign1(
    'register',
    new Map<number, CborValue>([
      [1, SEAL_MAKER],
      [2, sealListUri],
      [6, signedAt],
      [-65552, seals],
    ]),
  )
}

const sealListUri = `https://api.onetrip.example/s/${SEAL_LIST}`

function seal(at: number, signedAt: number): Uint8Array {
  const random = (what: string): Uint8Array => new Uint8Array(digest(`seal ${what} ${at}`))
  const owner = `虚构市第${at}样例局`
  const key = new Map<number, CborValue>([
    [1, 2],
    [-1, 1],
    [-2, random('key')],
    [-3, at % 2 === 0],
  ])
  return sign1(
    `${at}`,
    new Map<number, CborValue>([
      [1, SEAL_MAKER],
      [2, `3399010${String(at).padStart(7, '0')}`],
      [4, signedAt + 5 * YEAR - at],
      [5, signedAt - at],
      [6, signedAt - at],
      [
        65535,
        new Map([
          [
            'status_list',
            new Map<string, CborValue>([
              ['idx', 1 + (random('index')[0] ?? 0) * 256 + (random('index')[1] ?? 0)],
              ['uri', sealListUri],
            ]),
          ],
        ]),
      ],
      [-65542, `${owner}电子证照专用章`],
      [-65543, '99'],
      [
        -65544,
        new Map([
          [1, owner],
          [2, uscc(at)],
        ]),
      ],
      [
        -65545,
        new Map<number, CborValue>([
          [1, random('image')],
          [2, 'image/svg+xml'],
          [3, 42],
          [4, 42],
        ]),
      ],
      [-65546, [key]],
    ]),
  )
}

function sign1(seed: string, claims: ReadonlyMap<number, CborValue>): Uint8Array {
  const kid = digest('kid of the seal maker').subarray(0, 8)
  const protectedBytes = encodeCbor(
    new Map<number, CborValue>([
      [1, -9],
      [4, new Uint8Array(kid)],
      [16, 65003],
    ]),
  )
  const signature = Buffer.concat([digest(`r ${seed}`), digest(`s ${seed}`)])
  return encodeSign1({
    protectedBytes,
    payload: encodeCbor(claims),
    signature: new Uint8Array(signature),
  })
}

async function statusList(list: number, signedAt: number): Promise<Uint8Array> {
  const statuses = newStatusBits(LARGE_LIST_SIZE)
  const random = randomNumbers(list)
  for (let set = 0; set < REVOKED; set += 1) {
    const index = 1 + (random() % (LARGE_LIST_SIZE - 1))
    setStatus({ statuses, bits: LIST_BITS, index }, 1)
  }
  return signStatusListCwt(
    {
      uri: `https://api.onetrip.example/s/${list}`,
      bits: LIST_BITS,
      statuses,
      issuedAt: signedAt,
      expiresAt: signedAt + 7 * 86_400,
      ttlSeconds: 3_600,
    },
    signer(AGENCIES + list),
  )
}

function signer(number: number): Signer {
  const der = Buffer.concat([ED25519_HEAD, digest(`ed25519 ${number}`)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const jwk = parseJson(JSON.stringify(key.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('a JWK is an object')
  return signerFromPrivateJwk(jwk)
}

function p256(number: number): JsonObject {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(digest(`p256 ${number}`))
  const point = pair.getPublicKey()
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url')
  return { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }
}

/** The first code with these digits whose check characters are right. */
function uscc(number: number): string {
  const head = `1133990${String(number).padStart(9, '0')}`
  for (const inner of USCC_SIGNS) {
    for (const last of USCC_SIGNS) {
      const code = `${head}${inner}${last}`
      if (isUscc(code)) return code
    }
  }
  throw new TypeError('every number has its check characters')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Xorshift32: the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}

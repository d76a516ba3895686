/** A repository as large as a province: 1,000 agencies with three keys each, status lists of 10 M entries, 1 % revoked. */
import { createECDH, createHash, createPrivateKey } from 'node:crypto'
import {
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

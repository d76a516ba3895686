/**
 * What a status list of 2^20 entries, 1 % of them revoked, costs beside the raw work: opening it (signature
 * and base64url aside) beside zlib's inflate and beside @sd-jwt/jwt-status-list, the portable inflater of
 * browsers beside DecompressionStream, a look-up beside a byte test, and a signed list beside deflate and signature.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import {
  fromBase64url,
  isObject,
  parseJson,
  type Signer,
  signerFromPrivateJwk,
  toBase64url,
} from '@onetrip/codec'
import {
  decodeStatusList,
  LARGE_LIST_SIZE,
  LIST_BITS,
  newStatusBits,
  openStatusList,
  type StatusListToken,
  setStatus,
  signStatusList,
} from '@onetrip/status'
import { StatusList as PeerList } from '@sd-jwt/jwt-status-list'
import { type BenchResult, inTurns } from './measure.ts'

const PEER_ROUNDS = 5
/** The peer leaves a million numbers behind; what clearing them up costs is not the price of opening a list. */
const OPENINGS_BESIDE_PEER = 20
const LOOK_UPS = 1_000_000
const REVOKED = LARGE_LIST_SIZE / 100

/** Measures lists; of each line the raw work is done in turns with ours. */
export async function benchStatus(): Promise<readonly BenchResult[]> {
  const { signer, raw } = keys()
  const statuses = sparseStatuses()
  const compressed = new Uint8Array(deflateSync(statuses, { level: 6 }))
  const content = {
    uri: 'https://api.onetrip.example/s/1',
    bits: LIST_BITS,
    statuses,
    issuedAt: 1_795_406_400,
    expiresAt: 1_796_011_200,
    ttlSeconds: 300,
  } as const
  const { cwt } = await signStatusList(content, { cwt: signer, jwt: signer })
  // The signature aside.
  const token: StatusListToken = { ...decodeStatusList(cwt), verify: async () => undefined }
  const open = async () => {
    await openStatusList(token, signer.publicKey)
  }
  const lst = toBase64url(compressed)
  const list = await openStatusList(token, signer.publicKey)
  return [
    await inTurns('open a list of 2^20 entries, beside zlib', 1.5, {
      raw: async () => {
        inflateSync(compressed, { chunkSize: statuses.length + 1 })
      },
      ours: open,
    }),
    await inTurns('open it, beside @sd-jwt/jwt-status-list', 1 / 300, {
      raw: async () => {
        PeerList.decompressStatusList(lst, LIST_BITS)
      },
      ours: open,
      rounds: PEER_ROUNDS,
      oursPerRound: OPENINGS_BESIDE_PEER,
    }),
    await lookUps(statuses, list.get),
    await inTurns(
      'sign a list in both forms and read both back, beside deflate and signatures',
      1.5,
      {
        raw: async () => {
          deflateSync(statuses, { level: 6 })
          for (let form = 0; form < 2; form += 1) sign(null, fromBase64url(lst), raw)
        },
        ours: async () => {
          await signStatusList(content, { cwt: signer, jwt: signer })
        },
      },
    ),
  ]
}

/** A million look-ups at scattered places, each beside reading two bits of a byte. */
function lookUps(statuses: Uint8Array, get: (index: number) => number): Promise<BenchResult> {
  const places = Uint32Array.from(
    { length: LOOK_UPS },
    (_, at) => (at * 2_654_435_761) % LARGE_LIST_SIZE,
  )
  let sum = 0
  return inTurns('a million look-ups, beside byte tests', 2, {
    raw: async () => {
      for (const at of places) sum += ((statuses[at >> 2] ?? 0) >> ((at & 3) * 2)) & 3
    },
    ours: async () => {
      for (const at of places) sum -= get(at)
      if (sum !== 0) throw new Error('look-ups differ')
    },
    rounds: 20,
  })
}

function sparseStatuses(): Uint8Array {
  const statuses = newStatusBits(LARGE_LIST_SIZE, LIST_BITS)
  let state = 1
  for (let count = 0; count < REVOKED; count += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const index = 1 + (state % (LARGE_LIST_SIZE - 1))
    setStatus({ statuses, bits: LIST_BITS, index }, 1)
  }
  return statuses
}

function keys(): { readonly signer: Signer; readonly raw: Parameters<typeof sign>[2] } {
  const { privateKey } = generateKeyPairSync('ed25519')
  const jwk = parseJson(JSON.stringify(privateKey.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('not a JWK')
  return { signer: signerFromPrivateJwk(jwk), raw: privateKey }
}

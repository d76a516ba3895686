/** For tests: one agency of the cast with its trust data, and licences it issues to given keys. */
import {
  type JsonObject,
  type PublicKey,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
} from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import {
  foodBusinessLicenceType,
  foodLicenceOfSample,
  sampleAgencies,
  testKeys,
} from '@onetrip/fixtures'
import { type IssuedLicence, issueLicence } from '@onetrip/issuer'
import {
  decodeStatusList,
  newStatusBits,
  openStatusList,
  STATUS,
  setStatus,
  signStatusListCwt,
} from '@onetrip/status'
import { buildTrust, parseTrustList, type Trust } from '@onetrip/trust'
import type { HolderKeys } from '../src/holder-key.ts'

/** 2026-11-30, in Unix seconds. */
export const SAMPLE_NOW = 1_796_087_400

/** Status indices of the two credentials that {@link issueFood} makes. */
export const STATUS_INDEX = { cbor: 5, jws: 9 } as const

const LIST = 'https://s.example/1'
const issuers = {
  cbor: signerFromPrivateJwk({ ...testKeys.marketIssueCbor }),
  jws: signerFromPrivateJwk({ ...testKeys.marketIssueJws }),
}
const strangers = {
  cbor: signerFromPrivateJwk({ ...testKeys.strangerCbor }),
  jws: signerFromPrivateJwk({ ...testKeys.strangerJws }),
}
const statusSigner = signerFromPrivateJwk({ ...testKeys.marketStatus })
const agency = sampleAgencies.find(({ id }) => id === foodLicenceOfSample.agencyId)

/** The food licence's type. */
export const foodType: TypeDefinition = parseTypeDefinition(foodBusinessLicenceType)

/** Issues the sample food licence; `by` a stranger, or with another serial, when asked. */
export function issueFood(
  holderKeys: { readonly cbor: PublicKey; readonly jws: PublicKey },
  changes: {
    readonly serial?: string
    readonly validFrom?: string
    readonly by?: 'agency' | 'stranger'
    /** Names the seal that it is issued under, 8 bytes. */
    readonly seal?: Uint8Array
  } = {},
): Promise<IssuedLicence> {
  const { facts } = foodLicenceOfSample
  const { serial = facts.serial, validFrom = facts.validFrom, by = 'agency', seal } = changes
  return issueLicence({
    type: foodType,
    facts: { ...facts, serial, validFrom },
    seal,
    agency: { id: foodLicenceOfSample.agencyId, issuerUrl: 'https://market.example' },
    now: SAMPLE_NOW - 7200,
    signers: by === 'agency' ? issuers : strangers,
    holderKeys,
    status: {
      cbor: { uri: LIST, index: STATUS_INDEX.cbor },
      jws: { uri: LIST, index: STATUS_INDEX.jws },
    },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}

/** Keys of the sample holder, as the wallet stores them; their private halves are not there. */
export const sampleHolderKeys: HolderKeys = {
  cbor: storedKey(signerFromPrivateJwk({ ...testKeys.holderCbor }), 'Ed25519'),
  jws: storedKey(signerFromPrivateJwk({ ...testKeys.holderJws }), 'ES256'),
}

/** Trust data of the agency; the licences of `revoked` are revoked in its status list. */
export async function sampleTrust(revoked: readonly number[] = []): Promise<Trust> {
  const id = foodLicenceOfSample.agencyId
  const list = parseTrustList({
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [
      {
        id,
        name: { 'zh-CN': agency?.name['zh-CN'] ?? '', en: agency?.name.en ?? '' },
        issuerUrl: 'https://market.example',
        keys: [
          listedKey(issuers.cbor, [foodType.typeCode]),
          listedKey(issuers.jws, [foodType.typeCode]),
          listedKey(statusSigner),
        ],
      },
    ],
    offices: [],
  })
  const statuses = newStatusBits(1024, 2)
  for (const index of revoked) {
    setStatus({ statuses, bits: 2, index }, STATUS.revoked)
  }
  const token = await signStatusListCwt(
    {
      uri: LIST,
      bits: 2,
      statuses,
      issuedAt: SAMPLE_NOW - 300,
      expiresAt: SAMPLE_NOW + 86_400,
      ttlSeconds: 600,
    },
    statusSigner,
  )
  const opened = await openStatusList(decodeStatusList(token), statusSigner.publicKey)
  return buildTrust({
    list,
    version: 1,
    parts: [{ name: 'timestamp', version: 1, signedAt: SAMPLE_NOW - 600 }],
    types: [foodType],
    statusLists: [{ list: opened, ownerId: id }],
  })
}

function listedKey({ publicKey }: Signer, types?: readonly string[]): JsonObject {
  return {
    jwk: publicKeyToJwk(publicKey),
    use: types === undefined ? 'status' : 'issue',
    ...(types === undefined ? {} : { types: [...types] }),
    notBefore: SAMPLE_NOW - 900_000,
    notAfter: SAMPLE_NOW + 900_000,
  }
}

function storedKey({ publicKey }: Signer, algorithm: 'Ed25519' | 'ES256'): HolderKeys['cbor'] {
  const empty = new Uint8Array()
  const wrapped = { salt: empty, iv: empty, iterations: 1, ciphertext: empty }
  return { algorithm, publicRaw: publicKey.raw, secret: { kind: 'passcode', wrapped } }
}

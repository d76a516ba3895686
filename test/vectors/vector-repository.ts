/** The trust repository of the verifier's vectors: whose keys, which types, what became of which licence. */
import {
  type JsonObject,
  type JsonValue,
  publicKeyToJwk,
  type Signer,
  toHex,
  utf8Decode,
} from '@onetrip/codec'
import { licenceTypes, sampleAgencies, sampleOffices } from '@onetrip/fixtures'
import { newStatusBits, setStatus, signStatusListCwt } from '@onetrip/status'
import { type RepositoryFiles, TARGET } from '@onetrip/trust'
import {
  firstRoot,
  samplePack,
  sampleRepository,
} from '../../packages/trust/samples/sample-repository.ts'
import { licenceRegisters, licenceSealMaker } from './licence-seals.ts'
import {
  DAY,
  FOOD_TYPE,
  HOUR,
  IDENTITY_TYPE,
  INDEX,
  ISSUED_AT,
  LIST,
  MARKET,
  MARKET_URL,
  NOW,
  POLICE,
  POLICE_URL,
  seededSigner,
  signers,
} from './vector-cast.ts'

/** The one offline pack of the vectors, in hexadecimal, and the text of the root metadata it is opened with. */
export async function buildVectorTrust(): Promise<{
  readonly pack: string
  readonly root: string
}> {
  const files = await vectorRepository()
  return { pack: toHex(samplePack(files)), root: utf8Decode(firstRoot(files)) }
}

/** What else a repository of vectors names. */
export interface MoreTrust {
  readonly sealMakers?: JsonValue[]
  /** Signed already. */
  readonly statusLists?: readonly Uint8Array[]
  /** Of the market regulator, besides those that it has. */
  readonly keys?: readonly JsonObject[]
  readonly logs?: JsonValue[]
  /** Of the logs, as signed notes. */
  readonly checkpoints?: readonly string[]
  /** Whether the food licence requires receipts. */
  readonly receiptRequired?: boolean
}

/** The repository's files, with more in them or not; everything was signed two hours before {@link NOW}. */
export async function vectorRepository(more?: MoreTrust): Promise<RepositoryFiles> {
  const lists = await Promise.all([
    statusList(LIST.good, NOW - HOUR, NOW + 14 * DAY),
    statusList(LIST.stale, NOW - 4 * DAY, NOW + 14 * DAY),
    statusList(LIST.tooOld, NOW - 31 * DAY, NOW + DAY),
    statusList(LIST.ended, NOW - DAY, NOW - HOUR),
    statusList(LIST.otherIssuer, NOW - HOUR, NOW + DAY, signers.policeStatus),
    statusList(LIST.altered, NOW - HOUR, NOW + DAY).then(withLastByteFlipped),
    statusList(LIST.police, NOW - HOUR, NOW + 14 * DAY, signers.policeStatus),
  ])
  return sampleRepository({
    signers: {
      root: [signers.root],
      targets: [seededSigner('targets')],
      online: seededSigner('online'),
    },
    signedAt: NOW - 2 * HOUR,
    documents: { [TARGET.trustList]: trustDocument(more), ...typeDocuments(more) },
    statusLists: Object.fromEntries(
      [...lists, ...(more?.statusLists ?? [])].map((bytes, at) => [at + 1, bytes]),
    ),
    sealRegisters: await licenceRegisters(),
    checkpoints: more?.checkpoints,
  })
}

/** The trust list. */
export function trustDocument(more?: MoreTrust): JsonObject {
  return {
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [
      {
        ...agencyName(MARKET),
        issuerUrl: MARKET_URL,
        keys: [
          issuing(signers.market),
          issuing(signers.marketJws),
          { ...issuing(signers.marketOld), notAfter: ISSUED_AT - 1 },
          { ...issuing(signers.marketNext), notBefore: ISSUED_AT + HOUR },
          { ...issuing(signers.marketRevoked), revokedFrom: ISSUED_AT },
          { ...issuing(signers.marketNarrow), types: ['1110000099XYN9907G001'] },
          ...(more?.keys ?? []),
          { ...keyEntry(signers.marketStatus), use: 'status' },
        ],
      },
      {
        ...agencyName(POLICE),
        issuerUrl: POLICE_URL,
        keys: [
          { ...issuing(signers.police), types: [IDENTITY_TYPE] },
          { ...issuing(signers.policeJws), types: [IDENTITY_TYPE] },
          { ...keyEntry(signers.policeStatus), use: 'status' },
        ],
      },
    ],
    offices: sampleOffices.map(({ id, name }) => ({ id, name: { ...name } })),
    sealMakers: more?.sealMakers ?? [licenceSealMaker()],
    ...(more?.logs === undefined ? {} : { logs: more.logs }),
  }
}

/** The type definitions, by their paths. */
export function typeDocuments(
  more?: Pick<MoreTrust, 'receiptRequired'>,
): Record<string, JsonValue> {
  return Object.fromEntries(
    licenceTypes.map((type) => {
      const document: JsonObject & { vct: string; onetrip: JsonObject } = JSON.parse(
        JSON.stringify(type),
      )
      const [typeCode = '', version = ''] = document.vct.split('/').slice(-2)
      const isRequired = more?.receiptRequired === true && typeCode === FOOD_TYPE
      const onetrip = isRequired ? { ...document.onetrip, receipt: 'required' } : document.onetrip
      return [`types/${typeCode}/${version}.json`, { ...document, onetrip }]
    }),
  )
}

function agencyName(id: string): JsonObject {
  const agency = sampleAgencies.find((sample) => sample.id === id)
  if (agency === undefined) throw new TypeError('no such sample agency')
  return { id, name: { ...agency.name } }
}

/** The entry of a key that issues food licences. */
export function issuing(signer: Signer): JsonObject {
  return { ...keyEntry(signer), use: 'issue', types: [FOOD_TYPE] }
}

function keyEntry(signer: Signer): JsonObject {
  return {
    jwk: publicKeyToJwk(signer.publicKey),
    notBefore: ISSUED_AT - 300 * DAY,
    notAfter: ISSUED_AT + 800 * DAY,
  }
}

async function statusList(
  uri: string,
  issuedAt: number,
  expiresAt: number,
  signer: Signer = signers.marketStatus,
): Promise<Uint8Array> {
  const statuses = newStatusBits(INDEX.size, 2)
  setStatus({ statuses, bits: 2, index: INDEX.revoked }, 1)
  setStatus({ statuses, bits: 2, index: INDEX.suspended }, 2)
  setStatus({ statuses, bits: 2, index: INDEX.unassigned }, 3)
  return signStatusListCwt(
    { uri, bits: 2, statuses, issuedAt, expiresAt, ttlSeconds: 43_200 },
    signer,
  )
}

function withLastByteFlipped(bytes: Uint8Array): Uint8Array {
  const altered = bytes.slice()
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
  return altered
}

/** Repositories of a province that recognises others, and of those others; for the vectors on recognition (互认). */
import {
  type JsonObject,
  type JsonValue,
  publicKeyToJwk,
  type Signer,
  sha256,
  toBase64url,
  toHex,
  utf8Decode,
} from '@onetrip/codec'
import { foodBusinessLicenceType } from '@onetrip/fixtures'
import { newStatusBits, setStatus, signStatusListCwt } from '@onetrip/status'
import { type RepositoryFiles, rootTargetOf, TARGET } from '@onetrip/trust'
import {
  firstRoot,
  samplePack,
  sampleRepository,
} from '../../packages/trust/samples/sample-repository.ts'
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
  seededSigner,
  signers,
} from './vector-cast.ts'
import type { PackVector } from './verifier-verdicts.ts'

/** A province that issues food licences. */
export interface Province {
  readonly id: string
  /** Its market regulator's USCC. */
  readonly agency: string
  readonly signedAt: number
  /** Type codes for which our recognition list names it; none: the list does not name it. */
  readonly accepted?: readonly string[]
}

type ProvinceName = 'accepted' | 'otherType' | 'stale' | 'ahead' | 'ofAnother'

/** The provinces by what is the matter with them. */
export const PROVINCES: Readonly<Record<ProvinceName, Province>> = {
  accepted: {
    id: 'linzhou',
    agency: '11998801XYN0000145',
    signedAt: NOW - 2 * HOUR,
    accepted: [FOOD_TYPE],
  },
  otherType: {
    id: 'shanzhou',
    agency: '11998802XYN000014K',
    signedAt: NOW - 2 * HOUR,
    accepted: [IDENTITY_TYPE],
  },
  stale: {
    id: 'guzhou',
    agency: '11998803XYN0000142',
    signedAt: NOW - 3 * DAY,
    accepted: [FOOD_TYPE],
  },
  ahead: {
    id: 'xianzhou',
    agency: '11998804XYN000014G',
    signedAt: NOW + HOUR,
    accepted: [FOOD_TYPE],
  },
  /** Named by `accepted`'s own recognition list only. */
  ofAnother: { id: 'yuanzhou', agency: '11998805XYN000014Y', signedAt: NOW - 2 * HOUR },
}

/** The issuer URL of a province's market regulator. */
export function provinceUrl({ id }: Province): string {
  return `https://${id}.onetrip.example/agencies/market`
}

/** The address of a province's status list. */
export function provinceList({ id }: Province): string {
  return `https://${id}.onetrip.example/s/1`
}

/** Signs a province's licences; status lists too, where `use` says so. */
export function provinceSigner({ id }: Province, use: 'issue' | 'status' = 'issue'): Signer {
  return seededSigner(`${id} market ${use}`)
}

/**
 * The packs: `recognising` holds our province, whose list names all but one; `withdrawn` has the same foreign files, and
 * a list that names nobody.
 */
export async function recognitionPacks(): Promise<Readonly<Record<string, PackVector>>> {
  const provinces: readonly Province[] = Object.values(PROVINCES)
  const foreign = new Map<string, RepositoryFiles>()
  const outer = await provinceRepository(PROVINCES.ofAnother)
  foreign.set(PROVINCES.ofAnother.id, outer)
  for (const province of provinces) {
    if (province.id === PROVINCES.ofAnother.id) continue
    const documents = recognition([{ ...PROVINCES.ofAnother, accepted: [FOOD_TYPE] }], foreign)
    foreign.set(province.id, await provinceRepository(province, documents))
  }
  const linzhou = foreign.get(PROVINCES.accepted.id)
  const named = provinces.filter(({ accepted }) => accepted !== undefined)
  return {
    recognising: packVector(await ownRepository(recognition(named, foreign)), foreign),
    withdrawn: packVector(
      await ownRepository(recognition([], foreign)),
      new Map(linzhou === undefined ? [] : [[PROVINCES.accepted.id, linzhou]]),
    ),
  }
}

/** Recognition list and roots as documents of the role `targets`. */
function recognition(
  provinces: readonly Province[],
  files: ReadonlyMap<string, RepositoryFiles>,
): Record<string, JsonValue | Uint8Array> {
  const documents: Record<string, JsonValue | Uint8Array> = {}
  const jurisdictions = provinces.map((province): JsonObject => {
    const { id, accepted = [] } = province
    const repository = files.get(id)
    if (repository === undefined) throw new TypeError(`no repository of ${id}`)
    const root = firstRoot(repository)
    documents[rootTargetOf(province)] = root
    return {
      id,
      name: { 'zh-CN': `虚构省${id}`, en: `Province of ${id} (sample)` },
      repository: `https://${id}.onetrip.example/trust/`,
      rootDigest: toBase64url(sha256(root)),
      types: [...accepted],
    }
  })
  return { ...documents, [TARGET.recognition]: { format: 1, jurisdictions } }
}

/** Our own: one agency, and a food type that takes trust data of one day at most as fresh, of three as usable. */
async function ownRepository(
  documents: Readonly<Record<string, JsonValue | Uint8Array>>,
): Promise<RepositoryFiles> {
  const food = foodType()
  const extension = food['onetrip']
  if (typeof extension !== 'object' || extension === null || Array.isArray(extension)) {
    throw new TypeError('a type definition has an extension')
  }
  const trustFreshness = { staleAfterSeconds: DAY, unusableAfterSeconds: 3 * DAY }
  return repository({
    label: 'own',
    signedAt: NOW - 2 * HOUR,
    agencies: [agency(MARKET, MARKET_URL, [signers.market], signers.marketStatus)],
    food: { ...food, onetrip: { ...extension, trustFreshness } },
    list: await statusList(LIST.good, NOW - HOUR, signers.marketStatus),
    documents,
  })
}

/** Another province's; it also lists our market regulator, with a key of its own. */
async function provinceRepository(
  province: Province,
  documents: Readonly<Record<string, JsonValue | Uint8Array>> = {},
): Promise<RepositoryFiles> {
  const issue = provinceSigner(province)
  const status = provinceSigner(province, 'status')
  return repository({
    label: province.id,
    signedAt: province.signedAt,
    agencies: [
      agency(province.agency, provinceUrl(province), [issue, signers.marketJws], status),
      agency(MARKET, `https://${province.id}.onetrip.example/agencies/ours`, [issue], status),
    ],
    food: foodType(),
    list: await statusList(provinceList(province), province.signedAt, status),
    documents,
  })
}

function repository(of: {
  readonly label: string
  readonly signedAt: number
  readonly agencies: readonly JsonObject[]
  readonly food: JsonObject
  readonly list: Uint8Array
  readonly documents: Readonly<Record<string, JsonValue | Uint8Array>>
}): Promise<RepositoryFiles> {
  const { label, signedAt, agencies, food, list, documents } = of
  return sampleRepository({
    signers: {
      root: [seededSigner(`${label} root`)],
      targets: [seededSigner(`${label} targets`)],
      online: seededSigner(`${label} online`),
    },
    signedAt,
    documents: {
      [TARGET.trustList]: {
        kind: 'onetrip-trust-list',
        format: 2,
        environment: 'test',
        agencies: [...agencies],
        offices: [],
      },
      [`types/${FOOD_TYPE}/1.json`]: food,
      ...documents,
    },
    statusLists: { 1: list },
  })
}

function agency(
  id: string,
  issuerUrl: string,
  issue: readonly Signer[],
  status: Signer,
): JsonObject {
  const life = { notBefore: ISSUED_AT - 300 * DAY, notAfter: ISSUED_AT + 800 * DAY }
  const jwk = ({ publicKey }: Signer): JsonObject => publicKeyToJwk(publicKey)
  return {
    id,
    name: { 'zh-CN': '虚构市场监督管理局', en: 'Market regulator (sample)' },
    issuerUrl,
    keys: [
      ...issue.map((signer) => ({ jwk: jwk(signer), use: 'issue', types: [FOOD_TYPE], ...life })),
      { jwk: jwk(status), use: 'status', ...life },
    ],
  }
}

function foodType(): JsonObject {
  return JSON.parse(JSON.stringify(foodBusinessLicenceType))
}

function statusList(uri: string, issuedAt: number, signer: Signer): Promise<Uint8Array> {
  const statuses = newStatusBits(INDEX.size, 2)
  setStatus({ statuses, bits: 2, index: INDEX.revoked }, 1)
  const times = { issuedAt, expiresAt: issuedAt + 14 * DAY, ttlSeconds: 43_200 }
  return signStatusListCwt({ uri, bits: 2, statuses, ...times }, signer)
}

function packVector(
  own: RepositoryFiles,
  foreign: ReadonlyMap<string, RepositoryFiles>,
): PackVector {
  return { pack: toHex(samplePack(own, foreign)), root: utf8Decode(firstRoot(own)) }
}

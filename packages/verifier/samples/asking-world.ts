/** A counter that asks and a holder with two licences, over trust data that know both: everything is the same in every run. */
import {
  type JsonObject,
  type JsonValue,
  jwkThumbprint,
  publicKeyToJwk,
  type Signer,
  sha256,
  signerFromPrivateJwk,
  utf8Encode,
} from '@onetrip/codec'
import {
  type AnswerChoice,
  assembleSdCwt,
  buildSdCwt,
  type OfficeRequest,
  parseRequest,
  parseTypeDefinition,
  type TypeDefinition,
  type Want,
} from '@onetrip/credential'
import {
  businessLicenceOfSample,
  identityOfChen,
  licenceTypes,
  matterCatalogue,
  type SampleLicence,
  sampleAgencies,
  sampleOffices,
  testKeys,
} from '@onetrip/fixtures'
import {
  decodeStatusList,
  newStatusBits,
  openStatusList,
  setStatus,
  signStatusListCwt,
} from '@onetrip/status'
import { buildTrust, parseMatterCatalogue, parseTrustList, type Trust } from '@onetrip/trust'
import {
  CENTRE,
  ENROLLER,
  sampleCertificate,
  sampleRequest,
  WANTS,
} from '../../credential/samples/asking.ts'

export {
  CENTRE,
  DEVICE,
  ENROLLER,
  MATTER,
  sampleCertificate,
  sampleReceipt,
  sampleRequest,
  WANTS,
} from '../../credential/samples/asking.ts'

/** 2026-12-01 09:10:00 in Shanghai. */
export const NOW = 1_796_087_400
/** Another office of the trust list, with a key of its own; the catalogue brings no matter of ours to it. */
export const BUREAU = '11339901XYN000022G'
/** Entries of both status lists. */
export const INDEX = { valid: 10, revoked: 11 } as const

const DAY = 86_400
const ISSUED_AT = 1_795_140_000
/** Addresses of both status lists. */
export const URI = {
  market: 'https://s.onetrip.example/m',
  police: 'https://s.onetrip.example/p',
} as const
const key = (name: keyof typeof testKeys): Signer => signerFromPrivateJwk({ ...testKeys[name] })

/**
 * X.509 certificate of the office's key of use `ask` (the sample key `policeIssueJws`, which no other in this world is), ten
 * years from 2026; made once, as a signature is another each time.
 */
export const AUTHORITY_CERTIFICATE: string = [
  'MIICMTCCAdegAwIBAgIIQAEBAQEBAQIwCgYIKoZIzj0EAwIwezEtMCsGA1UECgwk6Jma5p6E5biC5LqR5qCW',
  '5Yy65pS_5Yqh5pyN5Yqh5Lit5b-DMS0wKwYDVQQDDCTomZrmnoTluILkupHmoJbljLrmlL_liqHmnI3liqHk',
  'uK3lv4MxGzAZBgNVBAUTEjEyMzM5OTAxWFlOMDAwMDU3MDAeFw0yNjAxMDEwMDAwMDBaFw0zNjAxMDIwMDAw',
  'MDBaMHsxLTArBgNVBAoMJOiZmuaehOW4guS6keagluWMuuaUv-WKoeacjeWKoeS4reW_gzEtMCsGA1UEAwwk',
  '6Jma5p6E5biC5LqR5qCW5Yy65pS_5Yqh5pyN5Yqh5Lit5b-DMRswGQYDVQQFExIxMjMzOTkwMVhZTjAwMDA1',
  'NzAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS8n1lBdrKiQAz4HL4lIdnD6qVSNwTqzG9Dw60uhx0N90CY',
  'YFMZAo7LooHxG-R7kWX3l3tKLSeptKhSdEmWK1i_o0UwQzASBgNVHRMBAf8ECDAGAQH_AgEAMA4GA1UdDwEB',
  '_wQEAwICBDAdBgNVHQ4EFgQUOIjB7oG_yJGzYGOMgAPExv3a-uIwCgYIKoZIzj0EAwIDSAAwRQIhAKXmoQDt',
  'Hdxu0DqnpVQGj5fCnMmXX7yW4a3rgeFRW9itAiBsiaN-NspRWsJAPfVzGZOTphqH9Sz9YWscUvz5l9TRMw',
].join('')

/** Who signs. */
export const SIGNERS: Readonly<
  Record<
    | 'market'
    | 'marketJws'
    | 'marketStatus'
    | 'police'
    | 'policeJws'
    | 'policeStatus'
    | 'holder'
    | 'holderJws'
    | 'stranger'
    | 'bureau',
    Signer
  >
> = {
  market: key('marketIssueCbor'),
  marketJws: key('marketIssueJws'),
  marketStatus: key('marketStatus'),
  police: key('policeIssueCbor'),
  policeJws: key('strangerJws'),
  policeStatus: key('policeStatus'),
  holder: key('holderCbor'),
  holderJws: key('holderJws'),
  stranger: key('strangerCbor'),
  /** Certifies counters of the other office. */
  bureau: key('root'),
}

/** The documents of the trust data. */
export function askingDocuments(): {
  readonly trustList: JsonObject
  readonly catalogue: JsonValue
  readonly types: readonly JsonValue[]
} {
  const [police, market] = sampleAgencies
  if (police === undefined || market === undefined) throw new TypeError('the sample cast is short')
  return {
    trustList: {
      kind: 'onetrip-trust-list',
      format: 2,
      environment: 'test',
      agencies: [
        agency(police, [SIGNERS.police, SIGNERS.policeJws], SIGNERS.policeStatus),
        agency(market, [SIGNERS.market, SIGNERS.marketJws], SIGNERS.marketStatus),
      ],
      offices: sampleOffices.map(({ id, name }) => ({ id, name: { ...name }, ...officeKeys(id) })),
    },
    catalogue: plain(matterCatalogue),
    types: licenceTypes.map(plain),
  }
}

/** The agencies' status lists, signed an hour before {@link NOW}. */
export function askingLists(): Promise<readonly Uint8Array[]> {
  return Promise.all([
    statusList(URI.market, SIGNERS.marketStatus),
    statusList(URI.police, SIGNERS.policeStatus),
  ])
}

/** The trust data, with these devices denied. */
export async function askingTrust(denied: readonly Signer[] = []): Promise<Trust> {
  const { trustList, catalogue, types } = askingDocuments()
  const list = parseTrustList(trustList)
  const lists = await askingLists()
  const owners = [
    { ownerId: list.agencies[1]?.id ?? '', signer: SIGNERS.marketStatus },
    { ownerId: list.agencies[0]?.id ?? '', signer: SIGNERS.policeStatus },
  ]
  const statusLists = await Promise.all(
    owners.map(async ({ ownerId, signer }, at) => ({
      ownerId,
      list: await openStatusList(
        decodeStatusList(lists[at] ?? new Uint8Array(0)),
        signer.publicKey,
      ),
    })),
  )
  return buildTrust({
    list,
    version: 1,
    parts: [{ name: 'timestamp', version: 1, signedAt: NOW - 7200 }],
    types: types.map(parseTypeDefinition),
    statusLists,
    matters: parseMatterCatalogue(catalogue),
    denied: { keys: [], devices: denied.map(({ publicKey }) => jwkThumbprint(publicKey)) },
  })
}

/** The request of the sample counter, parsed. */
export async function askedRequest(
  changes: Parameters<typeof sampleRequest>[1] = {},
): Promise<OfficeRequest> {
  return parseRequest(await sampleRequest(NOW, changes))
}

/** What a hostile counter changes in the sample request and leaves office, nonce and times as they are. */
export const TWINS: Readonly<Record<string, () => Promise<Parameters<typeof sampleRequest>[1]>>> = {
  purpose: async () => ({ purpose: '核查身份' }),
  matter: async () => {
    const matter = 'open-restaurant-sign'
    return { matter, certificate: await sampleCertificate(NOW, { matters: [matter] }) }
  },
  wants: async () => ({ wants: WANTS.map((want) => ({ ...want, required: false })) }),
}

/** The licences that answer both wants, with this entry in their status lists, bound to this key. */
export async function heldChoices(
  changes: { readonly index?: number; readonly holder?: Signer } = {},
): Promise<readonly [AnswerChoice, AnswerChoice]> {
  const { index = INDEX.valid, holder = SIGNERS.holder } = changes
  const [business, identity] = WANTS
  return [
    await hold(businessLicenceOfSample, SIGNERS.market, { want: business, index, holder }),
    await hold(identityOfChen, SIGNERS.police, { want: identity, index, holder }),
  ]
}

/** A licence bound to a key, as it answers a want. */
export async function hold(
  sample: SampleLicence,
  issuer: Signer,
  {
    want,
    index,
    holder,
    uri = issuer === SIGNERS.market ? URI.market : URI.police,
  }: {
    readonly want: Want | undefined
    readonly index: number
    readonly holder: Signer
    readonly uri?: string
  },
): Promise<AnswerChoice> {
  const type = typeNamed(sample.typeCode)
  const draft = buildSdCwt({
    type,
    facts: sample.facts,
    issuer: sample.agencyId,
    holderKey: holder.publicKey,
    status: { uri, index },
    issuedAt: ISSUED_AT,
    expiresAt: ISSUED_AT + 365 * DAY,
    random: countedRandom(sample.typeCode),
    kid: issuer.publicKey.kid,
    algorithm: issuer.publicKey.algorithm,
  })
  return {
    credential: assembleSdCwt(draft, await issuer.sign(draft.toBeSigned)),
    type,
    material: want?.material ?? '',
    disclose: want?.options[0]?.claims ?? [],
    signer: holder,
  }
}

function typeNamed(typeCode: string): TypeDefinition {
  const types = licenceTypes.map((type) => parseTypeDefinition(type))
  const type = types.find((each) => each.typeCode === typeCode)
  if (type === undefined) throw new TypeError('no such type')
  return type
}

function agency(
  sample: (typeof sampleAgencies)[number],
  issuers: readonly Signer[],
  status: Signer,
): JsonObject {
  const types = [...sample.typeCodes]
  return {
    id: sample.id,
    name: { ...sample.name },
    issuerUrl: `https://api.onetrip.example/${sample.path}`,
    keys: [
      ...issuers.map((signer) => ({ ...keyEntry(signer), use: 'issue', types })),
      { ...keyEntry(status), use: 'status' },
    ],
  }
}

function officeKeys(id: string): JsonObject {
  if (id === CENTRE) {
    const ask = {
      ...keyEntry(key('policeIssueJws')),
      use: 'ask',
      certificate: AUTHORITY_CERTIFICATE,
    }
    return { keys: [{ ...keyEntry(ENROLLER), use: 'enrol' }, ask] }
  }
  return id === BUREAU ? { keys: [{ ...keyEntry(SIGNERS.bureau), use: 'enrol' }] } : {}
}

function keyEntry({ publicKey }: Signer): JsonObject {
  const life = { notBefore: ISSUED_AT - 300 * DAY, notAfter: ISSUED_AT + 800 * DAY }
  return { jwk: publicKeyToJwk(publicKey), ...life }
}

function statusList(uri: string, signer: Signer): Promise<Uint8Array> {
  const statuses = newStatusBits(1024, 2)
  setStatus({ statuses, bits: 2, index: INDEX.revoked }, 1)
  const times = { issuedAt: NOW - 3600, expiresAt: NOW + 14 * DAY, ttlSeconds: 43_200 }
  return signStatusListCwt({ uri, bits: 2, statuses, ...times }, signer)
}

/** Bytes that look random and are the same in every run. */
function countedRandom(label: string): (length: number) => Uint8Array {
  let calls = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let start = 0; start < length; start += 32) {
      calls += 1
      bytes.set(sha256(utf8Encode(`${label} ${calls}`)).subarray(0, length - start), start)
    }
    return bytes
  }
}

function plain(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value))
}

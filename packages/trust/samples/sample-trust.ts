/** Sample trust data for the tests of this package; no face and no server imports it. */
import {
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
} from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import {
  licenceTypes,
  sampleAgencies,
  sampleOffices,
  type TestKeyName,
  testKeys,
} from '@onetrip/fixtures'
import { newStatusBits, setStatus, signStatusListCwt } from '@onetrip/status'
import { TARGET, typeTarget } from '../src/target-names.ts'

/** Unix seconds around which the sample data is valid. */
export const SAMPLE_NOW = 1_790_000_000

/** The sample agencies' status list addresses. */
export const STATUS_URI = {
  police: 'https://api.onetrip.example/s/1',
  market: 'https://api.onetrip.example/s/2',
} as const

const DAY = 86_400

/** Signs with a test key. */
export function sampleSigner(name: TestKeyName): Signer {
  return signerFromPrivateJwk({ ...testKeys[name] })
}

/** A trust list of the sample agencies as JSON, with members replaced. */
export function sampleTrustList(changes: Readonly<Record<string, JsonValue>> = {}): JsonObject {
  const [police, market] = sampleAgencies
  return {
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [
      sampleAgency(police, ['policeIssueCbor', 'policeIssueJws'], 'policeStatus'),
      sampleAgency(market, ['marketIssueCbor', 'marketIssueJws'], 'marketStatus'),
    ],
    offices: sampleOffices.map(({ id, name }) => ({ id, name: { ...name } })),
    ...changes,
  }
}

/** The sample types, read. */
export function sampleTypes(): readonly TypeDefinition[] {
  return licenceTypes.map((type) => parseTypeDefinition(plainJson(type)))
}

/** The documents of the role `targets` by path, with the trust list's members replaced. */
export function sampleDocuments(
  changes: Readonly<Record<string, JsonValue>> = {},
): Record<string, JsonValue> {
  const types = sampleTypes().map((type, at) => [typeTarget(type), plainJson(licenceTypes[at])])
  return { [TARGET.trustList]: sampleTrustList(changes), ...Object.fromEntries(types) }
}

/** An entry for an agency's key, good from a year before to a year after, with members replaced. */
export function sampleKey(
  name: TestKeyName,
  changes: Readonly<Record<string, JsonValue>> = {},
): JsonObject {
  return {
    jwk: publicKeyToJwk(sampleSigner(name).publicKey),
    use: 'status',
    notBefore: SAMPLE_NOW - 365 * DAY,
    notAfter: SAMPLE_NOW + 365 * DAY,
    ...changes,
  }
}

/** A signed status list in CWT form whose index 5 is revoked. */
export function sampleStatusList(options: {
  readonly uri: string
  readonly signer: TestKeyName
  readonly issuedAt?: number
}): Promise<Uint8Array> {
  const { uri, signer, issuedAt = SAMPLE_NOW } = options
  const statuses = newStatusBits()
  setStatus({ statuses, bits: 2, index: 5 }, 1)
  const times = { issuedAt, expiresAt: issuedAt + 7 * DAY, ttlSeconds: 3_600 }
  return signStatusListCwt({ uri, bits: 2, statuses, ...times }, sampleSigner(signer))
}

function sampleAgency(
  agency: (typeof sampleAgencies)[number] | undefined,
  issueKeys: readonly TestKeyName[],
  statusKey: TestKeyName,
): JsonObject {
  if (agency === undefined) throw new TypeError('a sample agency is missing')
  const types = [...agency.typeCodes]
  return {
    id: agency.id,
    name: { ...agency.name },
    issuerUrl: `https://api.onetrip.example/${agency.path}`,
    keys: [
      ...issueKeys.map((name) => sampleKey(name, { use: 'issue', types })),
      sampleKey(statusKey),
    ],
  }
}

function plainJson(value: unknown): JsonObject {
  const json = parseJson(JSON.stringify(value))
  if (!isObject(json)) throw new TypeError('a type definition is an object')
  return json
}

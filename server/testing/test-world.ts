/** For tests: a server in a temporary folder with the sample cast, a clock that is set by hand, and a wallet's part of OpenID4VCI. */
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  isObject,
  type JsonObject,
  parseJson,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
  signJws,
} from '@onetrip/codec'
import type { Hono } from 'hono'
import { createApiKey } from '../src/actors/api-keys.ts'
import { createApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import type { AppEnvironment } from '../src/http/app-context.ts'
import { PRE_AUTHORIZED_GRANT } from '../src/offers/make-offer.ts'
import { ROLES } from '../src/rights/rights.ts'
import { seedDemo } from '../src/seed.ts'
import { openServices, type Services } from '../src/services.ts'
import type { StatusBuilder } from '../src/status-lists/status-rows.ts'
import { dropTestDatabase, testEnvironment } from './test-database.ts'

/** The market regulator of the cast, which issues business and food licences. */
export const MARKET = '11339901XYN000014M'
/** The police branch of the cast, which issues identity licences. */
export const POLICE = '11339901XYN0000498'
/** Type codes of the cast. */
export const TYPES = {
  business: '1110000099XYN9907G001',
  identity: '1110000099XYN9907G002',
  food: '1110000099XYN9907G038',
} as const
/** 2026-11-23T04:00:00Z. */
export const START = 1_795_406_400

/** An opened server and what tests need of it. */
export interface World {
  readonly folder: string
  readonly services: Services
  readonly app: Hono<AppEnvironment>
  /** API key of the market regulator with every role. */
  readonly apiKey: string
  readonly logLines: readonly string[]
  readonly setNow: (now: number) => void
  readonly close: () => Promise<void>
}

/** An issued licence's answer. */
export interface Issued {
  readonly id: string
  readonly identifier: string
  readonly offer: { readonly id: string; readonly uri: string; readonly expiresAt: number }
  readonly txCode: string
}

/** What a world is opened with; where nothing is given it is like any other, under the same keys. */
interface WorldOptions {
  /** A new one unless given; the cast is in it already, or no server was opened in it. */
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly random?: (length: number) => Uint8Array
  readonly buildStatuses?: StatusBuilder
}

/** Opens a world with the sample cast. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { folder: own, environment, ...given } = options
  const folder = own ?? mkdtempSync(join(tmpdir(), 'onetrip-'))
  // What an HSM did for the cast is this server's own.
  const hasHsm = environment?.['ONETRIP_PKCS11_MODULE'] !== undefined
  const isNew = !existsSync(join(folder, 'keys'))
  const isCopy = isNew && !hasHsm && given.random === undefined
  const template = isCopy ? await seededFolder(environment) : undefined
  if (template !== undefined) cpSync(template, folder, { recursive: true })
  const place = await testEnvironment(folder, template)
  let now = START
  const logLines: string[] = []
  const services = await openServices({
    config: loadConfig({ ...place, ...environment }),
    now: () => now,
    writeLog: (line) => logLines.push(line),
    ...given,
  })
  if (isNew && !isCopy) await seedDemo(services)
  const apiKey = await createApiKey(services, {
    agencyId: MARKET,
    holder: { name: '赵经办', kind: 'person' },
    types: [TYPES.business, TYPES.food],
    roles: ROLES,
  })
  return {
    folder,
    services,
    app: createApp(services),
    apiKey,
    logLines,
    setNow: (value) => {
      now = value
    },
    close: async () => {
      await services.close()
      if (options.folder !== undefined) return
      await dropTestDatabase(folder)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Folders with the cast, by what of the environment is in them. */
const seeded = new Map<string, Promise<string>>()

/** What the cast is written without: variables that are read when something is done, and leave nothing in a folder. */
const READ_LATER: ReadonlySet<string> = new Set([
  'ONETRIP_KEY_ATTESTERS',
  'ONETRIP_LOG_WITNESSES',
  'ONETRIP_METRICS_PORT',
  'ONETRIP_TRUSTED_PROXIES',
  'ONETRIP_TSA_TIMEOUT_MS',
  'ONETRIP_TSA_URL',
  'ONETRIP_WALLETS',
])

/** The cast is written once in each process and environment: that takes longer than most tests. */
function seededFolder(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const kept = Object.entries(environment).filter(([name]) => !READ_LATER.has(name))
  const name = JSON.stringify(kept)
  const known = seeded.get(name)
  if (known !== undefined) return known
  const made = seed(mkdtempSync(join(tmpdir(), 'onetrip-cast-')), Object.fromEntries(kept))
  seeded.set(name, made)
  return made
}

async function seed(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const config = loadConfig({ ...(await testEnvironment(folder)), ...environment })
  const services = await openServices({ config, now: () => START, writeLog: () => undefined })
  await seedDemo(services)
  await services.close()
  return folder
}

/** A food licence that passes every rule; members may be replaced. */
export function foodRequest(changes: JsonObject = {}): JsonObject {
  return {
    type: TYPES.food,
    serial: 'JY23399010000077',
    validFrom: '2026-11-20',
    validTo: '2031-11-19',
    claims: {
      name: '虚构市云栖样例餐饮有限公司',
      uscc: '91339901MAXYN00113',
      legalRepresentative: '陈样例',
      address: '虚构市云栖区样例路18号',
      premises: '虚构市云栖区样例路18号',
      businessForm: '2',
      items: '热食类制售',
    },
    ...changes,
  }
}

/** Sends JSON to the API with the world's key. */
export async function post(
  world: World,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return world.app.request(path, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${world.apiKey}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Issues one food licence and returns the answer. */
export async function issueFood(
  world: World,
  changes: JsonObject = {},
  key: string = `key-${String(changes['serial'] ?? 'default')}`,
): Promise<Issued> {
  const response = await post(world, '/api/licences', foodRequest(changes), {
    'Idempotency-Key': key,
  })
  if (response.status !== 201) throw new Error(`issue: ${await response.text()}`)
  const answer: Issued = await response.json()
  return answer
}

/** Number of the status list that a licence's credentials stand in. */
export async function listOfLicence({ services }: World, licenceId: string): Promise<number> {
  const query = services.storage.selectFrom('credential').select('list_id')
  const row = await query.where('licence_id', '=', licenceId).executeTakeFirstOrThrow()
  return row.list_id
}

/** The `code` member of a problem or an OAuth error. */
export async function codeOf(response: Response): Promise<string> {
  const body = parseJson(new Uint8Array(await response.arrayBuffer()))
  return isObject(body) ? String(body['code']) : ''
}

/** A new private key as JWK text. */
export function holderJwkText(algorithm: 'Ed25519' | 'ES256'): string {
  const pair =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return JSON.stringify(pair.privateKey.export({ format: 'jwk' }))
}

/** The signer of a private JWK text. */
export function signerOfJwkText(text: string): Signer {
  const jwk = parseJson(text)
  if (!isObject(jwk)) throw new TypeError('not a JWK')
  return signerFromPrivateJwk(jwk)
}

/** A holder's key. */
export function holderSigner(algorithm: 'Ed25519' | 'ES256'): Signer {
  return signerOfJwkText(holderJwkText(algorithm))
}

/** The offer in a link's fragment. */
export function offerIn(uri: string): JsonObject {
  const fragment = new URL(uri).hash.replace('#credential_offer=', '')
  const offer = parseJson(decodeURIComponent(fragment))
  if (!isObject(offer)) throw new TypeError('not an offer')
  return offer
}

/** The pre-authorized code in an offer's link. */
export function codeIn(uri: string): string {
  const grants = offerIn(uri)['grants']
  const grant = isObject(grants) ? grants[PRE_AUTHORIZED_GRANT] : undefined
  return isObject(grant) ? String(grant['pre-authorized_code']) : ''
}

/** Asks the token endpoint. */
export async function requestToken(world: World, code: string, txCode: string): Promise<Response> {
  return world.app.request('/openid/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: PRE_AUTHORIZED_GRANT,
      'pre-authorized_code': code,
      tx_code: txCode,
    }).toString(),
  })
}

/** Redeems an offer and returns the access token. */
export async function redeem(
  world: World,
  issued: Pick<Issued, 'offer' | 'txCode'>,
): Promise<string> {
  const response = await requestToken(world, codeIn(issued.offer.uri), issued.txCode)
  const body: { access_token: string } = await response.json()
  return body.access_token
}

/** A fresh nonce. */
export async function nonceOf(world: World): Promise<string> {
  const response = await world.app.request('/openid/nonce', { method: 'POST' })
  const body: { c_nonce: string } = await response.json()
  return body.c_nonce
}

/** A proof of possession; claims and header may be replaced. */
export async function proofOf(
  world: World,
  signer: Signer,
  changes: { readonly header?: JsonObject; readonly payload?: JsonObject } = {},
): Promise<string> {
  return signJws({
    header: {
      typ: 'openid4vci-proof+jwt',
      jwk: publicKeyToJwk(signer.publicKey),
      ...changes.header,
    },
    payload: {
      aud: world.services.config.apiOrigin,
      iat: world.services.now(),
      nonce: await nonceOf(world),
      ...changes.payload,
    },
    signer,
  })
}

/** A counter's proof of possession; `claims` are what it wants. */
export async function counterProofOf(
  world: World,
  signer: Signer,
  claims: JsonObject,
): Promise<string> {
  const response = await world.app.request('/enrolment/nonce', { method: 'POST' })
  const { nonce }: { nonce: string } = await response.json()
  return signJws({
    header: { typ: 'onetrip-counter-proof+jwt', jwk: publicKeyToJwk(signer.publicKey) },
    payload: { aud: world.services.config.apiOrigin, nonce, ...claims },
    signer,
  })
}

/** Asks the credential endpoint for one securing. */
export async function requestCredential(
  world: World,
  options: {
    readonly accessToken: string
    readonly configuration: string
    readonly proof: string
  },
): Promise<Response> {
  const { proof, ...rest } = options
  return requestBatch(world, { ...rest, proofs: [proof] })
}

/** Asks the credential endpoint for copies of one securing. */
export async function requestBatch(
  world: World,
  options: {
    readonly accessToken: string
    readonly configuration: string
    readonly proofs: readonly string[]
  },
): Promise<Response> {
  return world.app.request('/openid/credential', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${options.accessToken}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      credential_configuration_id: options.configuration,
      proofs: { jwt: options.proofs },
    }),
  })
}

/** The credential in a credential response. */
export async function credentialIn(response: Response): Promise<string> {
  const [first = ''] = await credentialsIn(response)
  return first
}

/** The credentials in a credential response. */
export async function credentialsIn(response: Response): Promise<readonly string[]> {
  if (response.status !== 200) throw new Error(`credential: ${await response.text()}`)
  const body: { credentials: { credential: string }[] } = await response.json()
  return body.credentials.map(({ credential }) => credential)
}

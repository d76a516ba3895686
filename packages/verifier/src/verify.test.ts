import {
  decodeQrText,
  encodeQrText,
  type JsonObject,
  type PublicKey,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import {
  assemblePaper,
  assembleSdCwt,
  assembleSdJwt,
  buildPaper,
  buildSdCwt,
  buildSdJwt,
  codeNumber,
  type Mode,
  makeCopy,
  paperText,
  parseTypeDefinition,
  presentLive,
  presentRequested,
  presentSdJwt,
} from '@onetrip/credential'
import {
  foodBusinessLicenceType,
  foodLicenceOfSample,
  identityOfChen,
  residentIdentityType,
  sampleAgencies,
  sampleOffices,
  testKeys,
} from '@onetrip/fixtures'
import { decodeStatusList, newStatusBits, openStatusList, signStatusListCwt } from '@onetrip/status'
import { buildTrust, parseTrustList, type Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import type { VerifyOptions } from './options.ts'
import { verify } from './verify.ts'
import { verifyReceived } from './verify-received.ts'

const NOW = 1_796_087_400
const LIST = 'https://s.example/1'
const OFFICE = '12339901XYN0000570'
const food = parseTypeDefinition(foodBusinessLicenceType)
const identity = parseTypeDefinition(residentIdentityType)
const [police, market] = sampleAgencies
const keys = {
  police: signerFromPrivateJwk({ ...testKeys.policeIssueCbor }),
  market: signerFromPrivateJwk({ ...testKeys.marketIssueCbor }),
  marketJws: signerFromPrivateJwk({ ...testKeys.marketIssueJws }),
  status: signerFromPrivateJwk({ ...testKeys.marketStatus }),
  holder: signerFromPrivateJwk({ ...testKeys.holderCbor }),
  holderJws: signerFromPrivateJwk({ ...testKeys.holderJws }),
  stranger: signerFromPrivateJwk({ ...testKeys.strangerCbor }),
}
const random = (length: number) => new Uint8Array(length).map((_, i) => (i * 7) & 0xff)

let trust: Trust
let sdCwt: Uint8Array
let sdJwt: string

beforeAll(async () => {
  trust = await openSampleTrust()
  sdCwt = await issueFood(keys.market)
  const draft = buildSdJwt({
    ...foodInput(keys.marketJws),
    holderKey: keys.holderJws.publicKey,
    random,
    issuerUrl: 'https://market.example',
  })
  sdJwt = assembleSdJwt(draft, await keys.marketJws.sign(utf8Encode(draft.signingInput)))
})

function judge(input: Uint8Array | string, options: Partial<VerifyOptions> = {}) {
  const accept: readonly Mode[] = ['requested', 'live', 'copy', 'paper']
  return verify(input, { trust, now: NOW, accept, office: OFFICE, ...options })
}

function live(): Promise<string> {
  const disclose = ['premises', 'items']
  return presentLive({ credential: sdCwt, type: food, disclose, signer: keys.holder, now: NOW })
}

describe('what our own code issues and shows', () => {
  test('a live code tells of the licence, and its issuer from the trust list', async () => {
    const verdict = await judge(await live())
    expect(verdict).toMatchObject({ outcome: 'valid', evidence: { mode: 'live', seenCount: 0 } })
    const [licence] = verdict.licences
    expect(licence).toMatchObject({
      outcome: 'valid',
      typeCode: '1110000099XYN9907G038',
      typeName: { 'zh-CN': '食品经营许可证' },
      issuer: { id: market?.id, name: market?.name },
      serial: 'JY23399010000012',
      version: 1,
      validFrom: '2026-11-20',
      validTo: '2031-11-19',
      about: 'organisation',
      checkPerson: false,
    })
    expect(licence?.identifier).toMatch(/^1\.2\.156\..*JY23399010000012/)
    expect(licence?.claims.map(({ name }) => name)).toEqual(['name', 'uscc', 'premises', 'items'])
    expect(licence?.hiddenCount).toBe(6)
    expect(licence).not.toHaveProperty('copy')
  })

  test('evidence says from when the status is, and how old the trust data are', async () => {
    const { evidence } = await judge(await live())
    expect(evidence).toMatchObject({
      trustVersion: 7,
      trustAgeSeconds: 600,
      parts: [{ name: 'timestamp', version: 9, signedAt: NOW - 600, ageSeconds: 600 }],
      status: { uri: LIST, value: 'valid', asOf: NOW - 300, ageSeconds: 300 },
      clock: {
        deviceTime: NOW,
        codeTime: NOW,
        signedTime: NOW - 300,
        differs: false,
        mayBeAhead: false,
      },
      office: OFFICE,
    })
    expect(evidence.presentationId).toMatch(/^[0-9a-f]{64}$/)
  })

  test('data that were over when they came are told of: the clock may be ahead', async () => {
    const { evidence } = await judge(await live(), { trust: { ...trust, clockAhead: true } })
    expect(evidence.clock.mayBeAhead).toBe(true)
  })

  test('a licence of a recognised jurisdiction names it, and the age of its trust data', async () => {
    const name = { 'zh-CN': '虚构省邻州', en: 'Province of Linzhou (sample)' }
    const recognition = {
      id: 'linzhou',
      name,
      repository: 'https://linzhou.example/trust/',
      rootDigest: '',
      types: [food.typeCode],
    }
    const foreign = { recognition, trust: { ...trust, signedAt: NOW - 900 } }
    const nobody = () => undefined
    const own = { ...trust, agencyById: nobody, agencyByUrl: nobody, recognised: [foreign] }
    const verdict = await judge(await live(), { trust: own })
    expect(verdict).toMatchObject({
      outcome: 'valid',
      evidence: {
        trustAgeSeconds: 600,
        recognition: { id: 'linzhou', name, trustVersion: 7, trustAgeSeconds: 900 },
      },
      licences: [{ issuer: { id: market?.id, jurisdiction: { id: 'linzhou', name } } }],
    })
    expect(verdict.evidence.recognition?.parts).toHaveLength(1)
    const { evidence, licences } = await judge(await live())
    expect(evidence).not.toHaveProperty('recognition')
    expect(licences[0]?.issuer).not.toHaveProperty('jurisdiction')
  })

  test('the place of its status is told, also where no list is there; nothing of what is not trusted', async () => {
    const presented = await live()
    const place = { uri: expect.stringMatching(/^https:/), index: expect.any(Number) }
    const { evidence } = await judge(presented)
    expect(evidence.statusPlace).toEqual(place)
    const without = await judge(presented, { trust: { ...trust, statusList: () => undefined } })
    expect([without.evidence.status, without.evidence.statusPlace]).toEqual([undefined, place])
    const stranger = { ...trust, agencyById: () => undefined, agencyByUrl: () => undefined }
    expect((await judge(presented, { trust: stranger })).evidence).not.toHaveProperty('statusPlace')
  })

  test('a clock that differs is told with both readings', async () => {
    const { evidence, outcome } = await judge(await live(), { now: NOW + 61 })
    expect(outcome).toBe('unverifiable')
    expect(evidence.clock).toMatchObject({ deviceTime: NOW + 61, codeTime: NOW, differs: true })
  })

  test('an answer to a request, a copy, paper and an SD-JWT VC', async () => {
    const shown = { credential: sdCwt, type: food, disclose: [], signer: keys.holder, now: NOW }
    const nonce = random(16)
    const answer = await presentRequested({ ...shown, audience: OFFICE, nonce })
    const request = { audience: OFFICE, nonce: toHex(nonce) }
    expect((await judge(answer, { request })).outcome).toBe('valid')

    const copy = await makeCopy({
      ...shown,
      recipient: { office: OFFICE },
      purpose: '开餐馆一件事',
      endDay: '2027-03-01',
    })
    const copied = await judge(copy)
    expect(copied.reason).toBe('presentation/copy')
    expect(copied.licences[0]?.copy).toMatchObject({
      recipient: { office: OFFICE },
      purpose: '开餐馆一件事',
    })

    const draft = buildPaper(foodInput(keys.market))
    const paper = paperText(assemblePaper(draft, await keys.market.sign(draft.toBeSigned)))
    const { reason, evidence } = await judge(paper)
    expect(reason).toBe('presentation/paper')
    expect(evidence.codeNumber).toBe(codeNumber(paper))
    expect((await judge(await live())).evidence).not.toHaveProperty('codeNumber')

    const presented = await presentSdJwt({
      credential: sdJwt,
      type: food,
      disclose: ['items'],
      mode: 'live',
      audience: 'onetrip:live',
      issuedAt: NOW,
      random,
      signer: keys.holderJws,
    })
    expect(await judge(presented)).toMatchObject({
      outcome: 'valid',
      licences: [{ hiddenCount: 7 }],
    })
  })

  test('a copy for a written name says the name', async () => {
    const copy = await makeCopy({
      credential: sdCwt,
      type: food,
      disclose: [],
      signer: keys.holder,
      now: NOW,
      recipient: { name: '样例银行' },
      purpose: '开户',
      endDay: '2027-01-01',
    })
    const { reason, licences } = await judge(copy)
    expect(reason).toBe('presentation/recipient-by-name')
    expect(licences[0]?.copy?.recipient).toEqual({ name: '样例银行' })
  })

  test('a licence about a person asks to check the person, green too', async () => {
    const draft = buildSdCwt({
      ...foodInput(keys.police),
      type: identity,
      facts: identityOfChen.facts,
      issuer: police?.id ?? '',
      holderKey: keys.holder.publicKey,
      random,
    })
    const credential = assembleSdCwt(draft, await keys.police.sign(draft.toBeSigned))
    const shown = { credential, type: identity, disclose: ['adult'], signer: keys.holder, now: NOW }
    const { licences } = await judge(await presentLive(shown))
    expect(licences[0]?.checkPerson).toBe(true)
  })
})

describe('leaving something out skips no check', () => {
  test('no mode is accepted, no office is ours, no request was made', async () => {
    const code = await live()
    const options = { trust, now: NOW } as VerifyOptions
    expect((await verify(code, options)).reason).toBe('presentation/mode')
  })

  test('seen may be any iterable, and evidence counts it', async () => {
    const code = await live()
    const { evidence } = await judge(code)
    const seen = new Set(['00', evidence.presentationId ?? ''])
    const again = await judge(code, { seen })
    expect(again).toMatchObject({ reason: 'presentation/replayed', evidence: { seenCount: 2 } })
    expect((await judge(code, { seen: seen.values() })).outcome).toBe('invalid')
  })

  test('a code that is not trusted gives no id to remember', async () => {
    const bytes = decodeQrText(await live())
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    const { evidence } = await judge(encodeQrText(bytes))
    expect(evidence).not.toHaveProperty('presentationId')
  })
})

describe('two keys with one kid', () => {
  test('each is tried, whichever stands first', async () => {
    const twin: PublicKey = { ...keys.stranger.publicKey, kid: keys.market.publicKey.kid }
    const code = await live()
    for (const first of [true, false]) {
      const agencies = trust.agencies.map((agency) => {
        const extra = agency.keys.slice(0, 1).map((entry) => ({ ...entry, key: twin }))
        return { ...agency, keys: first ? [...extra, ...agency.keys] : [...agency.keys, ...extra] }
      })
      const agencyById = (id: string) => agencies.find((agency) => agency.id === id)
      expect((await judge(code, { trust: { ...trust, agencyById } })).outcome).toBe('valid')
    }
  })
})

describe('the receiving check', () => {
  test('both securings, for their own holder key only', async () => {
    const base = { trust, now: NOW }
    const cbor = { ...base, credential: sdCwt, holderKey: keys.holder.publicKey }
    const json = { ...base, credential: sdJwt, holderKey: keys.holderJws.publicKey }
    expect((await verifyReceived(cbor)).outcome).toBe('valid')
    expect((await verifyReceived(json)).outcome).toBe('valid')
    const other = await verifyReceived({ ...cbor, holderKey: keys.stranger.publicKey })
    expect(other.reason).toBe('holder/mismatch')
  })
})

function foodInput(signer: Signer) {
  return {
    type: food,
    facts: foodLicenceOfSample.facts,
    status: { uri: LIST, index: 9 },
    issuedAt: NOW - 86_400,
    expiresAt: NOW + 300 * 86_400,
    kid: signer.publicKey.kid,
    algorithm: signer.publicKey.algorithm,
    issuer: market?.id ?? '',
  }
}

async function issueFood(signer: Signer): Promise<Uint8Array> {
  const draft = buildSdCwt({ ...foodInput(signer), holderKey: keys.holder.publicKey, random })
  return assembleSdCwt(draft, await signer.sign(draft.toBeSigned))
}

async function openSampleTrust(): Promise<Trust> {
  const key = ({ publicKey }: Signer, types?: readonly string[]): JsonObject => ({
    jwk: publicKeyToJwk(publicKey),
    use: types === undefined ? 'status' : 'issue',
    ...(types === undefined ? {} : { types: [...types] }),
    notBefore: NOW - 900_000,
    notAfter: NOW + 900_000,
  })
  const list = parseTrustList({
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [
      {
        id: police?.id ?? '',
        name: { 'zh-CN': '公安', en: 'Police' },
        issuerUrl: 'https://police.example',
        keys: [key(keys.police, [identity.typeCode])],
      },
      {
        id: market?.id ?? '',
        name: { ...market?.name } as JsonObject,
        issuerUrl: 'https://market.example',
        keys: [
          key(keys.market, [food.typeCode]),
          key(keys.marketJws, [food.typeCode]),
          key(keys.status),
        ],
      },
    ],
    offices: sampleOffices.map(({ id, name }) => ({ id, name: { ...name } })),
  })
  const content = {
    uri: LIST,
    bits: 2,
    statuses: newStatusBits(1024, 2),
    issuedAt: NOW - 300,
    expiresAt: NOW + 86_400,
    ttlSeconds: 600,
  } as const
  const token = decodeStatusList(await signStatusListCwt(content, keys.status))
  const opened = await openStatusList(token, keys.status.publicKey)
  return buildTrust({
    list,
    version: 7,
    parts: [{ name: 'timestamp', version: 9, signedAt: NOW - 600 }],
    types: [food, identity],
    statusLists: [{ list: opened, ownerId: market?.id ?? '' }],
  })
}

/** An answer over the network at rest, its request and its receipt: what they prove later, and to whom. */
import { type JsonObject, parseJson, sha256, signJws } from '@onetrip/codec'
import {
  answerBytes,
  parseVpRequest,
  type VpRequest,
  type VpRequestInput,
  vpTokenText,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  BUREAU,
  CENTRE,
  MATTER,
  NOW,
  SIGNERS,
  sampleReceipt,
  WANTS,
} from '../samples/asking-world.ts'
import { ASKER, requestCertificate, vpPresentations, vpRequest } from '../samples/online-asking.ts'
import { type ProvenVpRequest, proveVpRequest, verifyVpAnswer } from './proven-vp-request.ts'
import { shownInAnswer } from './receipt-subject.ts'
import { type ReceiptOptions, verifyReceipt } from './verify-receipt.ts'

const LATER = NOW + 400 * 86_400
let trust: Trust
let certificate: Uint8Array
let compact: string
let request: ProvenVpRequest
let asked: VpRequest
let answer: string

beforeAll(async () => {
  trust = await askingTrust()
  certificate = await requestCertificate()
  compact = await made()
  request = await prove(compact)
  asked = request.stated.asked
  answer = await answered()
})

function made(changes: Partial<VpRequestInput> = {}): Promise<string> {
  return vpRequest({ certificate, ...changes })
}

function prove(text: string, now: number = NOW): Promise<ProvenVpRequest> {
  return proveVpRequest(text, { trust, now })
}

async function answered(
  changes: Parameters<typeof vpPresentations>[1] = {},
  audience = asked.clientId,
): Promise<string> {
  const parts = await vpPresentations(audience, { nonce: asked.nonce, ...changes })
  return vpTokenText(
    parts.map(({ material, presentation }) => ({ queryId: material, presentation })),
  )
}

/** The request with members replaced, signed again by the office's own key: what an office could make later. */
function restated(changes: JsonObject): Promise<string> {
  const { header, payload } = parseVpRequest(compact).jws
  const { alg: _added, ...rest } = header
  const stated = { ...(parseJson(payload) as JsonObject), ...changes }
  return signJws({ header: rest, payload: stated, signer: ASKER })
}

describe('a request at rest', () => {
  test('is its office’s long after its end', async () => {
    const { stated, forReceipt } = await prove(compact, LATER)
    expect(stated).toMatchObject({ office: { id: CENTRE }, matter: { code: MATTER } })
    expect(forReceipt).toMatchObject({ office: CENTRE, matter: MATTER, client: asked.clientId })
  })

  test('is not, with other words behind the same nonce', async () => {
    const changes: readonly JsonObject[] = [
      { onetrip_purpose: '核查身份' },
      { onetrip_matter: 'open-restaurant-sign' },
      { response_uri: 'https://verify.onetrip.example/other' },
      { dcql_query: { credentials: [{ ...identityQuery(), id: 'identity' }] } },
    ]
    for (const change of changes) {
      await expect(prove(await restated(change))).rejects.toMatchObject({
        code: 'request/commitment',
      })
    }
  })

  test('nor signed by anybody else, nor under another certificate', async () => {
    const forged = await made({ signer: { ...ASKER, sign: SIGNERS.stranger.sign } })
    await expect(prove(forged)).rejects.toMatchObject({ code: 'signature/invalid' })
    const stranger = await requestCertificate({}, SIGNERS.marketJws)
    await expect(prove(await made({ certificate: stranger }))).rejects.toMatchObject({
      code: expect.stringMatching(/^(certificate|signature)\//),
    })
    await expect(prove('ey')).rejects.toMatchObject({ code: 'jws/format' })
  })

  test('that names no matter and commits to nothing is judged by, and has no receipt', async () => {
    const foreign = await prove(
      await restatedWithout(['onetrip_matter', 'onetrip_purpose', 'onetrip_salt']),
    )
    expect(foreign.forReceipt).toBeUndefined()
    expect(foreign.stated.asked.isCommitted).toBe(false)
  })
})

describe('an answer at rest', () => {
  const judge = (text: string, now: number = NOW) => verifyVpAnswer(text, { trust, now, request })

  test('is judged as when it came', async () => {
    const verdict = await judge(answer)
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
    expect(verdict.materials.map(({ material }) => material.code)).toEqual(
      WANTS.map(({ material }) => material),
    )
    expect(await judge(answer, NOW + 300)).toMatchObject({ reason: 'request/expired' })
  })

  test('to another request, or for another client, is refused', async () => {
    expect(await judge(await answered({ nonce: 'n' }))).toMatchObject({
      reason: 'key-binding/nonce',
    })
    expect(await judge(await answered({}, 'x509_san_dns:a.example'))).toMatchObject({
      reason: 'key-binding/audience',
    })
  })

  test('that is none rejects', async () => {
    for (const text of ['{', '{}', '{"identity":"a"}', '{"identity":[]}']) {
      await expect(judge(text)).rejects.toMatchObject({
        code: expect.stringMatching(/^(answer\/format|json\/format)$/),
      })
    }
  })
})

describe('the receipt of an answer over the network', () => {
  const given = async (
    changes: Partial<Parameters<typeof sampleReceipt>[1]> = {},
    of: string = answer,
  ) =>
    sampleReceipt(answerBytes(of), {
      request: forReceipt(),
      shown: shownInAnswer(of, { request: { wants: WANTS }, trust }),
      now: NOW + 20,
      ...changes,
    })
  const judge = async (receipt: Uint8Array, changes: Partial<ReceiptOptions> = {}) =>
    verifyReceipt(receipt, {
      trust,
      now: NOW + 60,
      request: forReceipt(),
      answer,
      ...changes,
    })

  test('proves both ways what was asked, agreed to and disclosed', async () => {
    const verdict = await judge(await given())
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
    expect(verdict.proves).toEqual({ disclosure: true, agreement: true })
    expect(verdict.receipt?.shown.map(({ claims }) => claims.map(({ code }) => code))).toEqual([
      ['legalRepresentative', 'address', 'scope'],
      ['name', 'idNumber'],
    ])
  })

  test('names the answer’s one form, however it was sent', async () => {
    const other = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(answer)).reverse()))
    expect(other).not.toBe(answer)
    expect(sha256(answerBytes(` ${other}`.trim()))).toEqual(sha256(answerBytes(answer)))
    expect(await judge(await given(), { answer: other })).toMatchObject({ outcome: 'valid' })
  })

  test('for another answer, request or client is none', async () => {
    const receipt = await given()
    expect(await judge(receipt, { answer: await answered() })).toMatchObject({
      reason: 'receipt/answer',
    })
    const second = (await prove(await made({ salt: new Uint8Array(16) }))).forReceipt
    if (second === undefined) throw new TypeError('it commits')
    expect(await judge(receipt, { request: second })).toMatchObject({ reason: 'receipt/request' })
    const byName = { ...forReceipt(), client: 'x509_san_dns:verify.onetrip.example' }
    expect(await judge(receipt, { request: byName })).toMatchObject({ reason: 'receipt/request' })
    const elsewhere = { ...forReceipt(), office: BUREAU }
    expect(await judge(receipt, { request: elsewhere })).toMatchObject({ reason: 'receipt/office' })
  })

  test('proves no agreement where the holder signed for somebody else, or something else', async () => {
    const others = {
      'key-binding/nonce': await answered({ nonce: 'n' }),
      'key-binding/audience': await answered({}, 'x509_san_dns:a.example'),
    }
    for (const [reason, text] of Object.entries(others)) {
      const verdict = await judge(await given({}, text), { answer: text })
      expect([verdict.reason, verdict.proves.agreement]).toEqual([reason, false])
    }
  })

  test('and one of a counter’s code never pass for one another', async () => {
    const { client: _left, ...asCode } = forReceipt()
    const verdict = await judge(await given({ request: asCode }), { request: asCode })
    expect([verdict.reason, verdict.proves.agreement]).toEqual(['key-binding/audience', false])
    const own = await askedRequest()
    expect(await judge(await given(), { request: own })).toMatchObject({
      reason: 'receipt/request',
    })
  })
})

function forReceipt() {
  if (request.forReceipt === undefined) throw new TypeError('it commits')
  return request.forReceipt
}

function identityQuery(): JsonObject {
  const stated = parseJson(asked.jws.payload) as { dcql_query: { credentials: JsonObject[] } }
  return stated.dcql_query.credentials.find(({ id }) => id === 'identity') ?? {}
}

function restatedWithout(names: readonly string[]): Promise<string> {
  const { header, payload } = parseVpRequest(compact).jws
  const { alg: _added, ...rest } = header
  const stated = Object.entries(parseJson(payload) as JsonObject)
  const kept = Object.fromEntries(stated.filter(([name]) => !names.includes(name)))
  return signJws({ header: rest, payload: kept, signer: ASKER })
}

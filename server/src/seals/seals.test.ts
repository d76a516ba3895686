/** A seal from its application to its end, and its uses by two people, over the API. */
import {
  fromBase64url,
  isObject,
  type JsonObject,
  parseJson,
  samePublicKey,
  sha256,
  toBase64url,
} from '@onetrip/codec'
import { handwrittenPdf, sampleSealMaker } from '@onetrip/fixtures'
import {
  digestAppearance,
  digestFile,
  parseCertificate,
  parsePadesSignature,
  parseSeal,
  parseSealFile,
  readSealedPdf,
  sealStatus,
  verifyImpressions,
  verifyPadesSignature,
} from '@onetrip/seal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { MARKET, openWorld, POLICE, START, type World } from '../../testing/test-world.ts'
import { createApiKey, type Role } from '../actors/api-keys.ts'
import { makeSeal } from './make-seal.ts'
import { APPROVAL_SECONDS, REQUEST_SECONDS } from './request-use.ts'

const LETTER = new TextEncoder().encode('关于虚构市样例事项的函\n')
const DIGEST = toBase64url(sha256(LETTER))
let world: World
let now = START
let keys: Record<
  'owner' | 'clerk' | 'clerkAgain' | 'keeper' | 'system' | 'maker' | 'stranger',
  string
>

beforeAll(async () => {
  world = await openWorld()
  const key = (name: string, roles: readonly Role[], more: object = {}): Promise<string> =>
    createApiKey(world.services, {
      agencyId: MARKET,
      holder: { name, kind: 'person' },
      types: [],
      roles,
      ...more,
    })
  const all = ['own-seals', 'request-seal', 'keep-seals'] as const
  keys = {
    owner: await key('钱主任', ['own-seals']),
    clerk: await key('李经办', ['request-seal', 'keep-seals']),
    clerkAgain: await key('李经办', ['keep-seals']),
    keeper: await key('孙印管', ['keep-seals']),
    system: await key('用印系统', ['keep-seals'], { holder: { name: '用印系统', kind: 'system' } }),
    maker: await key('周制章', ['make-seals'], {
      agencyId: POLICE,
      sealMakers: [sampleSealMaker.id],
    }),
    stranger: await key('吴外人', all, { agencyId: POLICE }),
  }
})
afterAll(() => world.close())

function later(seconds: number): void {
  now += seconds
  world.setNow(now)
}

interface Answer {
  readonly status: number
  readonly body: JsonObject
}

async function call(who: keyof typeof keys, path: string, body?: JsonObject): Promise<Answer> {
  const response = await request(who, path, body)
  const json = parseJson(new Uint8Array(await response.arrayBuffer()), { maxBytes: 1_000_000 })
  return { status: response.status, body: isObject(json) ? json : {} }
}

async function request(
  who: keyof typeof keys,
  path: string,
  body?: JsonObject,
  headers: Record<string, string> = {},
): Promise<Response> {
  return world.app.request(`/api/seals${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      Authorization: `Bearer ${keys[who]}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function done(who: keyof typeof keys, path: string, body: JsonObject): Promise<JsonObject> {
  const answer = await call(who, path, body)
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

const APPLICATION = {
  maker: sampleSealMaker.id,
  name: '虚构市云栖区市场监督管理局公文专用章',
  kind: '99',
  rank: 'cityOrCounty',
  lowerLine: '公文专用章',
  reason: '发文用印',
}

async function sealInUse(changes: JsonObject = {}): Promise<string> {
  const { id } = await done('owner', '', { ...APPLICATION, ...changes })
  await done('maker', `/${id}/make`, { reason: '按申请制作' })
  await done('maker', `/${id}/register`, { reason: '已备案' })
  return String(id)
}

async function ask(sealId: string, files: readonly JsonObject[] = [letter()]): Promise<string> {
  const { id } = await done('clerk', `/${sealId}/uses`, { purpose: '答复来函', files })
  return String(id)
}

function letter(changes: JsonObject = {}): JsonObject {
  const { length } = LETTER
  return { sha256: DIGEST, length, mediaType: 'text/plain', name: 'letter.txt', ...changes }
}

async function approve(useId: string, files: readonly string[] = [DIGEST]): Promise<Answer> {
  return call('keeper', `/uses/${useId}/decision`, { decision: 'approve', files })
}

async function impression(useId: string, digest = DIGEST, body = {}): Promise<Uint8Array> {
  const response = await request('clerk', `/uses/${useId}/files/${digest}/impression`, body)
  if (response.status !== 200) throw new Error(await response.text())
  return new Uint8Array(await response.arrayBuffer())
}

async function refusal(useId: string, digest = DIGEST): Promise<unknown> {
  return (await call('clerk', `/uses/${useId}/files/${digest}/impression`, {})).body['code']
}

describe('the life of a seal', () => {
  test('applied for, made, registered; each step with who, when and why', async () => {
    const { id } = await done('owner', '', APPLICATION)
    expect((await call('maker', `/${id}/register`, { reason: 'x' })).body['code']).toBe(
      'seal/state',
    )
    const made = await done('maker', `/${id}/make`, { days: 365, reason: '按申请制作' })
    expect(made).toMatchObject({ state: 'made', validFrom: now, validTo: now + 365 * 86_400 })
    const { facts } = parseSeal(fromBase64url(String(made['cose'])))
    expect(facts).toMatchObject({
      id: made['number'],
      maker: sampleSealMaker.id,
      owner: { uscc: MARKET, name: '虚构市云栖区市场监督管理局' },
      image: { mediaType: 'image/svg+xml', widthMm: 45, heightMm: 45 },
    })
    expect(facts.id).toMatch(/^339901\d{8}$/)
    expect((await done('maker', `/${id}/register`, { reason: '已备案' }))['state']).toBe('in-use')
    const { body } = await call('owner', `/${id}`)
    expect(body['steps']).toEqual([
      { act: 'apply', reason: '发文用印', at: now, by: '钱主任' },
      { act: 'make', reason: '按申请制作', at: now, by: '周制章' },
      { act: 'register', reason: '已备案', at: now, by: '周制章' },
    ])
  })

  test('asked to be made again, it is the same seal', async () => {
    const { id } = await done('owner', '', APPLICATION)
    const [one, other] = await Promise.all([
      call('maker', `/${id}/make`, { reason: 'x' }),
      call('maker', `/${id}/make`, { reason: 'x' }),
    ])
    const codes = [one, other].map(({ status, body }) =>
      status === 200 ? body['cose'] : body['code'],
    )
    const cose = (await call('owner', `/${id}`)).body['cose']
    expect(codes.every((code) => code === cose || code === 'seal/state')).toBe(true)
    expect(codes).toContain(cose)
  })

  test('an application may be refused, and is then nothing', async () => {
    const { id } = await done('owner', '', APPLICATION)
    expect((await done('maker', `/${id}/refuse`, { reason: '名称不符' }))['state']).toBe('refused')
    expect((await call('maker', `/${id}/make`, { reason: 'x' })).body['code']).toBe('seal/state')
  })

  test('nobody else learns of it, and nobody steps outside of what a key allows', async () => {
    const id = await sealInUse()
    for (const path of [`/${id}`, `/${id}/record`]) {
      expect((await call('stranger', path)).body['code']).toBe('seal/not-found')
    }
    expect((await call('stranger', '')).body['seals']).toEqual([])
    expect((await call('owner', `/${id}/make`, { reason: 'x' })).body['code']).toBe(
      'auth/forbidden',
    )
    expect((await call('maker', `/${id}/suspend`, { reason: 'x' })).body['code']).toBe(
      'auth/forbidden',
    )
    expect((await call('clerk', '', APPLICATION)).body['code']).toBe('auth/forbidden')
    const uses = { purpose: 'x', files: [letter()] }
    expect((await call('keeper', `/${id}/uses`, uses)).body['code']).toBe('auth/forbidden')
  })

  test('suspended, resumed, changed and cancelled reach the status list of its maker', async () => {
    const id = await sealInUse()
    const { body } = await call('owner', `/${id}`)
    const { facts } = parseSeal(fromBase64url(String(body['cose'])))
    const { follow } = follower()
    const status = async () => {
      const list = (await follow(world)).statusList(sampleSealMaker.id, facts.status.uri)
      return sealStatus(facts, list?.list)
    }
    expect(await status()).toBeUndefined()
    await done('owner', `/${id}/suspend`, { reason: '印章保管人离岗' })
    expect(await status()).toBe('seal/suspended')
    await done('owner', `/${id}/resume`, { reason: '恢复使用' })
    expect(await status()).toBeUndefined()
    await sealInUse({ replaces: id, reason: '名称变更' })
    expect(await status()).toBe('seal/revoked')
    expect((await call('owner', `/${id}`)).body['state']).toBe('changed')
    expect((await call('owner', `/${id}/resume`, { reason: 'x' })).body['code']).toBe('seal/state')
  })

  test('without its font a seal is not made, and stays applied for', async () => {
    const { services } = world
    const { id } = await done('owner', '', APPLICATION)
    const missing = { ...services, config: { ...services.config, sealFont: '/nowhere.ttc' } }
    const maker = {
      actorId: 'x',
      agencyId: POLICE,
      types: [],
      roles: ['make-seals'],
      offices: [],
      sealMakers: [sampleSealMaker.id],
    } as const
    const order = { actor: maker, sealId: String(id), days: 1, reason: 'x' }
    await expect(makeSeal(missing, order)).rejects.toMatchObject({ code: 'seal/font-missing' })
    expect((await done('maker', `/${id}/make`, { reason: 'x' }))['state']).toBe('made')
  })

  test('bad applications are refused by name', async () => {
    for (const [changes, code] of [
      [{ maker: MARKET }, 'seal/maker-unknown'],
      [{ kind: '06' }, 'input/invalid'],
      [{ kind: '05', name: '一个太长的法定代表人名章' }, 'input/invalid'],
      [{ name: ' x' }, 'input/invalid'],
      [{ image: { png: 'AAAA', widthMm: 40, heightMm: 40 } }, 'seal/image-format'],
      [{ replaces: '01a2bff4-7a00-78ae-847c-3c3409ceb140' }, 'seal/not-found'],
      [{ colour: 'blue' }, 'input/unknown-field'],
    ] as const) {
      expect((await call('owner', '', { ...APPLICATION, ...changes })).body['code']).toBe(code)
    }
  })
})

describe('the use of a seal', () => {
  let sealId: string
  beforeAll(async () => {
    sealId = await sealInUse()
  })

  test('one asks, another approves, and the impression stands in the record', async () => {
    const useId = await ask(sealId)
    expect(await refusal(useId)).toBe('approval/missing')
    expect((await approve(useId)).body['state']).toBe('approved')
    const file = parseSealFile(await impression(useId))
    const trust = await follower().follow(world)
    const stated = { sha256: sha256(LETTER), length: LETTER.length, mediaType: 'text/plain' }
    const [judged] = await verifyImpressions(file, { file: stated, trust, now })
    expect(judged?.passed).toBe(true)
    expect(judged?.impression.cose.facts).toMatchObject({ approval: useId, purpose: '答复来函' })
    const { uses } = (await call('owner', `/${sealId}/record`)).body
    expect(uses).toMatchObject([
      { id: useId, requestedBy: '李经办', keeper: '孙印管', files: [{ state: 'sealed' }] },
    ])
  })

  test('the record is a table too, in which nothing calculates', async () => {
    await ask(sealId, [letter({ sha256: toBase64url(sha256(DIGEST_OF_OTHER)), name: '=1+1,"x"' })])
    const table = await request('owner', `/${sealId}/record`, undefined, { Accept: 'text/csv' })
    expect(table.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    const lines = (await table.text()).split('\r\n')
    expect(lines[0]).toContain('id,purpose,decision,requestedBy')
    expect(lines[1]).toContain(`"'=1+1,""x"""`)
  })

  test('retry gives the same bytes, twice at once too', async () => {
    const useId = await ask(sealId)
    await approve(useId)
    const [one, other] = await Promise.all([impression(useId), impression(useId)])
    expect(one).toEqual(other)
    later(APPROVAL_SECONDS + 1)
    expect(await impression(useId)).toEqual(one)
  })

  test('whoever asked does not approve, under no key; a system approves nothing', async () => {
    const useId = await ask(sealId)
    for (const who of ['clerk', 'clerkAgain', 'system'] as const) {
      const decision = { decision: 'approve', files: [DIGEST] }
      const { status, body } = await call(who, `/uses/${useId}/decision`, decision)
      expect([status, body['code']]).toEqual([403, 'approval/same-person'])
    }
    const decision = { decision: 'approve', files: [DIGEST] }
    const stranger = await call('stranger', `/uses/${useId}/decision`, decision)
    expect(stranger.body['code']).toBe('approval/not-found')
    expect(await refusal(useId)).toBe('approval/missing')
  })

  test('an approval is of exactly these digests', async () => {
    const useId = await ask(sealId)
    const other = toBase64url(sha256(DIGEST_OF_OTHER))
    for (const files of [[], [other], [DIGEST, other], [DIGEST, DIGEST]]) {
      expect((await approve(useId, files)).body['code']).toBe('approval/other-files')
    }
    await approve(useId)
    expect(await refusal(useId, other)).toBe('approval/not-found')
  })

  test('a refusal and an approval are final', async () => {
    const useId = await ask(sealId)
    const refuse = { decision: 'refuse', files: [DIGEST], reason: '内容有误' }
    expect((await done('keeper', `/uses/${useId}/decision`, refuse))['state']).toBe('refused')
    expect((await approve(useId)).body['code']).toBe('approval/settled')
    expect(await refusal(useId)).toBe('approval/missing')
  })

  test('requests and approvals end', async () => {
    const late = await ask(sealId)
    const unused = await ask(sealId)
    await approve(unused)
    later(APPROVAL_SECONDS + 1)
    expect(await refusal(unused)).toBe('approval/expired')
    later(REQUEST_SECONDS)
    expect((await approve(late)).body['code']).toBe('approval/expired')
  })

  test('a suspended, cancelled or expired seal seals nothing, approved or not', async () => {
    const id = await sealInUse()
    const useId = await ask(id)
    await approve(useId)
    await done('owner', `/${id}/suspend`, { reason: 'x' })
    expect(await refusal(useId)).toBe('seal/state')
    const uses = { purpose: 'x', files: [letter()] }
    expect((await call('clerk', `/${id}/uses`, uses)).body['code']).toBe('seal/state')
    await done('owner', `/${id}/resume`, { reason: 'x' })
    await impression(useId)
    const { id: short } = await done('owner', '', APPLICATION)
    await done('maker', `/${short}/make`, { days: 1, reason: 'x' })
    await done('maker', `/${short}/register`, { reason: 'x' })
    later(86_400)
    const last = await ask(String(short))
    await approve(last)
    later(2)
    expect(await refusal(last)).toBe('seal/expired')
  })

  test('one approval over a set: each file has one impression', async () => {
    const files = Array.from({ length: 20 }, (_, at) => {
      const sha = toBase64url(sha256(new TextEncoder().encode(`第${at}件`)))
      return letter({ sha256: sha, name: `${at}.txt` })
    })
    const digests = files.map((file) => String(file['sha256']))
    const useId = await ask(sealId, files)
    expect((await approve(useId, digests.toReversed())).body['state']).toBe('approved')
    const made = await Promise.all(digests.map((digest) => impression(useId, digest)))
    const stated = made.map((bytes) =>
      parseSealFile(bytes).impressions.map(({ cose }) => cose.facts),
    )
    expect(stated.map(([facts]) => toBase64url(facts?.file.sha256 ?? new Uint8Array()))).toEqual(
      digests,
    )
    const twice = { purpose: 'x', files: [letter(), letter()] }
    expect((await call('clerk', `/${sealId}/uses`, twice)).body['code']).toBe('input/invalid')
  })

  test('a counter-seal covers what stands in the file, and only for that file', async () => {
    const first = await ask(sealId)
    await approve(first)
    const earlier = await impression(first)
    const second = await sealInUse({ name: '虚构市云栖区市场监督管理局合同专用章', kind: '04' })
    const useId = await ask(second)
    await approve(useId)
    const foreign = await ask(second, [letter({ sha256: toBase64url(sha256(DIGEST_OF_OTHER)) })])
    const other = toBase64url(sha256(DIGEST_OF_OTHER))
    await approve(foreign, [other])
    const body = { earlier: toBase64url(earlier) }
    const path = `/uses/${foreign}/files/${other}/impression`
    expect((await call('clerk', path, body)).body['code']).toBe('seal/digest-mismatch')
    const { seals, impressions } = parseSealFile(await impression(useId, DIGEST, body))
    expect([seals.length, impressions.length]).toEqual([2, 2])
    expect(impressions[1]?.cose.facts.covers).toEqual([impressions[0]?.digest])
  })
})

describe('a PDF', () => {
  const PDF = handwrittenPdf(['BT /F 20 Tf 300 300 Td (Seal here) Tj ET'])
  const PDF_DIGEST = toBase64url(sha256(PDF))
  let sealId: string
  beforeAll(async () => {
    sealId = await sealInUse()
  })

  async function approved(place: JsonObject, pdf: Uint8Array = PDF, id = sealId): Promise<string> {
    const digest = toBase64url(sha256(pdf))
    const { length } = pdf
    const file = { sha256: digest, length, mediaType: 'application/pdf', place }
    const useId = await ask(id, [file])
    await approve(useId, [digest])
    return useId
  }

  function sealing(useId: string, pdf: Uint8Array, digest = toBase64url(sha256(pdf))) {
    return world.app.request(`/api/seals/uses/${useId}/files/${digest}/pdf`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${keys.clerk}`, 'Content-Type': 'application/pdf' },
      body: new Uint8Array(pdf),
    })
  }

  async function sealed(useId: string, pdf: Uint8Array = PDF): Promise<Uint8Array> {
    const response = await sealing(useId, pdf)
    if (response.status !== 200) throw new Error(await response.text())
    return new Uint8Array(await response.arrayBuffer())
  }

  test('is sealed where it was asked for, and both signatures are of the seal', async () => {
    const useId = await approved({ page: 1, x: 300, y: 400 })
    const bytes = await sealed(useId)
    expect(bytes.subarray(0, PDF.length)).toEqual(PDF)
    const { updates, findings } = readSealedPdf(bytes)
    expect(findings).toEqual([])
    const [update] = updates
    if (update?.kind !== 'seal') throw new Error('not sealed')
    expect((update.rect.left + update.rect.right) / 2).toBeCloseTo(300, 2)
    expect((update.rect.bottom + update.rect.top) / 2).toBeCloseTo(400, 2)
    const trust = await follower().follow(world)
    const file = { sha256: sha256(PDF), length: PDF.length, mediaType: 'application/pdf' }
    const appearance = digestAppearance(update.appearance)
    const attached = parseSealFile(update.attachment)
    const [judged] = await verifyImpressions(attached, { file, trust, now, appearance })
    expect(judged?.findings.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    const listed = trust
      .sealMaker(sampleSealMaker.id)
      ?.keys.flatMap(({ certificate }) => certificate ?? [])
    const ca = parseCertificate(listed?.[0] ?? new Uint8Array(), 'ca')
    const { sha256: digest } = await digestFile(update.toBeDigested)
    const pades = parsePadesSignature(update.cms)
    await verifyPadesSignature(pades, { digest, ca, at: now })
    const { facts } = attached.seals[0]?.cose ?? {}
    expect(facts?.keys.some((one) => samePublicKey(one, pades.certificate.key))).toBe(true)
    expect(pades.certificate.subject.uscc).toBe(MARKET)
  })

  test('retry gives the same file, later and twice at once too', async () => {
    const useId = await approved({ keyword: 'Seal here' })
    const [one, other] = await Promise.all([sealed(useId), sealed(useId)])
    expect(one).toEqual(other)
    later(APPROVAL_SECONDS + 1)
    expect(await sealed(useId)).toEqual(one)
    const [update] = readSealedPdf(one).updates
    const middle = update?.kind === 'seal' ? (update.rect.left + update.rect.right) / 2 : 0
    expect(Math.abs(middle - 345)).toBeLessThan(15)
  })

  test('a word at the edge of the page has its seal whole', async () => {
    const edge = handwrittenPdf(['BT /F 20 Tf 560 5 Td (X) Tj ET'])
    const bytes = await sealed(await approved({ keyword: 'X' }, edge), edge)
    const [update] = readSealedPdf(bytes).updates
    if (update?.kind !== 'seal') throw new Error('not sealed')
    expect([update.rect.right, update.rect.bottom]).toEqual([595, 0])
    const oddly = handwrittenPdf(['BT /F 20 Tf 560 5 Td (X) Tj ET'], '0 0 594.95996 841.91998')
    expect((await sealed(await approved({ keyword: 'X' }, oddly), oddly)).length).toBeGreaterThan(
      oddly.length,
    )
  })

  test('that is sealed already gets a second seal, which covers the first', async () => {
    const once = await sealed(await approved({ page: 1, x: 200, y: 300 }))
    const second = await sealInUse({ name: '虚构市云栖区市场监督管理局合同专用章', kind: '04' })
    const twice = await sealed(await approved({ page: 1, x: 400, y: 300 }, once, second), once)
    const { updates, findings } = readSealedPdf(twice)
    expect([updates.length, findings]).toEqual([2, []])
    const [first, last] = updates.map((update) =>
      update.kind === 'seal' ? update.attachment : new Uint8Array(),
    )
    const earlier = parseSealFile(first ?? new Uint8Array()).impressions.map(({ digest }) => digest)
    const [impression] = parseSealFile(last ?? new Uint8Array(), earlier).impressions
    expect(impression?.cose.facts.covers).toEqual(earlier)
  })

  test('other bytes, another way, no such place, and no PDF are refused; the approval stays', async () => {
    const useId = await approved({ page: 1, x: 300, y: 400 })
    const codeOf = async (response: Response | Promise<Response>): Promise<unknown> => {
      const body: { code: string } = await (await response).json()
      return body.code
    }
    const changed = PDF.slice()
    changed[100] = (changed[100] ?? 0) ^ 1
    expect(await codeOf(sealing(useId, changed))).toBe('approval/not-found')
    expect(await codeOf(sealing(useId, changed, PDF_DIGEST))).toBe('seal/digest-mismatch')
    expect(await refusal(useId, PDF_DIGEST)).toBe('approval/place')
    for (const place of [
      { page: 2, x: 300, y: 300 },
      { page: 1, x: 10, y: 10 },
      { keyword: '没有这个词' },
    ]) {
      const code = place.page === 2 ? 'pdf/page' : 'pdf/place'
      expect(await codeOf(sealing(await approved(place), PDF))).toBe(code)
    }
    const letterOrder = await ask(sealId)
    await approve(letterOrder)
    expect(await codeOf(sealing(letterOrder, LETTER))).toBe('approval/place')
    const noPdf = await approved({ page: 1, x: 300, y: 300 }, LETTER)
    expect(await codeOf(sealing(noPdf, LETTER))).toBe('pdf/format')
    const text = { purpose: 'x', files: [letter({ place: { page: 1, x: 1, y: 1 } })] }
    expect((await call('clerk', `/${sealId}/uses`, text)).body['code']).toBe('approval/place')
    expect((await sealed(useId)).length).toBeGreaterThan(PDF.length)
  })

  test('of a seal whose maker certifies none is not sealed', async () => {
    const id = await sealInUse()
    const useId = await approved({ page: 1, x: 300, y: 300 }, PDF, id)
    const { storage } = world.services
    await storage.updateTable('seal').set({ certificate: null }).where('id', '=', id).execute()
    const body: { code: string } = await (await sealing(useId, PDF)).json()
    expect(body.code).toBe('certificate/missing')
  })
})

const DIGEST_OF_OTHER = new TextEncoder().encode('另一份文件')

/** What the wallet does with delegations, apart from screens: lending a copy, keeping one, finding those that serve, taking back. */
import { decodeJws, type JsonObject, type Signer, verifyJws } from '@onetrip/codec'
import { delegateCode, delegationText } from '@onetrip/credential'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  heldChoices,
  MATTER,
  NOW,
  SIGNERS,
} from '../../../packages/verifier/samples/asking-world.ts'
import { DELEGATE, delegated, ownLicence } from '../../../packages/verifier/samples/delegates.ts'
import { candidateOf } from '../../samples/asked-world.ts'
import { sampleHolderKeys } from '../../samples/sample-world.ts'
import { type HeldLicence, renewed } from '../held-licence.ts'
import type { HolderKeys } from '../holder-key.ts'
import { parseLicence } from '../stored-shape.ts'
import { delegatedFits } from './delegated-fits.ts'
import {
  copiesOf,
  copyToLend,
  type DelegationRecord,
  namedCopy,
  withEntrusted,
  withLent,
  withoutEntrusted,
  withTakenBack,
} from './delegation-record.ts'
import { judgeEntrusted } from './judge-entrusted.ts'
import { lendable } from './lendable.ts'
import { takeBack } from './take-back.ts'

const RECORD: DelegationRecord = {
  id: 'd-1',
  madeAt: NOW,
  name: '林测试',
  matter: { code: MATTER },
  endDay: '2026-12-31',
  claims: [{ 'zh-CN': '住所', en: 'Address' }],
  text: 'OT1:DELEGATION',
}

let business: HeldLicence
let own: HeldLicence

beforeAll(async () => {
  const [choice] = await heldChoices()
  business = candidateOf(choice, 'biz').licence
  const mine = candidateOf({ ...(await ownLicence()), material: '' }, 'own').licence
  own = { ...mine, keys: keysOf(DELEGATE) }
})

/** The public half of a signer's key, as a wallet keeps it. */
function keysOf({ publicKey }: Signer): HolderKeys {
  const cbor = { ...sampleHolderKeys.cbor, algorithm: 'Ed25519', publicRaw: publicKey.raw } as const
  return { ...sampleHolderKeys, cbor }
}

function copyOf(signer: Signer) {
  return { sdCwt: new Uint8Array([1]), sdJwt: 'x', keys: keysOf(signer) }
}

describe('lending', () => {
  test('takes the copy in front out of turn, and keeps its keys with the record', () => {
    const held = { ...business, keys: keysOf(SIGNERS.holder), spares: [copyOf(SIGNERS.market)] }
    const copy = copyToLend(held)
    expect(copy?.keys).toEqual(held.keys)
    if (copy === undefined) throw new TypeError('a copy')
    const lent = withLent(held, { copy, record: RECORD })
    expect(copiesOf(lent)).toEqual([copyOf(SIGNERS.market)])
    expect(lent).toMatchObject({ delegations: [RECORD], lentKeys: [held.keys] })
    expect(parseLicence(lent)).toBe(lent)
    expect(copyToLend(lent)).toBeUndefined()
    expect(() => withLent(lent, { copy: copyOf(SIGNERS.market), record: RECORD })).toThrow(
      TypeError,
    )
    expect(() => withLent(lent, { copy, record: { ...RECORD, id: 'd-2' } })).toThrow(TypeError)
    expect(renewed(lent, business)).toMatchObject({ delegations: [RECORD] })
    const back = withTakenBack(lent, RECORD.id, NOW + 9)
    expect(back.delegations).toEqual([{ ...RECORD, takenBackAt: NOW + 9 }])
  })

  test('is of licences in force with a copy to spare, in matters that take them', async () => {
    const trust = await askingTrust()
    const [choice] = await heldChoices()
    const one = candidateOf(choice, 'one')
    const two = { ...one, licence: { ...one.licence, spares: [copyOf(SIGNERS.market)] } }
    const expired = { ...two, state: { state: 'expired', sentence: 'expired' } as const }
    expect(lendable([one, expired], trust)).toEqual([])
    const [found] = lendable([two], trust)
    const matter = found?.matters.find(({ code }) => code === MATTER)
    const asked = matter?.choice.selectable.map(({ name }) => name) ?? []
    expect(asked).toEqual(expect.arrayContaining(['legalRepresentative', 'address', 'scope']))
    expect(asked).not.toContain('registeredCapital')
  })
})

describe('a delegation that is given to the holder', () => {
  const judge = async (input: string | Uint8Array, licences: readonly HeldLicence[] = [own]) =>
    judgeEntrusted(input, { trust: await askingTrust(), now: NOW, licences })

  test('is kept with the licence whose key it names, and serves the requests of its matter', async () => {
    const [choice] = await heldChoices()
    const text = delegationText(await delegated(choice))
    const judged = await judge(text)
    if (judged.outcome === 'refused') throw new TypeError(judged.code)
    expect(judged.own.id).toBe('own')
    expect(judged.record).toMatchObject({
      typeCode: '1110000099XYN9907G001',
      holder: '虚构市云栖样例餐饮有限公司',
      matter: { code: MATTER, name: { 'zh-CN': '开餐馆一件事' } },
      text,
    })
    const held = withEntrusted(withEntrusted(own, judged.record), judged.record)
    expect(held.entrusted).toEqual([judged.record])
    expect(parseLicence(held)).toBe(held)
    const request = await askedRequest()
    const at = { licences: [business, held], now: NOW }
    expect(delegatedFits(request, at)).toEqual([
      {
        own: held,
        code: delegateCode(DELEGATE.publicKey),
        parts: [{ material: 'business-licence', record: judged.record }],
      },
    ])
    expect(delegatedFits({ ...request, matter: 'other' }, at)).toEqual([])
    expect(delegatedFits(request, { ...at, now: judged.record.endsAt })).toEqual([])
    const moved = { ...held, keys: keysOf(SIGNERS.market) }
    expect(delegatedFits(request, { licences: [moved], now: NOW })).toEqual([])
    expect(withoutEntrusted(held, judged.record.id).entrusted).toEqual([])
  })

  test('to a key that is not here is refused', async () => {
    const [choice] = await heldChoices()
    const refused = await judge(await delegated(choice), [business])
    expect(refused).toEqual({ outcome: 'refused', code: 'delegation/delegate' })
  })

  test('that is over is refused', async () => {
    const [choice] = await heldChoices()
    const old = await delegated(choice, { now: NOW - 3 * 86_400, endDay: '2026-11-30' })
    expect(await judge(old)).toEqual({ outcome: 'refused', code: 'delegation/expired' })
    expect(await judge('OT1:')).toMatchObject({ outcome: 'refused' })
  })
})

describe('taking back', () => {
  const issuer = 'https://api.onetrip.example'
  const answering =
    (status: number, sent: JsonObject[] = []) =>
    async (url: string, init: RequestInit): Promise<Response> => {
      sent.push({ url, body: typeof init.body === 'string' ? init.body : '' })
      const isNonce = url.endsWith('/openid/nonce')
      const body = isNonce ? { c_nonce: 'n-1' } : { withdrawn: 1 }
      return Response.json(body, { status: isNonce ? 200 : status })
    }

  test('proves the key of the copy that was lent', async () => {
    const sent: JsonObject[] = []
    await takeBack({ issuer, signer: DELEGATE, now: NOW, http: answering(200, sent) })
    expect(sent.map(({ url }) => url)).toEqual([
      `${issuer}/openid/nonce`,
      `${issuer}/copies/withdrawals`,
    ])
    const { proof } = JSON.parse(String(sent[1]?.['body']))
    const jws = decodeJws(proof)
    expect(jws.header['typ']).toBe('onetrip-withdrawal+jwt')
    await verifyJws(jws, DELEGATE.publicKey)
    expect(JSON.parse(new TextDecoder().decode(jws.payload))).toEqual({
      aud: issuer,
      iat: NOW,
      nonce: 'n-1',
    })
  })

  test('is not done when the agency refuses', async () => {
    const taken = takeBack({ issuer, signer: DELEGATE, now: NOW, http: answering(404) })
    await expect(taken).rejects.toMatchObject({ code: 'issuer/refused' })
  })
})

test('a copy is found by the code of its key', () => {
  const code = delegateCode(DELEGATE.publicKey)
  expect(namedCopy([business, own], code)?.licence.id).toBe('own')
  expect(namedCopy([business], code)).toBeUndefined()
})

import type { Http } from '@onetrip/ui'
import { describe, expect, test } from 'vitest'
import { askForNewPhone, fetchMyLicences, reportPhoneLost } from './my-licences.ts'

const LICENCE = {
  id: '01',
  identifier: '1.2.156',
  type: 'T',
  typeName: { 'zh-CN': '食品经营许可证', en: 'Food business licence' },
  agency: { 'zh-CN': '样例局', en: 'Sample bureau' },
  serial: 'JY1',
  version: 1,
  validFrom: '2026-11-20',
  status: 'valid',
  copies: 1,
}

function access(body: object, status = 200) {
  const http: Http = async (url, init) => {
    expect(url.startsWith('https://a.example.cn/api/my/')).toBe(true)
    expect(new Headers(init.headers).get('authorization')).toBe('Bearer b')
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    })
  }
  return { apiOrigin: 'https://a.example.cn', bearer: 'b', http }
}

describe('the list', () => {
  test('holds what the wallet shows of each', async () => {
    const [licence] = await fetchMyLicences(access({ licences: [LICENCE] }))
    expect(licence).toEqual({
      id: LICENCE.id,
      identifier: LICENCE.identifier,
      type: LICENCE.type,
      typeName: LICENCE.typeName,
      agency: LICENCE.agency,
      serial: LICENCE.serial,
      status: 'valid',
      copies: 1,
    })
  })

  test('says how a licence ended, in the ways that this wallet knows', async () => {
    const ended = { ...LICENCE, status: 'revoked', endedAs: 'replaced' }
    const later = { ...ended, endedAs: 'merged' }
    const list = await fetchMyLicences(access({ licences: [ended, later] }))
    expect(list.map(({ endedAs }) => endedAs)).toEqual(['replaced', undefined])
  })

  test('is refused whole when one of them is malformed', async () => {
    const wrong = [
      {},
      { ...LICENCE, status: 'lost' },
      { ...LICENCE, typeName: 'x' },
      { ...LICENCE, copies: -1 },
      { ...LICENCE, serial: 'x'.repeat(513) },
    ]
    for (const one of wrong) {
      const list = fetchMyLicences(access({ licences: [LICENCE, one] }))
      await expect(list).rejects.toMatchObject({ code: 'issuer/answer' })
    }
  })
})

test('a refusal is told by its code where that is known', async () => {
  const cases = [
    ['auth/required', 401, 'auth/required'],
    ['licence/revoked', 409, 'licence/revoked'],
    ['sign-in/not-recent', 401, 'sign-in/not-recent'],
    ['cbor/limit', 400, 'network/refused'],
  ] as const
  for (const [code, status, told] of cases) {
    const asked = askForNewPhone(access({ code }, status), '01')
    await expect(asked).rejects.toMatchObject({ code: told })
  }
})

test('an offer comes with its code, a lost phone with a count', async () => {
  const offer = access({ offer: { uri: 'https://w.example.cn/#x' }, txCode: '123456' }, 201)
  expect(await askForNewPhone(offer, '01')).toEqual({
    uri: 'https://w.example.cn/#x',
    txCode: '123456',
  })
  expect(await reportPhoneLost(access({ licences: 2 }))).toBe(2)
})
